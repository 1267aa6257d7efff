"""What a suspected crime and a change of jurisdiction leave in the record of a case."""

from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

import pytest

from contracts.enforcement import CaseMoved, CaseReferred
from services.enforcement.models import Decision
from services.enforcement.rules.earlier_penalties import earlier_penalties, fine_paid_yuan
from tests.services.enforcement.record import open_case, told, written
from tests.services.enforcement.ways import records_to
from tests.support.directories import CITY, COUNTY, PROVINCE
from tests.support.owner.record import Record
from tests.support.play import CASE_ID


async def event(record: Record, name: str) -> bytes:
    [row] = await record.select(f"SELECT data FROM outbox WHERE type LIKE '%enforcement.{name}.v1'")
    return bytes(row["data"])


async def case(record: Record) -> dict[str, Any]:
    [row] = await record.select("SELECT * FROM enforcement_case")
    return row


async def test_each_suspicion_begins_a_hand_off_of_its_own(record: Record) -> None:
    outcome = await written(record, "suspect_crime")

    referred = CaseReferred.model_validate_json(await event(record, "case_referred"))
    assert referred.handoff == uuid5(CASE_ID, f"criminal_handoff/{outcome.seq}")
    assert UUID(str(outcome.reply["handoff"])) == referred.handoff
    assert (referred.agency, referred.standing, referred.fine_paid_yuan) == (
        COUNTY,
        (),
        Decimal(0),
    )


async def test_what_was_decided_and_paid_goes_with_the_hand_off(record: Record) -> None:
    outcome = await written(record, "suspect_crime_after_decision")

    assert outcome.reply["standing"] == ["罚款 fine 2000.00 元 yuan"]
    referred = CaseReferred.model_validate_json(await event(record, "case_referred"))
    assert referred.fine_paid_yuan == Decimal("2000.00")


async def test_what_the_police_file_gets_its_own_number_and_can_be_closed(record: Record) -> None:
    outcome = await written(record, "hand_over_to_justice")

    assert outcome.reply == {"number": "c市监涉罪移〔2026〕1号", "to": "police"}
    assert (await case(record))["outcome"] == "handed_over"
    assert "case_handed_over" in await told(record)


async def test_what_comes_back_has_no_outcome_and_may_still_be_penalised(record: Record) -> None:
    await written(record, "take_case_back")

    assert (await case(record))["outcome"] is None
    assert await record.select("SELECT * FROM decision") == []
    assert (await told(record))[-1] == "case_resumed"


async def test_seized_things_are_in_the_police_s_custody(record: Record) -> None:
    await written(record, "hand_over_seized")

    last = await record.select("SELECT custodian, why FROM custody ORDER BY since_seq DESC")
    assert (last[0]["custodian"], last[0]["why"]) == ("市公安局", "handed_over")


async def test_a_case_follows_its_jurisdiction(record: Record) -> None:
    await written(record, "change_jurisdiction")

    assert (await case(record))["agency"] == CITY
    moved = CaseMoved.model_validate_json(await event(record, "case_moved"))
    assert (moved.from_agency, moved.to, moved.how, moved.by) == (
        COUNTY,
        CITY,
        "designated",
        PROVINCE,
    )


async def test_a_case_follows_whoever_took_it_over(record: Record) -> None:
    await open_case(record)
    *before, last = records_to("take_over")
    await record.take_all(before)
    assert (await case(record))["agency"] == COUNTY

    await record.take(last)

    assert (await case(record))["agency"] == last.by.agency == CITY


def decision(**stated: Any) -> Decision:
    plain: dict[str, Any] = {
        "case_id": CASE_ID,
        "seq": 1,
        "kind": "penalty",
        "number": "1",
        "decided_by": "x",
        "basis": [],
        "fine_yuan": Decimal(0),
        "confiscated_yuan": Decimal(0),
        "confiscated_items": [],
        "warning": False,
    }
    return Decision(**plain | stated)


def test_every_part_of_a_decision_stands() -> None:
    decided = decision(
        warning=True,
        fine_yuan=Decimal(500),
        confiscated_yuan=Decimal(80),
        confiscated_items=["秤", "砝码"],
    )

    assert [part[:2] for part in earlier_penalties(decided)] == ["警告", "罚款", "没收", "没收"]
    assert earlier_penalties(decision()) == ()


@pytest.mark.parametrize(("paid", "set_off"), [(None, 0), (Decimal(620), 500)])
def test_only_a_fine_that_was_paid_is_set_off(paid: Decimal | None, set_off: int) -> None:
    decided = decision(fine_yuan=Decimal(500), confiscated_yuan=Decimal(80), paid_yuan=paid)

    assert fine_paid_yuan(decided) == set_off
