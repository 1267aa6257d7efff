"""A lot of goods that failed is a lead like any report, and the jurisdiction says how grave."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from contracts.agencies import Directory, Violation
from contracts.enforcement import CaseOpened, LevelRaised, ReportLinked
from contracts.levels import Criterion
from contracts.net_content import LotFailed
from services.enforcement.handlers import open_or_link
from services.enforcement.leads import reported
from services.enforcement.open_cases import OpenCases
from services.kit.errors import Invalid
from services.kit.events.envelope import Envelope
from services.kit.events.handling import Heard, Reaction
from tests.support.directories import COUNTY, SINCE
from tests.support.enforcement import directory
from tests.support.play import A_MONDAY

LATER = A_MONDAY + timedelta(days=60)


def where() -> Directory:
    """With the kind of violation, and a level that weighs failing lots."""
    plain = directory()
    short = Violation(
        code="net_content_short",
        name="净含量不足",
        name_en="short",
        valid_from=SINCE,
        reason="for tests",
    )
    grave = (
        Criterion(field="failing_lots", at_least=Decimal(3), says="三批次以上不合格"),
        Criterion(field="t2_percent", at_least=Decimal(20), says="严重短缺"),
    )
    levels = tuple(
        level.model_copy(update={"any_of": (*level.any_of, *grave)})
        if level.level == "II"
        else level
        for level in plain.levels
    )
    said = {"levels": levels, "violations": (*plain.violations, short)}
    return Directory.model_validate(dict(plain) | said)


def lot(**changes: Any) -> LotFailed:
    said: dict[str, Any] = {
        "case_id": uuid4(),
        "occurred_at": A_MONDAY,
        "campaign_id": UUID(int=3),
        "agency": COUNTY,
        "region": "370202",
        "subject_name": "某米业公司",
        "subject_code": "91370202MA3C00003R",
        "product": "大米 500 g",
        "finding_sha256": "a" * 64,
        "engine": "cn-2005",
        "summary": "平均实际含量小于标注净含量",
        "failing_lots": 1,
        "t2_percent": 0,
        "goods_value_yuan": "12000.50",
    }
    return LotFailed.model_validate(said | changes)


def decided(event: LotFailed, known: OpenCases) -> Reaction:
    envelope = Envelope(
        id=str(uuid4()),
        source="/services/net_content",
        type=event.type,
        subject=event.key,
        time=event.occurred_at,
        data=event.model_dump_json().encode(),
    )
    return open_or_link(reported(Heard(event, envelope, LATER), known.directory), known)


def test_a_failing_lot_opens_a_case_from_the_day_its_finding_stood() -> None:
    decision = decided(lot(), OpenCases(where()))

    [opened] = decision.events
    assert isinstance(opened, CaseOpened)
    assert opened.received_at == A_MONDAY, "not the day on which the event happened to be heard"
    assert (opened.violation, opened.agency) == ("net_content_short", COUNTY)
    assert (opened.level, opened.mobilises) == ("IV", False)
    report = decision.rows[1].values  # type: ignore[union-attr]
    assert report["files"] == ["a" * 64]
    assert report["facts"]["failing_lots"] == 1
    assert report["facts"]["goods_value_yuan"] == "12000.50"
    assert "平均实际含量" in report["summary"]


def test_the_third_lot_of_a_producer_raises_the_open_case_to_a_level_that_mobilises() -> None:
    known = OpenCases(where())
    decided(lot(), known)

    second = decided(lot(failing_lots=2), known)
    third = decided(lot(failing_lots=3), known)

    assert [type(event) for event in second.events] == [ReportLinked]
    assert [type(event) for event in third.events] == [ReportLinked, LevelRaised]
    raised = third.events[1]
    assert isinstance(raised, LevelRaised)
    assert (raised.level, raised.mobilises, raised.level_reasons) == (
        "II",
        True,
        ("三批次以上不合格",),
    )


def test_a_t2_flood_is_a_major_case_at_once() -> None:
    [opened] = decided(lot(t2_percent=30, urgent=True), OpenCases(where())).events

    assert isinstance(opened, CaseOpened)
    assert opened.mobilises


def test_a_drill_s_lot_is_a_drill_s_case_in_its_own_time() -> None:
    known = OpenCases(where(), drills=True)
    decided(lot(), known)

    [opened] = decided(lot(drill_shift_s=-3600), known).events

    assert isinstance(opened, CaseOpened), "it does not join the real case of the same producer"
    assert (opened.drill_shift_s, opened.received_at) == (-3600, A_MONDAY)


@pytest.mark.parametrize("changes", [{"agency": "nobody"}, {"subject_code": "91370202MA3C00003X"}])
def test_a_lot_no_case_can_be_made_of_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        decided(lot(**changes), OpenCases(where()))
