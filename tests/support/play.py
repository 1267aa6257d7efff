"""Plays a procedure without a server: the pure fold, its clocks reckoned, time moved by hand."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from contracts.agencies import Directory, Principal
from contracts.legal_day import SHANGHAI
from contracts.procedure import (
    ClockState,
    EngineEvent,
    Line,
    OpenProcedure,
    OpenStep,
    ProcedureState,
    TakeStep,
)
from deploy.calendar_from_package import CALENDAR
from tests.support.directories import COUNTY, directory
from workflows.procedure.model import Procedure
from workflows.procedure.reckon import Reckoner, adopt
from workflows.procedure.state import Taken, open_steps, opened, take
from workflows.procedure.time import due
from workflows.procedure.time.calendar import load_calendar

SHIPPED = load_calendar(CALENDAR.read_text("utf-8"))
A_MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)
CASE_ID = UUID(int=7)


def moment(day: str, clock: str = "09:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}:00+08:00")


class Play:
    """One procedure, opened and advanced step by step."""

    def __init__(
        self,
        procedure: Procedure,
        *,
        case_id: UUID = CASE_ID,
        at: datetime = A_MONDAY,
        agency: str | tuple[str, ...] = COUNTY,
        where: Directory | None = None,
        **facts: Any,
    ) -> None:
        self.procedure = procedure
        self.reckoner = Reckoner(SHIPPED, where or directory())
        self.now = at
        self.told: list[EngineEvent] = []
        self.log: list[str] = []
        opening = OpenProcedure(
            procedure=procedure.name,
            version=procedure.version,
            case_id=case_id,
            agencies=(agency,) if isinstance(agency, str) else agency,
            opened_at=at,
            request_id=uuid4(),
            facts=facts,
        )
        self._adopt(opened(procedure, opening))

    def take(
        self,
        step: str,
        by: Principal,
        /,
        *,
        line: str = "main",
        version: int | None = None,
        **payload: Any,
    ) -> ProcedureState:
        asked = TakeStep(
            request_id=uuid4(),
            step=step,
            line=line,
            by=by,
            expected_version=version,
            payload=payload,
        )
        self._adopt(take(self.procedure, self.state, asked, self.now))
        return self.state

    def until(self, then: datetime) -> None:
        """Let time pass: everything that falls due on the way happens at its own instant."""
        while (at := due.next_instant(self.state)) is not None and at <= then:
            self.now = max(self.now, at)
            asked = due.due(self.procedure, self.state, self.now)
            assert asked is not None, "an instant at which nothing is due would never pass"
            self._adopt(take(self.procedure, self.state, asked, self.now))
        self.now = then

    def wait(self, **span: int) -> None:
        self.until(self.now + timedelta(**span))

    def line(self, key: str = "main") -> Line:
        return next(x for x in self.state.lines if x.key == key)

    def clock(self, name: str, line: str = "main") -> ClockState:
        return next(c for c in self.state.clocks if (c.line, c.name) == (line, name))

    def open(self) -> dict[str, OpenStep]:
        steps = open_steps(self.procedure, self.state)
        return {s.step if s.line == "main" else f"{s.line}:{s.step}": s for s in steps}

    def kinds(self) -> list[str]:
        return [told.kind for told in self.told]

    def _adopt(self, taken: Taken) -> None:
        anew = taken.step.step == "reckon_again"
        reckoned = self.reckoner.reckon(self.procedure, taken.state, self.now, anew=anew)
        self.state, more = adopt(taken.state, reckoned, self.now)
        self.told += [*taken.tells, *more]
        self.log.append(taken.step.step)
