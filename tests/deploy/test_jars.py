"""Kafka's jars: whole, unaltered, from the lock, or not used."""

import hashlib
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from deploy.embedded.errors import ServerUnavailable
from deploy.embedded.jars import Jar, ensure_jars, locked_jars

CONTENT = {"a": b"jar a", "b": b"jar b", "c": b"jar c"}
JARS = tuple(
    Jar("cn.metrology", name, "1", hashlib.sha256(content).hexdigest())
    for name, content in CONTENT.items()
)


def shop(content: dict[str, bytes], sold: list[str]) -> Callable[[Jar, Path], Path]:
    """A place to fetch from: the outside world, where anything may come back."""
    lock = threading.Lock()

    def fetch(jar: Jar, into: Path) -> Path:
        with lock:
            sold.append(jar.artifact)
        file = into / jar.file_name
        file.write_bytes(content[jar.artifact])
        return file

    return fetch


def told(_: str) -> None:
    """Hear of progress."""


def test_what_is_there_is_not_fetched_again(tmp_path: Path) -> None:
    sold: list[str] = []
    ensure_jars(tmp_path / "jars", JARS, told, shop(CONTENT, sold))
    ensure_jars(tmp_path / "jars", JARS, told, shop(CONTENT, sold))

    assert sorted(sold) == ["a", "b", "c"]
    assert [path.name for path in tmp_path.iterdir()] == ["jars"]


def test_where_all_is_there_nothing_is_written(tmp_path: Path) -> None:
    ensure_jars(tmp_path / "jars", JARS, told, shop(CONTENT, []))
    (tmp_path / "jars" / "lock").unlink()

    ensure_jars(tmp_path / "jars", JARS, told, shop({}, []))

    assert not (tmp_path / "jars" / "lock").exists()


def test_who_comes_while_another_fetches_waits_and_fetches_nothing(tmp_path: Path) -> None:
    sold: list[str] = []
    both = threading.Barrier(2)

    def come() -> None:
        both.wait()
        ensure_jars(tmp_path / "jars", JARS, told, shop(CONTENT, sold))

    processes = [threading.Thread(target=come) for _ in range(2)]
    for one in processes:
        one.start()
    for one in processes:
        one.join()

    assert sorted(sold) == ["a", "b", "c"]


@pytest.mark.parametrize("damage", [b"", b"jar", b"another jar"])
def test_a_damaged_jar_is_fetched_again(tmp_path: Path, damage: bytes) -> None:
    ensure_jars(tmp_path / "jars", JARS, told, shop(CONTENT, []))
    (tmp_path / "jars" / "b-1.jar").write_bytes(damage)

    sold: list[str] = []
    ensure_jars(tmp_path / "jars", JARS, told, shop(CONTENT, sold))

    assert sold == ["b"]
    assert (tmp_path / "jars" / "b-1.jar").read_bytes() == b"jar b"


def test_a_jar_that_is_not_the_locked_one_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ServerUnavailable, match=r"b-1\.jar.*refused"):
        ensure_jars(tmp_path / "jars", JARS, told, shop({**CONTENT, "b": b"evil"}, []))

    assert not (tmp_path / "jars" / "b-1.jar").exists()


def test_without_a_network_the_way_out_is_named_in_one_line(tmp_path: Path) -> None:
    def nowhere(jar: Jar, into: Path) -> Path:
        raise ConnectionError(jar, into)

    with pytest.raises(ServerUnavailable) as caught:
        ensure_jars(tmp_path / "jars", JARS, told, nowhere)

    says = str(caught.value)
    for variable in ("KAFKA_BOOTSTRAP_SERVERS", "DATABASE_URL", "TEMPORAL_ADDRESS"):
        assert variable in says
    assert "\n" not in says
    assert caught.value.exit_code == 2


def test_progress_is_told_from_the_first_to_the_last(tmp_path: Path) -> None:
    heard: list[str] = []
    ensure_jars(tmp_path / "jars", JARS, heard.append, shop(CONTENT, []))

    assert [line.rpartition(" ")[2] for line in heard] == ["0/3", "1/3", "2/3", "3/3"]


def test_the_lock_holds_one_kafka_and_no_older_client() -> None:
    versions = {jar.version for jar in locked_jars() if jar.group == "org.apache.kafka"}

    assert versions == {"4.3.0"}
    assert len(locked_jars()) == len({jar.file_name for jar in locked_jars()}) == 46
