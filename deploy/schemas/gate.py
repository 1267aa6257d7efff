"""Checks today's types against the frozen ones, and freezes growth."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from deploy.schemas import examples
from deploy.schemas.growth import breakage, differences
from deploy.schemas.sent import Sent

ROOT = Path(__file__).parents[2] / "contracts" / "schemas"
PLACE = "contracts/schemas"


@dataclass
class FreezeReport:
    """What `freeze` did and what it refused."""

    written: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def problems(types: Iterable[Sent], root: Path = ROOT) -> list[str]:
    """Everything that keeps the contracts from being as frozen, one sentence each."""
    known = list(types)
    found = [problem for sent in known for problem in _of_type(sent, root)]
    return [*found, *_orphans(known, root)]


def freeze(types: Iterable[Sent], root: Path = ROOT, *, anew: bool = False) -> FreezeReport:
    """Write the schemas that are new or have grown; a broken one only when all begin anew."""
    known = list(types)
    done = FreezeReport()
    if anew:
        for file in _files(root):
            file.unlink()
    for sent in known:
        file = _file(root, sent)
        if (broken := _broken(sent, root)) is not None:
            done.refused.append(broken)
        elif not file.exists() or _read(file) != sent.written():
            file.parent.mkdir(parents=True, exist_ok=True)
            text = json.dumps(sent.written(), ensure_ascii=False, indent=1)
            file.write_text(f"{text}\n", "utf-8")
            done.written.append(f"{PLACE}/{sent.path}.json")
    return done


def _of_type(sent: Sent, root: Path) -> Iterator[str]:
    file, place = _file(root, sent), f"{PLACE}/{sent.path}.json"
    name = sent.model.__name__
    if not file.exists():
        yield f"{place} is missing: {name} is not frozen yet. Run `make schemas`."
        return
    frozen = _read(file)
    if broken := _broken(sent, root):
        yield broken
    elif frozen != sent.written():
        grown = ", ".join(differences(frozen, sent.written())) or "its words"
        yield f"{place} is behind {name} ({grown}). It may grow so: run `make schemas`."
    yield from _of_examples(sent, root, frozen)


def _of_examples(sent: Sent, root: Path, frozen: dict[str, Any]) -> Iterator[str]:
    folder = f"{PLACE}/{examples.EXAMPLES}/{sent.path}"
    files = examples.of(root, sent)
    if not files:
        yield (
            f"{folder}/001.json is missing: {sent.model.__name__} has no example. "
            f"Add a builder to tests/support/examples, then run `make schemas`."
        )
        return
    for file in files:
        if wrong := examples.outside(file, frozen) or examples.unread(file, sent):
            yield f"{folder}/{file.name}: {wrong}."
    if hidden := examples.unshown(files, frozen):
        yield (
            f"{folder}: no example shows {', '.join(hidden)}. Give the builder in "
            f"tests/support/examples a value for it, then run `make schemas`."
        )


def _broken(sent: Sent, root: Path) -> str | None:
    file = _file(root, sent)
    if not file.exists():
        return None
    frozen = _read(file)
    wrong = breakage(frozen, sent.written(), sent.read())
    if not wrong:
        return None
    changes = ", ".join(differences(frozen, sent.written())) or "what it accepts"
    return (
        f"{PLACE}/{sent.path}.json: {changes}: {' and '.join(wrong)}. "
        f"Leave {sent.model.__name__} as it was and add {sent.next_class}."
    )


def _orphans(known: list[Sent], root: Path) -> Iterator[str]:
    paths = {sent.path for sent in known}
    for file in _files(root):
        path = file.relative_to(root).with_suffix("").as_posix()
        if path not in paths:
            yield f"{PLACE}/{path}.json has no type any more: what was once sent stays readable."
    for folder in sorted((root / examples.EXAMPLES).glob("*/*")):
        path = folder.relative_to(root / examples.EXAMPLES).as_posix()
        if path not in paths:
            yield f"{PLACE}/{examples.EXAMPLES}/{path} has no type any more: it was sent once."


def _files(root: Path) -> list[Path]:
    return sorted(f for f in root.glob("*/*.json") if f.parent.name != examples.EXAMPLES)


def _file(root: Path, sent: Sent) -> Path:
    return root / f"{sent.path}.json"


def _read(file: Path) -> dict[str, Any]:
    frozen: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return frozen
