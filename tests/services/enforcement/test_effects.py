"""What the steps of a case leave in its record, on PostgreSQL itself."""

import asyncio
from decimal import Decimal
from uuid import UUID

import pytest

from services.kit.errors import Invalid, Refusal
from tests.services.enforcement.record import open_case, told, written
from tests.services.enforcement.ways import INVESTIGATING, TAKEN, UP_TO, go, records_to
from tests.support.directories import CITY
from tests.support.enforcement import Played
from tests.support.enforcement_steps import HEAD, INSPECTOR, PAYLOADS
from tests.support.owner.record import Record

OTHER = UUID(int=8)
"""Another case than the one played."""


async def test_filing_gives_the_number_and_tells_it(record: Record) -> None:
    outcome = await written(record, "file_case")

    assert outcome.reply == {"number": "c市监立〔2026〕1号"}
    [row] = await record.select("SELECT number, cause, filed_on, open FROM enforcement_case")
    assert (row["number"], row["cause"]) == ("c市监立〔2026〕1号", PAYLOADS["file_case"]["cause"])
    assert row["open"]
    assert await told(record) == ["case_filed"]


async def test_papers_of_a_kind_are_numbered_without_a_gap(record: Record) -> None:
    """A number given by a step that failed is given again."""
    await open_case(record)
    play = Played()
    go(play, *INVESTIGATING)
    for _ in range(3):
        play.take("seize", INSPECTOR, **TAKEN)
    *before, last = play.records
    await record.take_all(before)
    wrong = last.model_copy(update={"payload": {"items": []}})
    with pytest.raises(Invalid):
        await record.take(wrong)

    outcome = await record.take(last)

    assert outcome.reply["number"] == "c市监强制〔2026〕3号"
    assert outcome.reply["line"] == "seizure/3"


async def test_two_cases_filed_at_once_have_two_numbers(record: Record) -> None:
    await open_case(record)
    await open_case(record, id=OTHER, subject_key="name:another@370202")
    ours, theirs = records_to("file_case"), records_to("file_case", OTHER)

    *_, (first, second) = [
        await asyncio.gather(record.take(mine), record.take(yours))
        for mine, yours in zip(ours, theirs, strict=True)
    ]

    numbers = {first.reply["number"], second.reply["number"]}
    assert numbers == {"c市监立〔2026〕1号", "c市监立〔2026〕2号"}


async def test_a_paper_keeps_the_number_it_came_with(record: Record) -> None:
    await open_case(record)
    play = Played()
    go(play, *INVESTIGATING)
    play.take("hand_over", HEAD, to="市公安局", reason="涉嫌犯罪", document="移送书7号")

    *_, outcome = await record.take_all(play.records)

    assert outcome.reply["number"] == "移送书7号"


async def test_not_filing_ends_the_case(record: Record) -> None:
    await written(record, "decline_to_file")

    [row] = await record.select("SELECT open, outcome, number FROM enforcement_case")
    assert row == {"open": False, "outcome": "not_filed", "number": None}
    assert await told(record) == ["case_not_filed"]


async def test_evidence_is_indexed_with_its_first_keeper(record: Record) -> None:
    await written(record, "investigate")

    found = await record.select(
        "SELECT name, kind, sha256, custodian, why, line FROM evidence"
        " JOIN custody ON evidence_id = id ORDER BY kind",
    )
    assert [tuple(row.values()) for row in found] == [
        ("照片", "audiovisual", "a" * 64, "王某", "taken_in", "main"),
        ("电子秤", "physical", None, "王某", "taken_in", "main"),
    ]


@pytest.mark.parametrize(
    ("step", "keeper", "why"),
    [
        ("lift_seizure", "当事人", "lifted"),
        ("confiscate_seized", HEAD.agency, "confiscated"),
        ("refuse_preservation", "当事人", "refused"),
        ("lift_by_law", "当事人", "lifted_by_law"),
        ("dispose_preserved", "当事人", "returned"),
    ],
)
async def test_the_chain_of_custody_ends_with_the_measure(
    record: Record, step: str, keeper: str, why: str
) -> None:
    await written(record, step)

    links = await record.select(
        "SELECT evidence_id, custodian, why FROM custody ORDER BY evidence_id, since_seq",
    )
    assert [(link["custodian"], link["why"]) for link in links] == [
        (INSPECTOR.agency, "taken_in"),
        (keeper, why),
    ] * len(TAKEN["items"])


async def test_lifting_one_seizure_leaves_the_other_in_keeping(record: Record) -> None:
    await open_case(record)
    play = Played()
    go(play, *INVESTIGATING)
    play.take("seize", INSPECTOR, **TAKEN)
    play.take("seize", INSPECTOR, **TAKEN | {"items": ["账册"]})
    play.take("lift_seizure", HEAD, line="seizure/2", reason="与本案无关")

    *_, outcome = await record.take_all(play.records)

    assert outcome.reply["returned"] == 1
    links = await record.select(
        "SELECT name, custodian FROM evidence JOIN custody ON evidence_id = id"
        " WHERE why = 'lifted'",
    )
    assert links == [{"name": "账册", "custodian": "当事人"}]


async def test_a_penalty_is_on_record_until_it_is_paid(record: Record) -> None:
    await written(record, "record_payment")

    [row] = await record.select("SELECT * FROM decision")
    assert (row["kind"], row["number"]) == ("penalty", "c市监处罚〔2026〕1号")
    assert (row["fine_yuan"], row["paid_yuan"]) == (Decimal(2000), Decimal(2000))
    assert None not in (row["served_at"], row["published_on"], row["paid_at"])
    assert await told(record) == ["case_filed", "penalty_decided", "decision_published"]


@pytest.mark.parametrize("paid", ["1999.99", "2000.01", "0"])
async def test_another_sum_than_was_decided_is_refused(record: Record, paid: str) -> None:
    await open_case(record)
    *before, last = records_to("record_payment")
    await record.take_all(before)
    wrong = last.model_copy(update={"payload": last.payload | {"paid_yuan": paid}})

    with pytest.raises(Invalid) as refused:
        await record.take(wrong)

    assert refused.value.fields["field"] == "paid_yuan"
    assert refused.value.fields["owed_yuan"] == "2000.00"


async def test_a_late_payment_may_carry_the_surcharge(record: Record) -> None:
    """3 % of the fine a day (APL art. 72): two days late on 2000 yuan are 120."""
    await open_case(record)
    play = Played()
    go(play, *UP_TO["record_payment"])
    due_on = play.clock("payment_15d").due_on
    assert due_on is not None
    while play.now.date() < due_on:
        play.wait(days=1)
    play.wait(days=2)
    play.take("record_payment", INSPECTOR, paid_yuan="2120", receipt="R-1")

    *_, outcome = await record.take_all(play.records)

    assert outcome.reply == {"paid_yuan": "2120", "surcharge_yuan": "120.00"}


async def test_a_decision_without_any_penalty_is_refused(record: Record) -> None:
    await open_case(record)
    *before, last = records_to("decide_penalty")
    await record.take_all(before)
    nothing = last.model_copy(update={"payload": last.payload | {"fine_yuan": "0"}})

    with pytest.raises(Invalid, match="states a fine"):
        await record.take(nothing)


async def test_a_high_fine_under_the_implementing_rules_comes_with_advice(record: Record) -> None:
    await open_case(record)
    *before, last = records_to("decide_penalty")
    await record.take_all(before)
    payload = last.payload | {"fine_yuan": "10000", "basis": ["计量法实施细则 第四十六条"]}

    outcome = await record.take(last.model_copy(update={"payload": payload}))

    assert "第五十五条" in str(outcome.reply["advice"])


@pytest.mark.parametrize(
    ("step", "outcome", "event"),
    [
        ("decide_no_penalty", "no_penalty", "no_penalty_decided"),
        ("find_not_proved", "not_proved", "no_penalty_decided"),
        ("hand_over", "handed_over", "case_handed_over"),
    ],
)
async def test_other_decisions_are_told_too(
    record: Record, step: str, outcome: str, event: str
) -> None:
    await written(record, step)

    [row] = await record.select(
        "SELECT outcome, kind FROM enforcement_case JOIN decision ON case_id = enforcement_case.id",
    )
    assert row == {"outcome": outcome, "kind": outcome}
    assert (await told(record))[-1] == event


async def test_a_closed_case_frees_its_subject_for_another_one(record: Record) -> None:
    outcome = await written(record, "close_case")

    assert outcome.reply == {"number": "c市监结〔2026〕1号", "outcome": "penalty"}
    assert (await told(record))[-1] == "case_closed"
    await open_case(record, id=OTHER)  # the index of open cases lets it in


async def test_a_reassigned_case_is_the_other_agencys(record: Record) -> None:
    await written(record, "reassign")

    [row] = await record.select("SELECT agency FROM enforcement_case")
    assert row["agency"] == CITY


async def test_a_step_on_a_case_nobody_opened_is_refused(record: Record) -> None:
    with pytest.raises(Refusal) as refused:
        await record.take(records_to("open")[0])

    assert refused.value.code == "not_found"
