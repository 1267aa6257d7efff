"""The form of a drill's file: what is reported, who does what when, what must hold."""

import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pydantic import AwareDatetime, ConfigDict, Field, ValidationError

from contracts.agencies import Role
from contracts.messages import Message
from contracts.says import Says
from services.kit.errors import Refusal


class BadScenario(Refusal):
    """A scenario's file that cannot be played; names file, key and reason."""

    def __init__(self, file: Path, key: str, reason: Says) -> None:
        where = f"{file}: {key}" if key else str(file)
        zh, en = f"演练脚本有误：{where}。{reason.zh}", f"{where}: {reason.en}"
        super().__init__("bad_scenario", Says(zh, en))


class Strict(Message):
    """A mistyped key is refused, not passed over."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class OpensMatter(Strict):
    """A matter between agencies that a scene opens for the case: of the scene's procedure."""

    title: str
    agencies: tuple[str, ...] = ()
    facts: dict[str, Any] = Field(default_factory=dict)


class MeasuredLot(Strict):
    """What a laboratory measured: net contents, in the unit of the label."""

    laboratory: str
    on: date
    nets: tuple[str, ...]


class Goods(Strict):
    """Whose goods a campaign draws; its laboratories `LAB-1` and `LAB-2` are furnished too."""

    subject_name: str
    region: str
    product: str
    nominal: str
    unit: str


class Scene(Strict):
    """At a moment of the drill, a matter is opened or a step taken; with neither, time passes."""

    at: AwareDatetime
    step: str | None = None
    procedure: str = "enforcement_case"
    line: str = "main"
    measured: MeasuredLot | None = None
    """Instead of a step: a laboratory's measurements of the check's lot are handed in."""
    holder: int = 0
    payload: dict[str, Any] = Field(default_factory=dict)
    refused: str | None = None
    """The code of the refusal that must come, where it must."""
    role: Role = Role.INSPECTOR
    """Who opens a matter, or asks for what must be refused; otherwise the open step says who."""
    agency: str | None = None
    """Of several at which a step may be taken, the one; the first if none is named."""
    opens: OpensMatter | None = None


class Expectation(Strict):
    """What must hold in the end, by procedure."""

    procedure: str
    stage: str
    breached: tuple[str, ...] = ()
    """Clocks that were missed."""
    rungs: int = 0
    """Rungs called, over all its escalations."""
    by_law: tuple[str, ...] = ()
    """Steps the law took by itself."""
    lines: dict[str, str] = Field(default_factory=dict)
    """Where these lines ended."""
    papers: dict[str, int] = Field(default_factory=dict)
    """How many papers of these kinds are on file."""
    kept: tuple[str, ...] = ()
    """Milestones of a joint operation that were reached in the time of its level."""


class Scenario(Strict):
    """A case or a net-content check on fixed dates, in skipped time."""

    title: str
    title_en: str
    begins_at: AwareDatetime
    agency: str
    report: dict[str, Any] = Field(default_factory=dict)
    goods: Goods | None = None
    """Instead of a report: a campaign is opened and drawn."""
    scenes: tuple[Scene, ...]
    expects: tuple[Expectation, ...]


def load_scenario(file: Path) -> Scenario:
    """Read a scenario; raises `BadScenario`."""
    try:
        scenario = Scenario.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except OSError as fault:
        raise BadScenario(file, "", Says("", fault.strerror or str(fault))) from fault
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise BadScenario(file, "", Says("", str(fault))) from fault
    except ValidationError as fault:
        first = fault.errors(include_url=False, include_input=False)[0]
        key = ".".join(map(str, first["loc"]))
        raise BadScenario(file, key, Says("", first["msg"])) from fault
    moments: list[datetime] = [scenario.begins_at, *(scene.at for scene in scenario.scenes)]
    if moments != sorted(moments):
        raise BadScenario(
            file, "scenes", Says("时刻不得倒退。", "moments must not go back in time")
        )
    return scenario
