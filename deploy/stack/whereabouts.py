"""Where a running stack's servers and units are: noted by the stack, found by the command line."""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from contracts.says import Says
from services.kit.errors import Fault

NOTE = Path("run") / "stack.json"
SETTINGS = ("AUDIT_", "DATABASE_", "KAFKA_", "STEELYARD_", "TEMPORAL_")


class NotRunning(Fault):
    """No stack runs in that folder, and nothing else says where to ask."""

    def __init__(self, data_dir: Path, otherwise: str) -> None:
        super().__init__(
            Says(
                f"{data_dir} 没有正在运行的杆秤，请先运行 steelyard up，或指明 {otherwise}。",
                f"No Steelyard is running in {data_dir}: "
                f"start `steelyard up`, or give {otherwise}.",
            )
        )


@dataclass(frozen=True)
class Whereabouts:
    """A running stack: each unit's URL, and the settings its units were told."""

    urls: dict[str, str]
    env: dict[str, str]


def note(data_dir: Path, urls: Mapping[str, str], env: Mapping[str, str]) -> Callable[[], None]:
    """Write it down for its owner's eyes; what is returned removes it again."""
    file = data_dir / NOTE
    file.parent.mkdir(parents=True, exist_ok=True)
    told = {name: value for name, value in env.items() if name.startswith(SETTINGS)}
    fresh = file.with_suffix(".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
        json.dump(asdict(Whereabouts(dict(urls), told)), opened, ensure_ascii=False, indent=1)
    fresh.replace(file)
    return lambda: file.unlink(missing_ok=True)


def find(data_dir: Path) -> Whereabouts:
    """What is noted in this folder; raises `NotRunning`."""
    try:
        return Whereabouts(**json.loads((data_dir / NOTE).read_text("utf-8")))
    except FileNotFoundError:
        raise NotRunning(data_dir, "--url, --token") from None


def adopt(data_dir: Path, needed: str = "DATABASE_URL") -> None:
    """Take over the settings of the stack in this folder, unless our environment has its own."""
    if needed in os.environ:
        return
    if not (data_dir / NOTE).exists():
        raise NotRunning(data_dir, needed)
    for name, value in find(data_dir).env.items():
        os.environ.setdefault(name, value)
