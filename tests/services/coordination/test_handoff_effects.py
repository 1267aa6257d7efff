"""What each step of a criminal hand-off leaves on record, and what everyone hears of it."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from contracts.coordination import CrimeDeclined, CrimeTransferred
from contracts.criminal_handoff import HandedPaper
from services.coordination.rules.handoffs import absent, named, set_off_yuan, unlisted
from services.kit.errors import Invalid
from tests.services.coordination.handoffs import (
    Handoff,
    forwarded,
    found_justified,
    judged,
    left_to_stand,
    refused_by_the_chief,
    to_the_police,
)
from tests.services.coordination.house import OWNER
from tests.support.directories import (
    CITY_POLICE,
    COUNTY,
    POLICE,
    PROCURATORATE,
)
from tests.support.handoff_steps import PAPERS, TO_THE_POLICE
from tests.support.owner.record import Record
from tests.support.play import A_MONDAY
from workflows.criminal_handoff import CRIMINAL_HANDOFF

WITH_EFFECT = {s for procedure, s in OWNER.effects.steps if procedure == "criminal_handoff"}
ON_THE_LOG_ALONE = {"accept_case", "close_supervision"}


def test_all_but_two_steps_have_an_effect() -> None:
    tables = (CRIMINAL_HANDOFF.main, *CRIMINAL_HANDOFF.parts)
    steps = {step.name for table in tables for step in table.steps}

    assert steps | {"open"} == WITH_EFFECT | ON_THE_LOG_ALONE


async def ours(record: Record) -> list[str]:
    told = [kind.removesuffix(".v1") for kind in await record.told()]
    return [k.removeprefix("coordination.") for k in told if k.startswith("coordination.")]


async def test_a_hand_off_to_its_judgment_is_told_step_by_step(record: Record) -> None:
    await record.take_all(judged().records)

    assert await ours(record) == [
        "criminal_handoff_started",
        "crime_transferred",
        "transfer_received",
        "papers_found_missing",
        "papers_supplemented",
        "crime_accepted",
        "goods_handed_over",
        "crime_judged",
    ]
    [matter] = await record.rows("matter")
    assert (matter["procedure"], matter["of_case"]) == ("criminal_handoff", UUID(int=7))
    assert (matter["stage"], matter["outcome"]) == ("judged", "judged")


async def test_the_transfer_names_what_is_missing_what_stands_and_what_was_paid(
    record: Record,
) -> None:
    play = to_the_police()
    await record.take_all(play.records[:-1])

    outcome = await record.take(play.last)

    assert outcome.reply == {
        "missing": ["test_report"],
        "standing": ["罚款2000元"],
        "fine_paid_yuan": "2000.00",
    }
    papers = [p for p in await record.rows("paper") if p["kind"] == "handed_paper"]
    assert [p["more"]["kind"] for p in papers] == [paper["kind"] for paper in PAPERS]
    assert papers[3]["more"]["absent_reason"] == "检定机构尚未出具"
    [told] = [e for e in await record.envelopes() if e.type == CrimeTransferred.type]
    transferred = CrimeTransferred.model_validate_json(told.data)
    assert (transferred.missing, transferred.fine_paid_yuan) == (
        ("test_report",),
        Decimal(2000),
    )


async def refused(record: Record, play: Handoff) -> Invalid:
    """The last step asked for is refused, and leaves no trace."""
    await record.take_all(play.records[:-1])
    before = await record.everything()
    with pytest.raises(Invalid) as why:
        await record.take(play.last)
    assert await record.everything() == before
    return why.value


def approved() -> Handoff:
    return Handoff().go(*TO_THE_POLICE[:-1])


async def test_a_checklist_that_passes_papers_over_is_refused_by_name(record: Record) -> None:
    play = approved()
    play.step("hand_over_papers", papers=PAPERS[:2])

    why = await refused(record, play)

    assert why.fields["missing"] == [
        "goods_list",
        "test_report or appraisal",
        "penalty_decision",
    ]
    assert "涉案物品清单、检验报告或者鉴定结论、行政处罚决定书" in str(why.fields) + str(why)


@pytest.mark.parametrize(
    ("police", "rule"),
    [(CITY_POLICE, "TRANS art. 5"), (PROCURATORATE, "kind_of_agency"), ("nowhere", "directory")],
)
async def test_a_case_goes_to_the_police_of_the_same_level(
    record: Record, police: str, rule: str
) -> None:
    play = approved()
    play.step("hand_over_papers", police=police)

    assert (await refused(record, play)).fields["rule"] == rule


async def test_a_case_is_forwarded_to_police_alone_but_of_any_level(record: Record) -> None:
    play = to_the_police().go("sign_receipt@police/1")
    play.step("forward_case", "police/1", to_agency=PROCURATORATE)

    assert (await refused(record, play)).fields["rule"] == "kind_of_agency"


async def test_the_new_police_see_the_papers_and_not_what_the_team_wrote(record: Record) -> None:
    await record.take_all(forwarded().records)

    access = {r["agency"]: r for r in await record.rows("matter_access")}
    assert access[COUNTY]["whole"]
    assert (access[CITY_POLICE]["shared"], access[CITY_POLICE]["lines"]) == (True, ["police/2"])
    audience = {p["kind"]: p["audience"] for p in await record.rows("paper")}
    assert audience["handed_paper"] == "shared"
    assert {audience[kind] for kind in ("team", "report", "approval")} == {"lead"}


async def test_the_goods_are_in_the_custody_of_who_signed_for_them(record: Record) -> None:
    await record.take_all(judged().records)

    [goods] = [p for p in await record.rows("paper") if p["kind"] == "goods"]
    assert (goods["name"], goods["custodian"]) == ("遥控电子秤", "治安大队")
    assert goods["more"]["list_no"] == "移交清单1号"


async def test_a_judgment_shows_what_is_set_off_and_what_is_left(record: Record) -> None:
    await record.take_all(judged().records)

    [judgment] = [p for p in await record.rows("paper") if p["kind"] == "judgment"]
    assert judgment["more"] == {
        "criminal_fine_yuan": "5000",
        "fine_paid_yuan": "2000.00",
        "set_off_yuan": "2000.00",
        "left_to_pay_yuan": "3000.00",
    }


@pytest.mark.parametrize(
    ("play", "by", "outcome"),
    [
        (refused_by_the_chief, "chief", "not_transferred"),
        (left_to_stand, "police", "declined"),
        (found_justified, "police", "declined"),
    ],
)
async def test_whoever_declined_the_case_is_the_agency_s_again(
    record: Record, play: Any, by: str, outcome: str
) -> None:
    await record.take_all(play().records)

    [told] = [e for e in await record.envelopes() if e.type == CrimeDeclined.type]
    declined = CrimeDeclined.model_validate_json(told.data)
    assert (declined.of_case, declined.agency, declined.by) == (UUID(int=7), COUNTY, by)
    [matter] = await record.rows("matter")
    assert matter["outcome"] == outcome
    assert matter["opened_at"] == A_MONDAY


async def test_no_reason_of_anybody_is_in_an_event(record: Record) -> None:
    await record.take_all(found_justified().records)

    data = b"".join(row["data"] for row in await record.rows("outbox"))
    for text in ("情节显著轻微", "应当立案而不立案", "金额已达追诉标准", "以遥控秤欺骗消费者"):
        assert text.encode() not in data


async def test_procuratorate_and_police_see_each_other_s_reasons(record: Record) -> None:
    await record.take_all(found_justified().records)

    access = {r["agency"]: r for r in await record.rows("matter_access")}
    assert access[PROCURATORATE]["shared"]
    papers = await record.rows("paper")
    reasons = [p for p in papers if p["kind"] in ("refusal", "reasons", "opinion")]
    assert {(p["agency"], p["audience"]) for p in reasons} == {
        (POLICE, "shared"),
        (PROCURATORATE, "shared"),
    }


def papers(*kinds: Any) -> list[HandedPaper]:
    return [HandedPaper(kind=kind, name="某") for kind in kinds]


def test_a_test_report_or_an_appraisal_will_do() -> None:
    three = ("transfer_letter", "investigation_report", "goods_list")

    assert unlisted(papers(*three, "appraisal"), decided=False) == ()
    assert unlisted(papers(*three, "test_report"), decided=False) == ()
    assert unlisted(papers(*three), decided=False) == (("test_report", "appraisal"),)


def test_a_decision_in_force_goes_along() -> None:
    listed = papers("transfer_letter", "investigation_report", "goods_list", "appraisal")

    assert unlisted(listed, decided=True) == (("penalty_decision",),)
    assert named(unlisted(listed, decided=True)) == ("行政处罚决定书", "penalty_decision")


def test_a_paper_with_a_reason_is_listed_and_named_as_missing() -> None:
    gone = HandedPaper(kind="goods_list", name="清单", absent_reason="无涉案物品")

    assert absent([gone, *papers("appraisal")]) == ("goods_list",)


@pytest.mark.parametrize(("paid", "fine", "off"), [(0, 5000, 0), (2000, 5000, 2000), (9, 5, 5)])
def test_no_more_is_set_off_than_the_criminal_fine(paid: int, fine: int, off: int) -> None:
    assert set_off_yuan(fine_paid=Decimal(paid), criminal_fine=Decimal(fine)) == off
