"""Campaigns over HTTP: the register, the list, the draw in public, and who sees what."""

from typing import Any

import pytest
from sqlalchemy import text

from contracts.agencies import Role
from contracts.credit_code import check_character, organisation_check_character
from services.net_content.rules.draw.record import disagreements
from tests.services.net_content.house import House
from tests.support.net_content import CODES, GOOD, INSPECTORS, as_csv, subjects_file


async def opened(house: House, role: Role = Role.HEAD, **said: Any) -> Any:
    async with house.asked_by(role) as client:
        return await client.post("/campaigns", json={"name": "大米抽查", "wanted": 2} | said)


async def got(house: House, path: str, role: Role = Role.INSPECTOR, agency: str = "county") -> Any:
    async with house.asked_by(role, agency) as client:
        return await client.get(path)


async def test_the_seed_is_committed_to_before_and_public_after_the_draw(house: House) -> None:
    await house.furnish()
    before = (await opened(house)).json()
    path = f"/campaigns/{before['id']}/draw"
    record_before = (await got(house, path)).json()

    async with house.asked_by(Role.HEAD) as client:
        after = (await client.post(path, json={"public_word": "07 11"})).json()
        again = (await client.post(path, json={"public_word": "07 11"})).json()
        other = await client.post(path, json={"public_word": "08"})

    record = (await got(house, path)).json()
    assert (before["seed"], record_before["seed"], record_before["drawn"]) == (None, None, [])
    assert after["commitment"] == before["commitment"]
    assert after["list_sha256"] == before["list_sha256"]
    assert again == after
    assert (other.status_code, other.json()["code"]) == (409, "draw_held")
    assert len(record["drawn"]) == 2
    assert disagreements(record) == []
    assert {name for lot in record["drawn"] for name in lot[2]} <= set(INSPECTORS)
    assert (await house.record.told("net_content")).count("net_content.check_drawn.v1") == 2


async def test_a_list_is_fixed_when_the_campaign_opens(house: House) -> None:
    await house.furnish(CODES[:2])
    campaign = (await opened(house)).json()
    await house.furnish(CODES)

    record = (await got(house, f"/campaigns/{campaign['id']}/draw")).json()

    assert [entry[0] for entry in record["entries"]] == sorted(CODES[:2])
    assert {entry[1] for entry in record["entries"]} == {"B"}, "the usual class, as none is known"


async def test_what_passed_within_six_months_is_not_on_the_list(house: House) -> None:
    await house.furnish(CODES[:1])
    [walk] = await house.checks(1)
    await walk.sample()
    await walk.found(GOOD)
    await walk.take("tell_pass", served_by="mail")
    async with house.record.worker() as session, session.begin():
        from sqlalchemy import text

        await session.execute(text("UPDATE lot_check SET passed_on = current_date - 30"))

    refused = await opened(house)
    free = await opened(house, kind="complaint")

    assert (refused.status_code, refused.json()["code"]) == (409, "empty_list")
    assert free.json()["subjects"] == 1


async def test_classes_weigh_and_a_class_may_be_left_out(house: House) -> None:
    await house.furnish(CODES[:2], credit_class="A")
    await house.furnish(CODES[2:], credit_class="D")

    campaign = (await opened(house, weights={"A": 0})).json()
    wrong = await opened(house, weights={"E": 3})

    record = (await got(house, f"/campaigns/{campaign['id']}/draw")).json()
    assert [(entry[1], entry[2]) for entry in record["entries"]] == [("D", 100), ("D", 100)]
    assert wrong.status_code == 422


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"regime": "cn-2023"}, "regime"),
        ({"region": "440100"}, "region"),
        ({"wanted": 0}, "wanted"),
    ],
)
async def test_a_campaign_that_cannot_be_held_is_refused(
    house: House, said: dict[str, Any], field: str
) -> None:
    await house.furnish()

    answer = await opened(house, **said)

    assert answer.status_code == 422
    assert field in answer.json()["field"]


async def test_heads_open_and_draw_and_others_do_not(house: House) -> None:
    await house.furnish()
    campaign = (await opened(house)).json()

    assert (await opened(house, Role.INSPECTOR)).status_code == 403
    async with house.asked_by(Role.INSPECTOR) as client:
        assert (await client.post(f"/campaigns/{campaign['id']}/draw", json={})).status_code == 403
    async with house.asked_by(Role.HEAD, "city") as client:
        assert (await client.post(f"/campaigns/{campaign['id']}/draw", json={})).status_code == 403
    async with house.asked_by(Role.HEAD, "police") as client:
        assert (await client.post(f"/campaigns/{campaign['id']}/draw", json={})).status_code == 404


async def test_lists_and_details_show_the_same_checks_to_the_same_people(house: House) -> None:
    await house.furnish()
    campaign = await house.drawn(2)
    [first, _] = (await got(house, "/checks")).json()["checks"]

    for role, agency, many in (
        (Role.INSPECTOR, "county", 2),
        (Role.HEAD, "province", 2),
        (Role.EVALUATOR, "nation", 2),
        (Role.HEAD, "police", 0),
    ):
        listed = (await got(house, "/checks", role, agency)).json()["checks"]
        detail = await got(house, f"/checks/{first['id']}", role, agency)
        of_campaign = await got(house, f"/campaigns/{campaign['id']}", role, agency)
        assert len(listed) == many
        assert detail.status_code == of_campaign.status_code == (200 if many else 404)

    page = (await got(house, "/checks?limit=1")).json()
    rest = (await got(house, f"/checks?limit=5&after={page['next']}")).json()
    assert len(page["checks"]) == len(rest["checks"]) == 1
    assert (await got(house, "/campaigns")).json()["campaigns"][0]["checks"] == 2


async def test_a_register_with_bad_cells_is_refused_whole_and_all_of_them_are_named(
    house: House,
) -> None:
    rows = [line.split(",") for line in subjects_file().decode().splitlines()]
    rows[1][0], rows[2][6], rows[3][7], rows[4][2] = "91370202MA3C00003X", "0", "斤", "3702"

    async with house.asked_by(Role.INSPECTOR) as client:
        answer = (await client.post("/subjects", content=as_csv(rows))).json()

    assert [(p["cell"], p["code"]) for p in answer["problems"]] == [
        ("A2", "bad_credit_code"),
        ("G3", "bad_quantity"),
        ("H4", "bad_unit"),
        ("C5", "bad_region"),
    ]
    assert await house.record.rows("subject") == []


async def test_an_instrument_belongs_to_one_laboratory(house: House) -> None:
    from tests.support.net_content import laboratory_entry

    await house.furnish()

    async with house.asked_by(Role.INSPECTOR) as client:
        answer = await client.put("/laboratories/LAB-3", json=laboratory_entry())
        shown = (await client.get("/laboratories/LAB-1")).json()

    assert answer.status_code == 403
    assert shown["instruments"][0]["verifications"][0]["valid_until"] == "2035-12-31"


EMPTY_AS_COUNTED = text(
    """
    SELECT pg_restore_relation_stats(
        'schemaname', 'net_content', 'relname', name, 'relpages', 1031, 'reltuples', 0::real
    ) FROM unnest(ARRAY['subject', 'product']) AS name
    """
)


@pytest.mark.timeout(90)
async def test_a_hundred_thousand_rows_are_registered_and_drawn_from(house: House) -> None:
    """Also where what the database has counted is that the register is empty."""
    async with house.record.owner() as session, session.begin():
        await session.execute(EMPTY_AS_COUNTED)
    codes = [_code(number) for number in range(100_000)]
    content = subjects_file(codes)

    async with house.asked_by(Role.INSPECTOR) as client:
        answer = (await client.post("/subjects", content=content, timeout=60)).json()
    campaign = await house.drawn(50)

    assert (answer["subjects"], answer["products"], answer["wrong"]) == (100_000, 100_000, 0)
    assert campaign["subjects"] == 100_000
    assert campaign["checks"] == 50


def _code(number: int) -> str:
    stem = f"{number:08}"
    stem = f"91370202{stem}{organisation_check_character(stem)}"
    return stem + check_character(stem)
