"""What the toy does with a report: writes it down and tells of it, unless told to fail."""

from dataclasses import dataclass, field
from uuid import UUID, uuid5

from sqlmodel import Field, SQLModel

from contracts.enforcement import ReportLinked
from contracts.intake import ReportSubmitted
from contracts.says import Says
from services.kit.errors import Refusal, Unavailable
from services.kit.events.handling import Heard, Reaction, hears

REFERENCES = UUID(int=7)

FAULT, REFUSE, TOO_MUCH, DOWN, CALL = "fault", "refuse", "number", "down", "call"
"""Summaries that ask for trouble. `number`: the database's constraint refuses the row."""
FLAKY = "flaky"
"""Fails the first time a process sees it, repaired or not."""


class Seen(SQLModel, table=True):
    """One report taken."""

    id: int | None = Field(default=None, primary_key=True)
    event_id: str
    reference: str
    number: int
    agency: str | None


@dataclass
class Switch:
    """Whether the faults are still there; tests turn it off to repair."""

    broken: bool = True
    calls: list[str] = field(default_factory=list)
    tried: set[str] = field(default_factory=set)


SWITCH = Switch()


def case_of(reference: str) -> UUID:
    return uuid5(REFERENCES, reference)


@hears(ReportSubmitted)
def note(heard: Heard[ReportSubmitted]) -> Reaction:
    """Each report becomes a row and an event."""
    report = heard.event
    if report.summary == FLAKY and heard.envelope.id not in SWITCH.tried:
        SWITCH.tried.add(heard.envelope.id)
        raise RuntimeError("a fault of the first attempt")
    if SWITCH.broken:
        _fail(report.summary)
    number = report.crowd
    if SWITCH.broken and report.summary == TOO_MUCH:
        number = 1_000_001
    row = Seen(
        event_id=heard.envelope.id,
        reference=report.reference,
        number=number,
        agency=heard.agency.code if heard.agency else None,
    )
    return Reaction(rows=[row], events=[_told(heard)], calls=[_Call(report)])


@dataclass(frozen=True)
class _Call:
    report: ReportSubmitted

    async def __call__(self) -> None:
        if SWITCH.broken and self.report.summary == CALL:
            raise Unavailable(Says("对方停机。", "the other side is down"))
        SWITCH.calls.append(f"{self.report.reference}/{self.report.crowd}")


def _told(heard: Heard[ReportSubmitted]) -> ReportLinked:
    return ReportLinked(
        occurred_at=heard.event.occurred_at,
        case_id=case_of(heard.event.reference),
        source=heard.envelope.source,
        reference=str(heard.event.crowd),
    )


def _fail(summary: str) -> None:
    if summary == FAULT:
        raise RuntimeError("a fault of the handler")
    if summary == REFUSE:
        raise Refusal("not_ours", Says("规则不允许。", "The rules say no"))
    if summary == DOWN:
        raise Unavailable(Says("有部件停机。", "something is down"))
