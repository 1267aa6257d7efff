"""What holds for every procedure, whatever people and time do to it (Hypothesis)."""

import json
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.agencies import Principal
from contracts.procedure import OpenStep, Payload, ProcedureState, TakeStep
from tests.support.directories import directory
from tests.support.play import Play
from workflows.procedure.escalation import ANSWERS
from workflows.procedure.model import Procedure
from workflows.procedure.refusal import StepRefused
from workflows.procedure.state import take
from workflows.procedure.time import due
from workflows.procedure.time.extension import EXTEND
from workflows.registry import PROCEDURES

VALUES: dict[str, Any] = {
    "officers": ["a", "b"],
    "investigators": ["a", "b"],
    "attended": ["a", "b"],
    "items": ["秤"],
    "basis": ["计量法"],
    "fine_yuan": "0",
    "confiscated_yuan": "0",
    "paid_yuan": "0",
    "proposed_fine_yuan": "0",
    "proposed_confiscation_yuan": "0",
    "number": 3,
    "agencies": ["city", "province"],
    "participants": ["city"],
    "to_agency": "city",
    "reply_by": "2026-03-06",
    "due_on": "2026-03-20",
    "return_on": "2026-04-01",
    "decided_on": "2026-03-05",
    "police": "police",
    "procuratorate": "procuratorate",
    "papers": [{"kind": "other", "name": "移送书"}],
    "missing": ["goods_list"],
    "report_by": "2026-03-06",
    "needed_by": "2026-04-30",
    "answer_by": "2026-03-30",
    "correct_by": "2026-03-27",
    "demands": ["限期改正"],
    "evidence": [{"name": "电子秤", "kind": "physical", "custodian": "执法一科"}],
}
FACTS: dict[str, Any] = {
    "level": "II",
    "reports_by": ["county", "city"],
    "invited": ["police", "city"],
    "reply_by": "2026-03-03",
    "due_on": "2026-03-31",
    "of_case": "00000000-0000-0000-0000-000000000007",
    "report_by": "2026-03-03",
    "requested": ["neighbour", "police"],
    "needed_by": "2026-04-15",
    "opened_by": "county",
    "issued_by": "city",
}
PEOPLE = st.sampled_from(["a", "b", "c"])
MOVES = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 40), PEOPLE), max_size=14)


def payload_of(model: type[Payload]) -> dict[str, Any]:
    """Some payload the model accepts: literals by their first value, the rest from `VALUES`."""
    schema = model.model_json_schema()
    stated: dict[str, Any] = {}
    for name in schema.get("required", ()):
        field = schema["properties"][name]
        kinds = {"boolean": True, "string": "一二三", "integer": 1}
        enum = field.get("enum") or [field.get("const")]
        fallback = enum[0] or kinds.get(field.get("type", "string"))
        stated[name] = VALUES.get(name, fallback)
    return stated


def step_payload(procedure: Procedure, play: Play, line: str, step: str) -> dict[str, Any]:
    if step in ANSWERS:
        return {"measures": "办结"}
    if step.startswith(EXTEND):
        return {"reason": "复杂"}
    table = procedure.table(play.line(line).table)
    found = table.step(step)
    assert found is not None
    return payload_of(found.payload)


def wander(procedure: Procedure, moves: list[tuple[int, int, str]]) -> Play:
    """Take open steps as they come, by people who may take them, while time passes."""
    play = Play(procedure, **FACTS)
    for hours, choice, name in moves:
        play.wait(hours=hours)
        steps = list(play.open().values())
        if not steps:
            break
        chosen = steps[choice % len(steps)]
        by = Principal(id=name, agency=chosen.agencies[0], roles=(chosen.role,))
        payload = step_payload(procedure, play, chosen.line, chosen.step)
        with suppress(Fair):
            _try(play, chosen, by, payload)
    return play


class Fair(Exception):
    """A refusal that an open step may still meet."""


def _try(play: Play, step: OpenStep, by: Principal, payload: dict[str, Any]) -> None:
    try:
        play.take(step.step, by, line=step.line, version=step.expected_version, **payload)
    except StepRefused as refused:
        if refused.code in REFUSALS:
            raise Fair from refused
        raise


REFUSALS = {"guard", "invalid", "no_further_extension", "extension_too_late"}
"""What an open step may still be refused for: guards on person and payload, fixed lengths."""

every = pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda p: f"{p.name}.v{p.version}")
thorough = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@every
@thorough
@given(moves=MOVES)
def test_no_procedure_gets_stuck_or_breaks(
    procedure: Procedure, moves: list[tuple[int, int, str]]
) -> None:
    play = wander(procedure, moves)
    state = play.state

    assert state.seq == len(play.log)
    assert ProcedureState.model_validate_json(state.model_dump_json()) == state
    assert len({x.key for x in state.lines}) == len(state.lines)
    if not state.ended:
        waits = [c for c in state.clocks if c.status in ("running", "paused", "breached")]
        escalations = [e for e in state.escalations if not e.ended]
        assert waits or escalations, "something must always be running, or someone called"
        assert play.open(), "someone must always be able to do something"


@every
@thorough
@given(moves=MOVES)
def test_a_miss_is_never_forgotten_and_never_told_twice(
    procedure: Procedure, moves: list[tuple[int, int, str]]
) -> None:
    play = wander(procedure, moves)

    told = [(t.line, t.clock, t.due_at) for t in play.told if t.kind == "clock_breached"]
    assert len(set(told)) == len(told)
    raised = {t.escalation for t in play.told if t.kind == "escalation_raised"}
    assert raised == {e.key for e in play.state.escalations}
    ended = [t.escalation for t in play.told if t.kind == "escalation_ended"]
    assert sorted(ended) == sorted(e.key for e in play.state.escalations if e.ended)


@every
@thorough
@given(moves=MOVES)
def test_nothing_is_due_twice(procedure: Procedure, moves: list[tuple[int, int, str]]) -> None:
    play = wander(procedure, moves)
    play.wait(days=400)

    at = due.next_instant(play.state)
    assert at is None or at > play.now
    assert due.due(procedure, play.state, play.now) is None


@every
@thorough
@given(
    moves=MOVES, junk=st.text(max_size=20), line=st.sampled_from(["main", "x/1", "escalation/1"])
)
def test_rubbish_is_refused_and_changes_nothing(
    procedure: Procedure, moves: list[tuple[int, int, str]], junk: str, line: str
) -> None:
    play = wander(procedure, moves)
    before = play.state.model_dump_json()
    someone = Principal(id="x", agency="nowhere", roles=())
    asked = TakeStep(
        request_id=play.state.case_id, step=junk, line=line, by=someone, payload={"note": junk}
    )

    with pytest.raises(StepRefused) as refused:
        take(procedure, play.state, asked, play.now + timedelta(minutes=1))

    assert json.dumps(refused.value.fields, default=str)
    assert play.state.model_dump_json() == before


def test_the_directory_of_the_tests_serves_every_procedure() -> None:
    from workflows.procedure.lint import problems

    assert [x for p in PROCEDURES for x in problems(p, directory())] == []
