"""What a check leaves on record, step by step, and what everyone hears of it."""

import json
from typing import Any

import pytest
from sqlalchemy import text

from contracts.agencies import Role
from contracts.net_content import LotFailed
from services.kit.errors import Invalid, Refusal
from tests.services.net_content.house import HEAD, SAMPLED, TOLD, House, Walk
from tests.support.directories import CITY, person
from tests.support.net_content import CODES, FLOOD, GOOD
from tests.support.play import A_MONDAY


async def one(house: House, at: Any = A_MONDAY, **changes: Any) -> Walk:
    [walk] = await house.checks(1, at, **changes)
    return walk


async def failed(walk: Walk) -> None:
    """From the draw to a shortfall that stands."""
    await walk.sample()
    await walk.found()
    await walk.take("tell_shortfall", **TOLD)
    await walk.take("accept_finding")


async def lots_told(house: House) -> list[LotFailed]:
    async with house.record.worker() as session:
        rows = await session.execute(
            text("SELECT data FROM outbox WHERE type = :type ORDER BY id"), {"type": LotFailed.type}
        )
        return [LotFailed.model_validate_json(row.data) for row in rows]


async def test_a_lot_that_passes_is_told_published_and_closed(house: House) -> None:
    await house.furnish()
    walk = await one(house)
    await walk.sample()
    await walk.found(GOOD)
    await walk.take("tell_pass", served_by="mail")
    await walk.take("publish_result", address="官网")

    outcome = await walk.take("close_check", HEAD, summary="合格")

    [row] = await house.record.rows("lot_check")
    assert outcome.reply == {"outcome": "passed"}
    assert (row["verdict"], row["outcome"], row["failed_on"]) == ("pass", "passed", None)
    assert await house.record.told("net_content") == [
        "net_content.campaign_opened.v1",
        "net_content.campaign_drawn.v1",
        "net_content.check_drawn.v1",
        "net_content.finding_made.v1",
        "net_content.result_published.v1",
        "net_content.check_closed.v1",
    ]


async def test_a_shortfall_nobody_objects_to_stands_by_itself_and_is_a_lead(house: House) -> None:
    await house.furnish()
    walk = await one(house)
    await walk.sample(goods_value_yuan="12000.50")
    await walk.found()
    await walk.take("tell_shortfall", **TOLD)
    assert await lots_told(house) == []

    await walk.wait(days=25)

    [lot] = await lots_told(house)
    [finding] = await house.record.rows("finding")
    assert walk.play.line().stage == "stands"
    assert (lot.failing_lots, lot.urgent, str(lot.goods_value_yuan)) == (1, False, "12000.50")
    assert lot.finding_sha256 == finding["sha256"]
    assert lot.subject_code in CODES


async def test_a_t2_flood_is_told_at_once_and_only_once(house: House) -> None:
    await house.furnish()
    walk = await one(house)
    await walk.sample()
    await walk.found(FLOOD)

    [lot] = await lots_told(house)
    assert lot.urgent
    assert lot.t2_percent >= 20
    await walk.take("tell_shortfall", **TOLD)
    await walk.take("accept_finding")
    assert len(await lots_told(house)) == 1


async def test_the_third_failing_lot_of_a_producer_within_a_year_says_so(house: House) -> None:
    await house.furnish(CODES[:1], products=("大米", "小米", "面粉"))  # type: ignore[arg-type]
    walks = await house.checks(1, lots_each=3)
    for walk in walks:
        await failed(walk)

    lots = await lots_told(house)
    assert [lot.failing_lots for lot in lots] == [1, 2, 3]
    assert [lot.urgent for lot in lots] == [False, False, True]


async def test_a_retest_by_another_laboratory_overturns_the_finding(house: House) -> None:
    await house.furnish()
    walk = await one(house)
    await walk.sample()
    await walk.found()
    await walk.take("tell_shortfall", **TOLD)
    await walk.take("take_objection", grounds="样品受潮", received_at=walk.play.now.isoformat())
    await walk.take("commission_retest", laboratory="LAB-2")
    assert (await walk.measure(GOOD)).json()["rule"] == "not_commissioned"

    await walk.found(GOOD, "note_retest", laboratory="LAB-2", instruments=["BAL-2"])

    [row] = await house.record.rows("lot_check")
    assert (row["verdict"], row["failed_on"]) == ("pass", None)
    assert "net_content.finding_overturned.v1" in await house.record.told("net_content")
    assert await lots_told(house) == []


async def test_rectification_ends_with_a_lot_that_passes(house: House) -> None:
    await house.furnish()
    walk = await one(house)
    await failed(walk)
    await walk.take("order_rectification", HEAD, measures="调整灌装量", due_on="2026-04-10")
    await walk.take("report_rectification", done="已调整")
    await walk.take("sample_again", **SAMPLED | {"lot": "20260401"})
    await walk.found(GOOD, "note_recheck")
    await walk.take("publish_result", address="官网")

    await walk.take("close_check", HEAD, summary="整改合格")

    [row] = await house.record.rows("lot_check")
    assert row["outcome"] == "rectified"
    published = [
        name for name in await house.record.told("net_content") if "result_published" in name
    ]
    assert len(published) == 1


async def test_a_recheck_that_fails_is_another_failing_lot(house: House) -> None:
    await house.furnish()
    walk = await one(house)
    await failed(walk)
    await walk.take("order_rectification", HEAD, measures="调整灌装量", due_on="2026-04-10")
    await walk.take("report_rectification", done="已调整")
    await walk.take("sample_again", **SAMPLED | {"lot": "20260401"})

    await walk.found(step="note_recheck")

    assert [lot.failing_lots for lot in await lots_told(house)] == [1, 2]


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"lot_size": 5, "sample_size": 10}, "sample_exceeds_lot"),
        ({"sample_size": 12}, "not_of_the_plan"),
        ({"laboratory": "LAB-9"}, "scope"),
    ],
)
async def test_a_sampling_record_that_is_not_of_the_plan_is_refused(
    house: House, changes: dict[str, Any], rule: str
) -> None:
    await house.furnish()
    walk = await one(house)
    await walk.notify()

    with pytest.raises(Invalid) as refused:
        await walk.take("record_sampling", **SAMPLED | changes)

    assert refused.value.fields["rule"] == rule


async def test_a_product_that_passed_is_left_alone_for_six_months_in_shandong(house: House) -> None:
    await house.furnish(CODES[:1])
    walk, late = await one(house), await one(house)
    await walk.sample()
    await walk.found(GOOD)
    await walk.take("tell_pass", served_by="mail")

    with pytest.raises(Refusal) as refused:
        await late.notify()

    assert refused.value.code == "passed_recently"
    assert "2026-09-02" in str(refused.value)


async def test_a_complaint_is_free_of_the_six_months(house: House) -> None:
    await house.furnish(CODES[:1])
    walk, late = await one(house), await one(house, kind="complaint")
    await walk.sample()
    await walk.found(GOOD)
    await walk.take("tell_pass", served_by="mail")

    await late.notify()

    assert late.play.line().stage == "notified"


async def test_a_check_follows_its_line_to_another_agency(house: House) -> None:
    await house.furnish()
    walk = await one(house)
    await walk.wait(days=40)  # nobody came
    [rung] = [e for e in walk.play.state.escalations if e.ended is None]
    await walk.take(
        "reassign",
        person(rung.role, rung.agency),
        line=rung.key,
        measures="市局承办",
        to_agency=CITY,
    )

    [row] = await house.record.rows("lot_check")
    assert row["agency"] == CITY
    await walk.take(
        "notify_check",
        person(Role.INSPECTOR, CITY),
        officers=["city.inspector", "city.other"],
        served_by="direct",
    )


async def test_a_finding_is_the_same_to_the_byte_when_worked_out_again(house: House) -> None:
    await house.furnish()
    walk = await one(house)
    await walk.sample()
    await walk.found()
    [row] = await house.record.rows("finding")

    async with house.asked_by(Role.INSPECTOR) as client:
        text_ = await client.get(f"/checks/{walk.id}/findings/1")
        again = await client.get(f"/checks/{walk.id}/findings/1/recomputed")

    assert text_.headers["etag"] == f'"{row["sha256"]}"'
    assert text_.text == row["body"]
    assert json.loads(row["body"])["case"]["lot_size"] == 30
    assert again.json()["same"] is True


@pytest.mark.parametrize(
    ("number", "status"), [(2, 404), (2**31 - 1, 404), (2**31, 422), (-1, 422)]
)
async def test_a_finding_is_none_that_the_database_could_not_count(
    house: House, number: int, status: int
) -> None:
    await house.furnish()
    walk = await one(house)

    async with house.asked_by(Role.INSPECTOR) as client:
        answer = await client.get(f"/checks/{walk.id}/findings/{number}")

    assert answer.status_code == status, answer.text


async def test_nobody_can_change_a_finding(house: House) -> None:
    await house.furnish()
    walk = await one(house)
    await walk.sample()
    await walk.found()

    for statement in ("UPDATE finding SET verdict = 'pass'", "DELETE FROM finding"):
        async with house.record.worker() as session:
            with pytest.raises(Exception, match="permission denied"):
                await session.execute(text(statement))
