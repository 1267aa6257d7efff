"""A missed clock on its way up the ladder, as coordination hears of it."""

import pytest

from contracts.catalogue import COORDINATION
from contracts.procedure import EscalationAnswered, EscalationEnded
from services.coordination.escalating import ESCALATING
from services.coordination.models import EscalationEntry
from services.coordination.open_escalations import KnownEscalations
from services.kit.clock import WallClock
from services.kit.events.envelope import Envelope
from services.kit.events.handling import handlers_by_type
from services.kit.events.reading import Reader
from services.kit.events.signing import Unverified
from tests.services.coordination.record import hear
from tests.services.coordination.responses import Response, escalated
from tests.support.chance import Chance
from tests.support.directories import CITY, COUNTY, PROVINCE
from tests.support.owner.record import Record

FIRST_CONTACT = f"fast_response/{Response().state.case_id}/escalation/1"


async def _told_by(record: Record, play: Response, source: str) -> list[Envelope]:
    await record.take_all(play.records)
    return await record.envelopes(source)


@pytest.mark.parametrize("at_once", [1, 3, 1000])
async def test_every_rung_its_answer_and_the_end_are_kept(record: Record, at_once: int) -> None:
    told = await _told_by(record, escalated(), "/services/coordination")

    for start in range(0, len(told), at_once):
        await hear(record, *told[start : start + at_once])

    story = [
        e for e in await record.rows("escalation_entry") if e["escalation_id"] == FIRST_CONTACT
    ]
    assert [(e["number"], e["what"], e["rung"], e["agency"], e["role"]) for e in story] == [
        (1, "called", 0, COUNTY, "head"),
        (2, "acknowledge", 0, COUNTY, "head"),
        (3, "reassign", 0, COUNTY, "head"),
        (4, "called", 1, CITY, "chief"),
        (5, "called", 2, PROVINCE, "duty_officer"),
        (6, "take_over", 2, PROVINCE, "duty_officer"),
        (7, "ended", 2, PROVINCE, "duty_officer"),
    ]
    assert await record.rows("held") == []


async def test_events_of_one_batch_see_what_was_decided_before_them(record: Record) -> None:
    by_type = handlers_by_type(ESCALATING)
    reader = Reader(by_type, [COORDINATION.topic])
    known: KnownEscalations = {}
    numbers: list[int] = []

    for envelope in await _told_by(record, escalated(), "/services/coordination"):
        heard = reader.open(COORDINATION.topic.name, envelope, WallClock().now())
        if heard is not None:
            decision = by_type[envelope.type](heard, known)
            entries = [row for row in decision.rows if isinstance(row, EscalationEntry)]
            numbers += [e.number for e in entries if e.escalation_id == FIRST_CONTACT]

    assert numbers == [1, 2, 3, 4, 5, 6, 7]


async def test_the_list_agrees_with_the_engine(record: Record) -> None:
    play = escalated()
    await hear(record, *await _told_by(record, play, "/services/coordination"))

    listed = {row["key"]: row for row in await record.rows("escalation")}

    assert set(listed) == {e.key for e in play.state.escalations}
    for engines in play.state.escalations:
        ours = listed[engines.key]
        assert (ours["line"], ours["clock"], ours["rung"]) == (
            engines.line,
            engines.clock,
            engines.rung,
        )
        assert (ours["agency"], ours["role"]) == (engines.agency, engines.role)
        assert ours["called_at"] == engines.called_at
        assert ours["answer_by"] == engines.answer_by
        assert ours["answered_by"] == engines.acknowledged_by
        assert ours["outcome"] == engines.ended


async def test_a_new_rung_has_not_answered_yet(record: Record) -> None:
    told = await _told_by(record, escalated(), "/services/coordination")
    second = [n for n, e in enumerate(told) if e.type.endswith("escalation_raised.v1")]
    of_contact = [n for n in second if b'"escalation":"escalation/1"' in told[n].data]

    await hear(record, *told[: of_contact[1]])
    [answered] = [r for r in await record.rows("escalation") if r["id"] == FIRST_CONTACT]
    await hear(record, told[of_contact[1]])
    [called] = [r for r in await record.rows("escalation") if r["id"] == FIRST_CONTACT]

    assert (answered["answer"], answered["answered_by"]) == ("reassign", "county.head")
    assert (called["answer"], called["answered_by"], called["agency"]) == (None, None, CITY)


async def test_hearing_it_all_again_changes_nothing(record: Record, chance: Chance) -> None:
    told = await _told_by(record, escalated(), "/services/coordination")
    await hear(record, *told)
    before = await record.everything()

    again = [*told, *told]
    chance.shuffle(again)
    await hear(record, *again)

    assert await record.everything() == before


async def test_an_enforcement_case_escalates_here_too(record: Record) -> None:
    told = await _told_by(record, escalated(), "/services/enforcement")

    await hear(record, *told)

    assert {row["owner"] for row in await record.rows("escalation")} == {"enforcement"}
    assert {row["owner"] for row in await record.rows("missed_clock")} == {"enforcement"}


async def test_a_missed_clock_keeps_how_its_deadline_was_worked_out(record: Record) -> None:
    play = escalated()
    await hear(record, *await _told_by(record, play, "/services/coordination"))

    missed = {row["clock"]: row for row in await record.rows("missed_clock")}

    assert missed["first_contact"]["due_at"] == play.clock("first_contact").due_at
    assert missed["first_contact"]["derivation"]["unit"] == "minutes"
    assert missed["first_contact"]["derivation"]["number"] == 15


@pytest.mark.parametrize("kind", [EscalationAnswered, EscalationEnded])
async def test_an_end_without_a_beginning_is_set_aside_and_holds_nothing(
    record: Record, kind: type[EscalationAnswered | EscalationEnded]
) -> None:
    told = await _told_by(record, escalated(), "/services/coordination")
    lone = next(e for e in told if e.type == kind.type)

    await hear(record, lone, *told)

    [aside] = await record.rows("set_aside")
    assert (aside["reason"], aside["event_id"]) == ("unknown_escalation", lone.id)
    assert await record.rows("held") == []
    assert len(await record.rows("missed_clock")) > 0


async def test_no_stranger_tells_of_an_escalation(record: Record) -> None:
    told = await _told_by(record, escalated(), "/services/oversight")

    with pytest.raises(Unverified, match="does not write"):
        await hear(record, *told)
