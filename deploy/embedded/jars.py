"""Fetches the jars of kafka.lock once into the user's cache, and trusts none it has not hashed."""

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from contracts.says import Says
from deploy.embedded.errors import ServerUnavailable

LOCK = Path(__file__).with_name("kafka.lock")
AT_ONCE = 8
FETCH_TIMEOUT_SECONDS = 60


@dataclass(frozen=True)
class Jar:
    """One line of the lock."""

    group: str
    artifact: str
    version: str
    sha256: str

    @property
    def file_name(self) -> str:
        return f"{self.artifact}-{self.version}.jar"


def locked_jars(lock: Path = LOCK) -> tuple[Jar, ...]:
    lines = lock.read_text().replace(":", " ").splitlines()
    return tuple(
        Jar(group, artifact, version, sha256)
        for group, artifact, version, sha256 in map(str.split, lines)
    )


def cache_dir() -> Path:
    """Where what was fetched is kept: `STEELYARD_CACHE_DIR`, else the user's own cache."""
    chosen = os.environ.get("STEELYARD_CACHE_DIR")
    return Path(chosen) if chosen else platformdirs.user_cache_path("steelyard")


def fetch(jar: Jar, into: Path) -> Path:
    """Download one jar by its exact coordinates; jgo's own resolution mixes versions, so unused."""
    from jgo.maven import MavenContext

    context = MavenContext(repo_cache=into, local_repos=[], timeout=FETCH_TIMEOUT_SECONDS)
    component = context.project(jar.group, jar.artifact).at_version(jar.version)
    return Path(component.artifact().resolve())


def ensure_jars(
    folder: Path,
    jars: Sequence[Jar],
    report: Callable[[str], None],
    download: Callable[[Jar, Path], Path] = fetch,
) -> None:
    """Every jar in the folder, whole and unaltered; what is missing or damaged is fetched again."""
    if not _missing(folder, jars):
        return  # nothing is written: the folder may be one that only others may write to
    folder.mkdir(parents=True, exist_ok=True)
    with _alone_in(folder):
        _bring_all(_missing(folder, jars), folder, len(jars), report, download)


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """While one process fetches, others wait, and then find what it brought."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _missing(folder: Path, jars: Sequence[Jar]) -> list[Jar]:
    with ThreadPoolExecutor(AT_ONCE) as threads:
        sound = threads.map(lambda jar: _is_sound(folder / jar.file_name, jar), jars)
        return [jar for jar, is_sound in zip(jars, sound, strict=True) if not is_sound]


def _bring_all(
    missing: Sequence[Jar],
    folder: Path,
    number: int,
    report: Callable[[str], None],
    download: Callable[[Jar, Path], Path],
) -> None:
    threads = ThreadPoolExecutor(AT_ONCE)
    try:
        have = number - len(missing)
        if missing:
            report(_progress(have, number))
        brought = [threads.submit(_bring, jar, folder, download) for jar in missing]
        for have_now, done in enumerate(as_completed(brought), start=have + 1):
            done.result()
            report(_progress(have_now, number))
    finally:
        # One refusal is enough: those that have not begun are not fetched any more.
        threads.shutdown(cancel_futures=True)


def _bring(jar: Jar, folder: Path, download: Callable[[Jar, Path], Path]) -> None:
    # A folder of its own for each download: a half-written file never gets the name looked for.
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix="fetching-") as own:
        try:
            fetched = download(jar, Path(own))
        except (OSError, RuntimeError) as error:
            raise ServerUnavailable(
                Says(
                    f"取不到 Kafka 的程序包 {jar.file_name}。",
                    f"Kafka's {jar.file_name} could not be fetched ({type(error).__name__}).",
                )
            ) from error
        if not _is_sound(fetched, jar):
            raise ServerUnavailable(
                Says(
                    f"Kafka 的程序包 {jar.file_name} 与清单不符，已拒绝。",
                    f"Kafka's {jar.file_name} is not the one in the lock, and was refused.",
                )
            )
        fetched.replace(folder / jar.file_name)


def _is_sound(file: Path, jar: Jar) -> bool:
    if not file.exists():
        return False
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest() == jar.sha256


def _progress(have: int, total: int) -> str:
    return f"正在取程序包 fetching jars {have}/{total}"
