"""Measurements by every door: API, CSV, XLSX and signed event; bad ones are listed cell by cell."""

import io
from datetime import timedelta
from typing import Any

import httpx
import pytest
from openpyxl import Workbook

from contracts.agencies import Role
from contracts.intake import MeasurementsSubmitted
from services.kit.clock import WallClock
from services.net_content.spreadsheets import XLSX, template_csv, template_xlsx
from tests.services.net_content.house import House, Walk
from tests.support.net_content import GOOD, SHORT, as_csv, laboratory_entry, measurements, table


async def sampled(house: House, **changes: Any) -> Walk:
    await house.furnish()
    [walk] = await house.checks(1)
    await walk.sample(**changes)
    return walk


async def sent(
    house: House, walk: Walk, content: bytes, kind: str = "text/csv", **query: Any
) -> httpx.Response:
    async with house.asked_by(Role.INSPECTOR) as client:
        return await client.post(
            f"/checks/{walk.id}/measurements",
            content=content,
            headers={"content-type": kind},
            params=query,
        )


def workbook(rows: list[list[str]], *, numbers: bool = True) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        cells = [
            float(cell) if numbers and cell.replace(".", "").isdigit() else cell for cell in row
        ]
        sheet.append(cells)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


async def test_every_door_leads_to_the_same_finding(house: House) -> None:
    walk = await sampled(house)
    rows = table(SHORT)

    answers = [
        await sent(house, walk, as_csv(rows), dry_run=True),
        await sent(house, walk, as_csv(rows).replace(b",", b";"), dry_run=True),
        await sent(house, walk, "\n".join(map("\t".join, rows)).encode("gb18030"), dry_run=True),
        await sent(house, walk, workbook(rows), XLSX, dry_run=True),
        await walk.measure(SHORT),
    ]

    told = [answer.json() for answer in answers]
    assert len({one["finding_sha256"] for one in told}) == 1
    assert [one["accepted"] for one in told] == [False, False, False, False, True]
    assert len(await house.record.rows("finding")) == 1


async def test_the_same_sheet_again_changes_nothing_and_another_is_refused(house: House) -> None:
    walk = await sampled(house)
    first = await walk.measure(SHORT)

    again = await walk.measure(SHORT)
    other = await walk.measure(GOOD)

    assert again.json()["finding_sha256"] == first.json()["finding_sha256"]
    assert (other.status_code, other.json()["code"]) == (409, "not_awaited")
    assert (await house.record.told("net_content")).count("net_content.finding_made.v1") == 1


async def test_a_dry_run_lists_everything_and_writes_nothing(house: House) -> None:
    walk = await sampled(house)
    rows = table()
    rows[6][3], rows[8][3], rows[9][4] = "498,7", "-2", "kg"

    dry = await sent(house, walk, as_csv(rows), dry_run=True)
    wet = await sent(house, walk, as_csv(rows))

    listed = [(p["cell"], p["code"]) for p in dry.json()["problems"]]
    assert listed == [("D7", "decimal_comma"), ("D9", "negative"), ("E10", "mixed_units")]
    assert (wet.status_code, wet.json()["code"]) == (422, "measurements_wrong")
    assert len(wet.json()["problems"]) == 3
    assert await house.record.rows("finding") == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"measured_on": "2026-03-01"}, "bad_day"),
        ({"unit": "mL"}, "mixed_units"),
        ({"unit": "斤"}, "bad_unit"),
        ({"laboratory": "LAB-7"}, "unknown_laboratory"),
        ({"laboratory": "LAB-2", "instruments": ["BAL-2"]}, "not_commissioned"),
        ({"instruments": ["BAL-2"]}, "unknown_instrument"),
        ({"packages": [{"number": "1", "net": "500"}] * 10}, "duplicate_number"),
        ({"packages": [{"number": "1", "net": "500"}]}, "not_of_the_plan"),
        ({"packages": [{"number": "1", "gross": "5"}]}, "nothing_measured"),
    ],
)
async def test_what_no_verdict_can_rest_on_is_refused_with_its_rule(
    house: House, changes: dict[str, Any], code: str
) -> None:
    walk = await sampled(house)

    answer = await walk.measure(GOOD, **changes)

    assert answer.status_code == 422
    assert code in {problem["code"] for problem in answer.json()["problems"]}


async def test_a_balance_whose_verification_has_run_out_is_refused_by_rule_and_date(
    house: House,
) -> None:
    walk = await sampled(house)
    expired = {"verified_on": "2025-03-01", "valid_until": "2026-02-28", "certificate": "检字9号"}
    entry = laboratory_entry()
    entry["instruments"] = [{"code": "BAL-9", "name": "天平", "verifications": [expired]}]
    async with house.asked_by(Role.INSPECTOR) as client:
        await client.put("/laboratories/LAB-1", json=entry)

    answer = await walk.measure(GOOD, instruments=["BAL-1", "BAL-9"])

    [problem] = answer.json()["problems"]
    assert problem["code"] == "not_verified"
    assert "BAL-9" in problem["zh"]
    assert "2026-03-04" in problem["zh"]
    assert "计量法第九条" in problem["zh"]


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04 and nothing", b"<html></html>", b"", template_csv(), template_xlsx()[:900]],
)
async def test_an_xlsx_that_is_none_is_refused(house: House, content: bytes) -> None:
    walk = await sampled(house)

    answer = await sent(house, walk, content, XLSX)

    assert answer.status_code == 422
    assert answer.json()["rule"] in {"xlsx", "no_header"}


async def test_binary_rubbish_is_no_csv_and_no_json(house: House) -> None:
    walk = await sampled(house)

    assert (await sent(house, walk, b"\x00\xff\x00", "text/csv")).status_code == 422
    assert (await sent(house, walk, b"{", "application/json")).status_code == 422
    assert (await sent(house, walk, b"x" * 2_000_000, "text/csv")).status_code == 413


async def test_the_template_filled_in_is_taken(house: House) -> None:
    async with house.anyone() as client:
        csv_ = await client.get("/measurements/template.csv")
        xlsx = await client.get("/measurements/template.xlsx")

    assert "样品号 number" in csv_.content.decode("utf-8-sig")
    assert xlsx.content.startswith(b"PK")


def event(walk: Walk, nets: tuple[str, ...] = SHORT, **changes: Any) -> MeasurementsSubmitted:
    said = measurements(nets) | {"check_id": walk.id, "occurred_at": WallClock().now()} | changes
    return MeasurementsSubmitted.model_validate(said)


@pytest.mark.parametrize("sender", ["lab", "county"])
async def test_a_signed_event_of_laboratory_or_agency_is_judged(house: House, sender: str) -> None:
    walk = await sampled(house)
    envelope = house.signed(event(walk), by=sender)

    await house.hear(envelope)
    await house.hear(envelope, house.signed(event(walk), by=sender))

    [finding] = await house.record.rows("finding")
    assert (finding["verdict"], finding["source"]) == ("fail", f"/agencies/{sender}")
    assert (await house.record.told("net_content")).count("net_content.finding_made.v1") == 1
    assert await house.record.rows("set_aside") == []


async def test_an_event_of_anybody_else_or_with_bad_numbers_is_set_aside(house: House) -> None:
    walk = await sampled(house)
    bad = event(walk).model_copy(update={"laboratory": "LAB-9"})

    await house.hear(house.signed(event(walk), by="city"))
    await house.hear(house.signed(bad, by="county"))
    await house.hear(
        house.signed(event(walk, check_id="00000000-0000-4000-8000-000000000000"), by="county")
    )

    reasons = {row["reason"] for row in await house.record.rows("set_aside")}
    assert reasons == {"forbidden", "measurements_wrong", "not_found"}
    assert await house.record.rows("finding") == []
    assert await house.record.rows("held") == []


async def test_a_report_on_the_same_topic_is_somebody_else_s(house: House) -> None:
    from tests.support.enforcement import report

    await house.hear(
        house.signed(report(occurred_at=WallClock().now() - timedelta(hours=1)), by="county")
    )

    assert await house.record.rows("set_aside") == []


async def test_a_lot_measured_whole_is_judged_without_its_mean(house: House) -> None:
    walk = await sampled(house, lot_size=8, sample_size=8)

    await walk.found(GOOD[:8])

    [finding] = await house.record.rows("finding")
    assert finding["verdict"] == "pass"
