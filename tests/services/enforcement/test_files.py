"""Files: kept once, by what is in them, and shown to whoever may see a case that holds them."""

import hashlib
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from contracts.agencies import Role
from services.kit.clock import WallClock
from tests.services.enforcement.house import OWNER, House
from tests.services.enforcement.ways import INVESTIGATING, ITEM, go
from tests.support.directories import CITY, COUNTY
from tests.support.enforcement import POLICE, Played, report
from tests.support.enforcement_steps import INSPECTOR
from tests.support.owner.record import Record

CONTENT = "检测报告:不合格".encode()
SHA256 = hashlib.sha256(CONTENT).hexdigest()


async def hand_in(house: House, agency: str = COUNTY, content: bytes = CONTENT) -> dict[str, Any]:
    async with house.asked_by(Role.INSPECTOR, agency) as client:
        answer = await client.post(
            "/files", content=content, headers={"content-type": "application/pdf"}
        )
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def fetched(house: House, agency: str) -> int:
    async with house.asked_by(Role.INSPECTOR, agency) as client:
        return (await client.get(f"/files/{SHA256}")).status_code


async def test_a_file_is_kept_under_its_hash_once(house: House) -> None:
    first, second = await hand_in(house), await hand_in(house)

    assert first == second
    assert first["sha256"] == SHA256
    kept = house.settings.files_dir / SHA256[:2] / SHA256[2:]
    assert kept.read_bytes() == CONTENT
    assert list((house.settings.files_dir / "incoming").iterdir()) == []


async def test_it_is_fetched_as_it_came_and_as_an_attachment(house: House) -> None:
    await hand_in(house)
    async with house.asked_by(Role.HEAD) as client:
        answer = await client.get(f"/files/{SHA256}")

    assert answer.content == CONTENT
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("attachment")


async def test_it_is_seen_by_whoever_handed_it_in_and_those_above(house: House) -> None:
    await hand_in(house)

    assert [await fetched(house, agency) for agency in (COUNTY, CITY, POLICE)] == [200, 200, 404]


async def test_evidence_lets_the_case_see_it(house: House, record: Record) -> None:
    await hand_in(house, agency=CITY)
    before = await fetched(house, COUNTY)
    case = await house.case_of(report(occurred_at=WallClock().now()))
    play = Played(case_id=case)
    go(play, *INVESTIGATING)
    play.take(
        "investigate",
        INSPECTOR,
        officers=["wang", "li"],
        act="extraction",
        findings="报告",
        evidence=[ITEM | {"sha256": SHA256}],
    )
    await record.take_all(play.records)

    assert (before, await fetched(house, COUNTY)) == (404, 200)


async def test_a_report_lets_the_competent_agency_see_what_came_with_it(house: House) -> None:
    await hand_in(house, agency=POLICE)
    reported = report(occurred_at=WallClock().now() - timedelta(seconds=1), evidence=[SHA256])

    await house.case_of(reported, by=POLICE)

    assert await fetched(house, COUNTY) == 200


async def test_a_file_beyond_the_limit_is_refused_and_not_kept(
    record: Record, data_dir: Path, tmp_path: Path
) -> None:
    small = House(OWNER, record, data_dir, max_file_bytes=1000, files=tmp_path / "files")

    async def parts() -> AsyncIterator[bytes]:
        for _ in range(3):
            yield b"x" * 500

    async with small.asked_by(Role.INSPECTOR) as client:
        told = await client.post("/files", content=b"x" * 1001)
        untold = await client.post("/files", content=parts())
        fits = await client.post("/files", content=b"x" * 1000)
    await small.close()

    assert [a.status_code for a in (told, untold, fits)] == [413, 413, 201]
    assert len([p for p in (tmp_path / "files").rglob("*") if p.is_file()]) == 1


async def test_a_file_larger_than_any_event_is_taken(house: House) -> None:
    stored = await hand_in(house, content=b"\x00" * 3_000_000)

    assert stored["size"] == 3_000_000


@pytest.mark.parametrize("name", ["..%2f..%2fetc%2fpasswd", "A" * 64, "a" * 63])
async def test_only_a_hash_names_a_file(house: House, name: str) -> None:
    async with house.asked_by(Role.HEAD) as client:
        answer = await client.get(f"/files/{name}")

    assert answer.status_code in {404, 422}
