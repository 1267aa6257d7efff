"""What an agency's own system sends about a matter: it opens one, it answers, it is refused."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from contracts.agencies import Role
from contracts.coordination import MatterOpened
from contracts.intake import AnswerSubmitted, MatterSubmitted
from contracts.messages import Event
from contracts.procedure import StepOutcome, TakeStep
from services.coordination.handlers import handlers
from services.coordination.intake import id_from
from services.coordination.models import Matter, MatterAccess
from services.kit.errors import Forbidden, Invalid, Unavailable
from services.kit.events.envelope import Envelope
from services.kit.events.handling import Heard, Reaction
from services.kit.steps.taking import Pending
from tests.support.directories import COUNTY, POLICE, directory
from tests.support.play import A_MONDAY

MATTER = UUID(int=9)
FACTS: dict[str, Any] = {"invited": [POLICE], "reply_by": "2026-03-04", "due_on": "2026-03-20"}
ANSWER: dict[str, Any] = {"office": "治安大队"}


class Steps:
    """Takes down what was asked for, and answers."""

    def __init__(self, answer: StepOutcome | Pending | None = None) -> None:
        self.asked: list[tuple[str, TakeStep]] = []
        self.answer = answer or StepOutcome(seq=2, line="task/1", version=1)

    async def __call__(self, procedure: str, asked: TakeStep) -> StepOutcome | Pending:
        self.asked.append((procedure, asked))
        return self.answer


def decide(
    event: Event, sender: str, steps: Steps | None = None, *, drills: bool = False
) -> Reaction:
    envelope = Envelope(
        id="E-1",
        source=f"/agencies/{sender}",
        type=event.type,
        subject=event.key,
        time=event.occurred_at,
        data=event.model_dump_json().encode(),
    )
    agency = directory().agency(sender, A_MONDAY.date())
    heard = Heard(event, envelope, A_MONDAY, agency)
    by_type = {h.__hears__.event: h for h in handlers(directory, steps or Steps(), drills=drills)}  # type: ignore[attr-defined]
    return by_type[type(event)](heard)


def submitted(**changes: Any) -> MatterSubmitted:
    stated = {
        "occurred_at": A_MONDAY,
        "reference": "J-1",
        "procedure": "joint_enforcement",
        "by": f"{COUNTY}.liaison",
        "title": "加油站联合检查",
        "facts": FACTS,
    }
    return MatterSubmitted.model_validate(stated | changes)


def answered(**changes: Any) -> AnswerSubmitted:
    stated = {
        "occurred_at": A_MONDAY,
        "procedure": "joint_enforcement",
        "case_id": MATTER,
        "step": "accept",
        "line": "task/1",
        "by": f"{POLICE}.liaison",
        "payload": ANSWER,
    }
    return AnswerSubmitted.model_validate(stated | changes)


def test_a_matter_is_opened_by_the_rules_that_hold_for_a_person() -> None:
    decided = decide(submitted(), COUNTY)

    matter, access = decided.rows
    assert isinstance(matter, Matter)
    assert isinstance(access, MatterAccess)
    assert matter.id == access.matter_id == id_from(f"/agencies/{COUNTY}", "E-1")
    [opened] = decided.events
    assert isinstance(opened, MatterOpened)
    assert (opened.agencies, opened.facts["invited"]) == ((COUNTY,), [POLICE])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"procedure": "enforcement_case"}, "procedure"),
        ({"agencies": ("nowhere",)}, "agencies"),
        ({"facts": FACTS | {"invited": ["nowhere"]}}, "agencies"),
        ({"facts": {"reply_by": "2026-03-04"}}, "facts"),
        ({"facts": FACTS | {"due_on": "2026-03-01"}}, "facts"),
        ({"drill_shift_s": 60}, "drill_shift_s"),
    ],
)
def test_what_breaks_a_rule_is_refused_by_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        decide(submitted(**changes), COUNTY)

    assert refused.value.fields["field"] == field


@pytest.mark.parametrize("by", [f"{COUNTY}.inspector", f"{POLICE}.liaison", "nobody"])
def test_only_who_holds_the_role_at_the_sender_opens_one(by: str) -> None:
    with pytest.raises(Forbidden):
        decide(submitted(by=by), COUNTY)


def test_a_drill_s_matter_plays_in_its_own_time() -> None:
    [opened] = decide(submitted(drill_shift_s=-86_400), COUNTY, drills=True).events

    assert opened.occurred_at == A_MONDAY - timedelta(days=1)


async def test_an_answer_is_taken_as_the_person_it_names_with_the_roles_of_the_directory() -> None:
    steps = Steps()

    for call in decide(answered(), POLICE, steps).calls:
        await call()

    [(procedure, asked)] = steps.asked
    assert procedure == f"joint_enforcement/{MATTER}"
    assert (asked.step, asked.line, asked.payload) == ("accept", "task/1", ANSWER)
    assert (asked.by.agency, asked.by.roles) == (POLICE, (Role.LIAISON,))


async def test_the_same_event_asks_with_the_same_request_id() -> None:
    steps = Steps()

    for _ in range(2):
        for call in decide(answered(), POLICE, steps).calls:
            await call()

    assert len({asked.request_id for _, asked in steps.asked}) == 1


async def test_nobody_answers_for_another_agency() -> None:
    steps = Steps()

    for call in decide(answered(by=f"{POLICE}.liaison"), COUNTY, steps).calls:
        await call()

    [(_, asked)] = steps.asked
    assert (asked.by.agency, asked.by.roles) == (COUNTY, ())


def test_only_matters_between_agencies_are_answered_so() -> None:
    with pytest.raises(Invalid):
        decide(answered(procedure="enforcement_case"), POLICE)


async def test_what_is_not_known_in_time_is_asked_again() -> None:
    [call] = decide(answered(), POLICE, Steps(Pending(MATTER))).calls

    with pytest.raises(Unavailable):
        await call()
