"""What each step of jurisdiction, assistance and supervision leaves on record, and what is told."""

import json
from typing import Any

import pytest

from services.kit.errors import Invalid
from tests.services.coordination.between import (
    OF_CASE,
    agreed,
    assigned,
    assisted,
    called_up,
    decided,
    designated,
    government_opinion,
    noticed,
    transferred,
)
from tests.support.directories import CITY, COUNTY, NATION, NEIGHBOUR, POLICE, PROVINCE
from tests.support.owner.record import Record


async def told(record: Record, name: str) -> list[dict[str, Any]]:
    """Everything of one event, as the others hear it."""
    kind = f"cn.metrology.coordination.{name}.v1"
    return [json.loads(r["data"]) for r in await record.rows("outbox") if r["type"] == kind]


async def papers(record: Record) -> list[tuple[str, str]]:
    return [(row["kind"], row["agency"]) for row in await record.rows("paper")]


# ── jurisdiction ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("play", "how", "to", "by"),
    [
        (agreed, "agreed", NEIGHBOUR, NEIGHBOUR),
        (designated, "designated", NEIGHBOUR, CITY),
        (called_up, "called_up", PROVINCE, PROVINCE),
        (assigned, "assigned", NEIGHBOUR, CITY),
        (transferred, "transferred", NEIGHBOUR, COUNTY),
    ],
)
async def test_who_is_competent_is_told_with_how_and_by_whom(
    record: Record, play: Any, how: str, to: str, by: str
) -> None:
    await record.take_all(play().records)

    [fixed] = await told(record, "jurisdiction_fixed")
    assert (fixed["how"], fixed["to"], fixed["by"]) == (how, to, by)
    assert fixed["of_case"] == str(OF_CASE)
    assert COUNTY in fixed["parties"]
    [matter] = await record.rows("matter")
    assert (matter["stage"], matter["outcome"]) == (how, to)
    assert matter["ended_at"] is not None


async def test_every_agency_of_the_dispute_and_whom_it_goes_to_see_all_of_it(
    record: Record,
) -> None:
    await record.take_all(designated().records)

    rows = {r["agency"]: r["whole"] for r in await record.rows("matter_access")}
    assert rows == {COUNTY: True, NEIGHBOUR: True}
    assert ("designation", CITY) in await papers(record)


async def test_the_bureau_a_case_is_assigned_to_reads_why(record: Record) -> None:
    await record.take_all(assigned().records)

    rows = {r["agency"]: r["whole"] for r in await record.rows("matter_access")}
    assert rows == {COUNTY: True, CITY: True, NEIGHBOUR: True}


@pytest.mark.parametrize(
    ("play", "to", "rule"),
    [
        (designated, PROVINCE, "line_of_command"),
        (designated, "nowhere", "directory"),
        (assigned, PROVINCE, "line_of_command"),
        (assigned, POLICE, "market_regulator"),
        (transferred, POLICE, "market_regulator"),
        (transferred, "nowhere", "directory"),
    ],
)
async def test_a_case_goes_only_where_whoever_decides_may_send_it(
    record: Record, play: Any, to: str, rule: str
) -> None:
    *before, last = play(to).records
    await record.take_all(before)

    with pytest.raises(Invalid) as refused:
        await record.take(last)

    assert refused.value.fields["field"] == "to_agency"
    assert refused.value.fields["rule"] == rule
    assert await told(record, "jurisdiction_fixed") == []


# ── assistance ───────────────────────────────────────────────────────────────────────────────────


async def test_each_requested_agency_hears_of_the_letter_and_the_requester_of_each_answer(
    record: Record,
) -> None:
    await record.take_all(assisted().records)

    asked = [(x["agency"], x["line"]) for x in await told(record, "assistance_requested")]
    assert asked == [
        (NEIGHBOUR, "request/1"),
        (CITY, "request/2"),
        (POLICE, "request/3"),
        (PROVINCE, "request/4"),
    ]
    [delayed] = await told(record, "assistance_delayed")
    assert (delayed["agency"], delayed["answer_by"]) == (NEIGHBOUR, "2026-04-10")
    how = [(x["agency"], x["how"]) for x in await told(record, "assistance_answered")]
    assert how == [(NEIGHBOUR, "answered"), (CITY, "forwarded"), (POLICE, "returned")]


async def test_the_answer_and_its_papers_are_on_record_with_their_custodian(
    record: Record,
) -> None:
    await record.take_all(assisted().records)

    rows = await record.rows("paper")
    [item] = [row for row in rows if row["kind"] == "evidence"]
    assert (item["agency"], item["custodian"], item["line"]) == (
        NEIGHBOUR,
        "执法二科",
        "request/1",
    )
    assert len([row for row in rows if row["kind"] == "letter"]) == 4


async def test_a_requested_agency_sees_its_own_letter_and_no_other_answer(record: Record) -> None:
    await record.take_all(assisted().records)

    rows = {r["agency"]: (r["whole"], r["lines"]) for r in await record.rows("matter_access")}
    assert rows[COUNTY] == (True, [])
    assert rows[POLICE] == (False, ["request/3"])
    answers = [r for r in await record.rows("paper") if r["kind"] == "answer"]
    assert {row["audience"] for row in answers} == {"line"}


# ── supervision ──────────────────────────────────────────────────────────────────────────────────


async def test_a_notice_and_each_answer_to_it_are_told(record: Record) -> None:
    await record.take_all(noticed().records)

    [issued] = await told(record, "supervision_issued")
    assert (issued["kind"], issued["agency"], issued["by"]) == ("notice", COUNTY, CITY)
    answers = await told(record, "supervision_answered")
    assert [(x["agency"], x["to"]) for x in answers] == [(COUNTY, CITY)] * 2
    [matter] = await record.rows("matter")
    assert (matter["stage"], matter["outcome"]) == ("closed", "属实")


async def test_an_objection_and_its_reply_are_in_the_file(record: Record) -> None:
    await record.take_all(decided().records)

    kinds = [kind for kind, _ in await papers(record)]
    assert kinds.count("objection") == kinds.count("objection_reply") == 2
    replies = [r["more"] for r in await record.rows("paper") if r["kind"] == "objection_reply"]
    assert replies == [{"how": "revised"}, {"how": "upheld"}]


async def test_supervisor_and_supervised_see_all_of_it(record: Record) -> None:
    await record.take_all(noticed().records)

    rows = {r["agency"]: r["whole"] for r in await record.rows("matter_access")}
    assert rows == {COUNTY: True, CITY: True}


@pytest.mark.parametrize("by", [CITY, NATION])
async def test_a_superior_issues_no_opinion_of_a_government(record: Record, by: str) -> None:
    *before, last = government_opinion(by).records
    await record.take_all(before)

    with pytest.raises(Invalid) as refused:
        await record.take(last)

    assert refused.value.fields["rule"] == "who_supervises"
