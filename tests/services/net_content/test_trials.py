"""Reckoning without a record: the same rules, asked over HTTP, and nothing kept."""

from typing import Any

import pytest

from contracts.agencies import Role
from tests.services.net_content.house import House

CN, EU = {"regime": "cn", "edition": "2005"}, {"regime": "eu", "edition": "1976"}
SHORT = ["480.0", *["500.5"] * 9]


def lot(contents: list[str] = SHORT, **changes: Any) -> dict[str, Any]:
    packages = [{"number": n, "content": content} for n, content in enumerate(contents, start=1)]
    stated = {"size": 30, "nominal": "500", "unit": "g", "packages": packages}
    return stated | changes


async def post(house: House, path: str, body: Any, status: int = 200) -> Any:
    async with house.asked_by(Role.INSPECTOR) as client:
        answer = await client.post(path, json=body)
    assert answer.status_code == status, answer.text
    return answer.json()


async def get(house: House, path: str, status: int = 200, **query: Any) -> Any:
    async with house.asked_by(Role.INSPECTOR) as client:
        answer = await client.get(path, params=query)
    assert answer.status_code == status, answer.text
    return answer.json()


async def test_every_edition_is_listed(house: House) -> None:
    found = {(e["name"], e["edition"]) for e in await get(house, "/regimes")}

    assert {("cn", "2005"), ("cn", "2023"), ("oiml", "2016"), ("us_b", "2026")} <= found


async def test_a_lot_is_judged_with_its_whole_arithmetic(house: House) -> None:
    verdict = await post(house, "/regimes/verdict", CN | {"lot": lot()})

    assert verdict["outcome"] == "fail"
    assert all(rule["clause"] for rule in verdict["rules"])


async def test_two_laws_are_held_side_by_side(house: House) -> None:
    asked = {"lot": lot(), "first": CN, "second": {"regime": "cn", "edition": "2023"}}

    compared = await post(house, "/regimes/comparison", asked)

    assert compared["first"]["verdict"]["outcome"] == "fail"
    assert compared["second"]["refused"]["code"] == "table_not_known"


async def test_a_label_is_checked(house: House) -> None:
    asked = CN | {"label": {"printed": "净含量：500克", "height_mm": "2"}}

    verdict = await post(house, "/regimes/label", asked)

    assert {f["rule"]: f["holds"] for f in verdict["findings"]}["height"] is False


async def test_a_curve_and_a_filling_are_worked_out(house: House) -> None:
    curve = await get(house, "/regimes/cn/2005/operating-characteristic", size=500)
    target = await get(house, "/regimes/eu/1976/target-fill", nominal="500", deviation="4")

    assert float(curve["points"][0]["accepted"]) == 1
    assert float(target["target"]) >= 500


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/regimes/verdict", {"regime": "xx", "lot": lot()}, "regime"),
        ("/regimes/verdict", {"regime": "cn", "edition": "1900", "lot": lot()}, "edition"),
        ("/regimes/verdict", CN | {"lot": lot(size=3)}, "packages"),
    ],
)
async def test_what_breaks_a_rule_is_refused_by_field(
    house: House, path: str, body: dict[str, Any], field: str
) -> None:
    problem = await post(house, path, body, 422)

    assert field in str(problem)


async def test_it_is_for_those_who_say_who_they_are(house: House) -> None:
    async with house.anyone() as client:
        assert (await client.get("/regimes")).status_code == 401
