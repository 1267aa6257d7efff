"""Who may take which step: exactly whom its table names, for every role at every agency."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from contracts.agencies import SYSTEM, Directory, Principal, Role
from contracts.procedure import ClockState, Escalation, Extended, Line, ProcedureState, TakeStep
from tests.support.directories import (
    CITY,
    CITY_POLICE,
    COUNTY,
    NATION,
    NEIGHBOUR,
    POLICE,
    PROCURATORATE,
    PROVINCE,
    SINCE,
    directory,
    person,
)
from tests.support.play import A_MONDAY
from workflows.procedure.escalation import ANSWERS
from workflows.procedure.guard import MAIN
from workflows.procedure.model import By, Clock, Procedure, Table
from workflows.procedure.refusal import StepRefused
from workflows.procedure.state import take
from workflows.registry import PROCEDURES

WHERE: Directory = directory()
LEAD, OWN, NAMED = COUNTY, POLICE, PROCURATORATE
"""Whose the main line is, whose the step's own line is, and whom a fact of the main line names."""
EVERYONE = tuple(
    person(role, agency)
    for agency in (LEAD, OWN, NAMED, CITY, CITY_POLICE, NEIGHBOUR, PROVINCE, NATION)
    for role in Role
    if role is not Role.SYSTEM
)
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Asked:
    """A step at one stage of its line, and by whom its table says it is taken."""

    procedure: Procedure
    table: Table
    stage: str
    step: str
    by: By
    clock: Clock | None = None
    granted: int = 0

    def __str__(self) -> str:
        return f"{self.procedure.name}.v{self.procedure.version}/{self.table.name}/{self.step}"

    @property
    def line(self) -> str:
        return MAIN if self.table is self.procedure.main else f"{self.table.name}/1"

    def state(self) -> ProcedureState:
        facts = {self.by.fact: NAMED} if self.by.fact else {}
        main = _line(MAIN, self.procedure.main, LEAD).model_copy(update={"facts": facts})
        own = _line(self.line, self.table, LEAD if self.line == MAIN else OWN)
        own = own.model_copy(update={"stage": self.stage})
        if self.line == MAIN:
            own = own.model_copy(update={"facts": facts})
        return ProcedureState(
            procedure=self.procedure.name,
            version=self.procedure.version,
            case_id=UUID(int=7),
            seq=1,
            lines=(own,) if self.line == MAIN else (main, own),
            clocks=(self._running(),) if self.clock else (),
            chains={a.code: WHERE.chain(a.code, SINCE) for a in WHERE.agencies},
        )

    def _running(self) -> ClockState:
        assert self.clock is not None
        more = Extended(number=1, unit=self.clock.length.unit, by="x", granted_at=A_MONDAY)
        return ClockState(
            line=self.line,
            name=self.clock.name,
            basis=self.clock.basis,
            started_at=A_MONDAY,
            extensions=(more,) * self.granted,
            due_at=A_MONDAY + A_DAY,
        )

    def agencies(self) -> set[str]:
        """Read off the table and the directory, and off nothing the engine computes."""
        own = LEAD if self.line == MAIN else OWN
        above = WHERE.chain(own, SINCE) or (own,)
        return (
            {
                "line": {own},
                "main": {LEAD},
                "superior": {above[0]},
                "above": set(above),
                "common_superior": {above[0]},
            }[self.by.at]
            if not self.by.fact
            else {NAMED}
        )


def _line(key: str, table: Table, agency: str) -> Line:
    return Line(
        key=key, table=table.name, stage=table.first, agencies=(agency,), entered_at=A_MONDAY
    )


def _steps(procedure: Procedure) -> Iterator[Asked]:
    for table in (procedure.main, *procedure.parts):
        for step in table.steps:
            for stage in sorted(step.at):
                yield Asked(procedure, table, stage, step.name, step.by)
        for clock in table.clocks:
            before = 0
            for grant in clock.extensions:
                name = f"extend_{clock.name}"
                yield Asked(procedure, table, table.first, name, grant.by, clock, before)
                before += grant.times or 1


def refused(procedure: Procedure, state: ProcedureState, asked: TakeStep) -> str | None:
    """The code of the refusal; none where the step is taken."""
    try:
        take(procedure, state, asked, A_MONDAY + timedelta(hours=1))
    except StepRefused as no:
        return no.code
    return None


def may(asked: Asked, state: ProcedureState, who: Principal) -> bool:
    step = TakeStep(request_id=uuid4(), step=asked.step, line=asked.line, by=who)
    code = refused(asked.procedure, state, step)
    assert code not in {"not_open", "no_such_step", "no_such_line"}, f"{asked}: {code}"
    return code != "wrong_role"


@pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda p: f"{p.name}.v{p.version}")
def test_a_step_is_taken_by_the_role_at_the_agency_its_table_names_and_by_nobody_else(
    procedure: Procedure,
) -> None:
    for asked in _steps(procedure):
        state = asked.state()
        allowed = {who for who in map(_key, EVERYONE) if _is_named(asked, who)}
        found = {_key(who) for who in EVERYONE if may(asked, state, who)}
        assert found == allowed, str(asked)
        assert may(asked, state, SYSTEM) is (asked.by.role is Role.SYSTEM), str(asked)


def _key(who: Principal) -> tuple[Role, str]:
    return who.roles[0], who.agency


def _is_named(asked: Asked, who: tuple[Role, str]) -> bool:
    role, agency = who
    return role is asked.by.role and agency in asked.agencies()


@pytest.mark.parametrize("answer", sorted(ANSWERS))
@pytest.mark.parametrize("called", [(Role.HEAD, POLICE), (Role.DUTY_OFFICER, CITY)])
def test_an_escalation_is_answered_by_the_rung_that_was_called_and_by_nobody_else(
    answer: str, called: tuple[Role, str]
) -> None:
    role, agency = called
    for procedure in PROCEDURES:
        first = next(_steps(procedure))
        rung = Escalation(
            key="escalation/1",
            line=MAIN,
            clock="c",
            agency=agency,
            role=role,
            called_at=A_MONDAY,
            answer_by=A_MONDAY + A_DAY,
        )
        state = first.state().model_copy(update={"escalations": (rung,)})
        for who in EVERYONE:
            step = TakeStep(request_id=uuid4(), step=answer, line="escalation/1", by=who)
            is_refused = refused(procedure, state, step) == "wrong_role"
            assert is_refused is (_key(who) != called), f"{procedure.name} {answer} {who.id}"


@pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda p: f"{p.name}.v{p.version}")
def test_an_evaluator_takes_no_step_anywhere(procedure: Procedure) -> None:
    tables = (procedure.main, *procedure.parts)
    roles = {step.by.role for table in tables for step in table.steps}
    granting = {g.by.role for table in tables for c in table.clocks for g in c.extensions}

    assert Role.EVALUATOR not in roles | granting


def test_a_step_of_several_leads_is_taken_at_any_of_them() -> None:
    for procedure in PROCEDURES:
        for asked in _steps(procedure):
            if asked.by.at != "line" or asked.by.fact or asked.by.role is Role.SYSTEM:
                continue
            state = asked.state()
            *others, line = state.lines
            both = line.model_copy(update={"agencies": (LEAD, NEIGHBOUR)})
            state = state.model_copy(update={"lines": (*others, both)})
            found = {
                a
                for r, a in map(_key, EVERYONE)
                if r is asked.by.role and may(asked, state, person(r, a))
            }
            assert found == {LEAD, NEIGHBOUR}, str(asked)
