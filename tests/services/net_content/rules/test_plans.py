"""Sampling plans at the edges of their lots, and numbers nobody confirmed."""

from datetime import date
from typing import Any

import pytest

from services.net_content.rules import regimes
from services.net_content.rules.refusals import BadInput, NotKnown
from services.net_content.rules.regimes import Regime
from services.net_content.rules.verdict.findings import PlanUsed
from services.net_content.rules.verdict.judge import judge
from services.net_content.rules.verdict.lots import PlanName
from tests.services.net_content.rules.lots import (
    CN,
    DE,
    EU,
    OIML,
    UK,
    US_A,
    US_B,
    judged,
    lot,
    rule,
)

PLANS: list[tuple[Regime, PlanName, dict[int, tuple[int, int | None]]]] = [
    (
        CN,
        "single",
        {
            1: (1, 0), 10: (10, 0), 11: (10, 0), 50: (10, 0), 51: (13, 1), 99: (13, 1),
            100: (50, 3), 500: (50, 3), 501: (80, 5), 3200: (80, 5), 3201: (125, 7),
        },
    ),
    (OIML, "single", {100: (50, 3), 500: (50, 3), 501: (80, 5), 3200: (80, 5), 3201: (125, 7)}),
    (EU, "double", {99: (99, None), 100: (30, 1), 500: (30, 1), 501: (50, 2), 3201: (80, 3)}),
    (EU, "destructive", {100: (20, 1), 100_000: (20, 1)}),
    (UK, "single", {99: (99, 4), 100: (50, 3), 500: (50, 3), 501: (80, 5), 3201: (125, 7)}),
    (UK, "double", {99: (99, 4), 100: (30, 1), 501: (50, 2), 3201: (80, 3)}),
    (
        DE,
        "destructive",
        {10: (5, 0), 99: (5, 0), 100: (8, 0), 501: (13, 1), 3201: (20, 1), 10_001: (30, 2)},
    ),
    (DE, "full", {50: (50, 1), 100: (100, 2)}),
    (
        US_A,
        "single",
        {
            1: (1, 0), 10: (10, 0), 11: (11, 0), 12: (12, 0), 250: (12, 0), 251: (24, 0),
            3200: (24, 0), 3201: (48, 1),
        },
    ),
    (US_B, "single", {250: (10, 0), 251: (30, 0)}),
]  # fmt: skip


def used(regime: Regime, size: int, sample: int, **how: Any) -> PlanUsed:
    """The plan by which a lot with a sample of so many packages is judged."""
    return judge(lot(size, 500, [500] * sample, **how), regime).plan


@pytest.mark.parametrize(("regime", "plan", "rows"), PLANS, ids=lambda x: getattr(x, "name", ""))
def test_a_plan_at_the_edges_of_its_lots(
    regime: Regime, plan: PlanName, rows: dict[int, tuple[int, int | None]]
) -> None:
    found = {size: used(regime, size, n, plan=plan) for size, (n, _) in rows.items()}

    assert {size: (row.sample, row.accept) for size, row in found.items()} == rows


def test_the_printed_factor_is_used_where_the_formula_gives_another() -> None:
    assert str(used(CN, 80, 13).factor) == "0.848"
    assert str(used(DE, 50, 5, plan="destructive").factor) == "2.058"


@pytest.mark.parametrize(("size", "sample", "n"), [(300, 50, 30), (1000, 80, 50), (5000, 125, 50)])
def test_the_european_mean_is_made_of_the_first_packages(size: int, sample: int, n: int) -> None:
    light_at_the_end = [500] * n + [480] * (sample - n)

    verdict = judged(UK, size, 500, light_at_the_end)

    assert (verdict.plan.sample, verdict.plan.mean_sample) == (sample, n)
    assert rule(verdict, "mean").holds


@pytest.mark.parametrize("size", [20, 40, 41, 60, 61, 80, 81, 100])
def test_small_lots_of_oiml_2016_are_refused(size: int) -> None:
    with pytest.raises(NotKnown) as refused:
        used(regimes.find("oiml", "2016", None), size, 5)

    assert refused.value.code == "not_confirmed"


@pytest.mark.parametrize(
    ("regime", "size", "plan"),
    [
        (OIML, 99, "single"),
        (regimes.find("oiml", "2016", None), 19, "single"),
        (EU, 99, "destructive"),
        (EU, 100, "full"),
        (DE, 9, "destructive"),
        (US_B, 9, "single"),
    ],
)
def test_a_lot_without_a_row_is_refused(regime: Regime, size: int, plan: PlanName) -> None:
    with pytest.raises(BadInput) as refused:
        used(regime, size, 5, plan=plan)

    assert refused.value.code == "lot_size_not_of_plan"


def test_a_plan_that_a_law_has_not_is_refused() -> None:
    with pytest.raises(BadInput) as refused:
        used(CN, 100, 50, plan="double")

    assert refused.value.code == "plan_not_of_regime"


def test_germany_samples_lengths_by_another_plan() -> None:
    assert used(DE, 100, 5, unit="m").sample == 5
    with pytest.raises(BadInput):
        used(DE, 100, 5)  # its plan for grams that opens nothing is not known


def test_the_edition_of_2023_can_be_chosen_and_is_refused() -> None:
    newest = regimes.find("cn", "2023", None)

    with pytest.raises(NotKnown, match="JJF 1070-2023") as refused:
        judged(newest, 30, 500, [500] * 10)

    assert refused.value.code == "table_not_known"
    assert "尚未" in refused.value.says.zh
    assert "has not been checked" in refused.value.says.en


@pytest.mark.parametrize(
    ("day", "edition"),
    [
        (date(2006, 1, 1), "2005"),
        (date(2024, 10, 11), "2005"),
        (date(2024, 10, 12), "2023"),
        (date(2026, 11, 25), "2023"),
    ],
)
def test_the_day_finds_the_edition(day: date, edition: str) -> None:
    assert regimes.find("cn", None, day).edition == edition


def test_the_order_changed_before_the_standard_did() -> None:
    laws = [CN.law(date(2023, 5, 31)), CN.law(date(2023, 6, 1))]

    assert [law and law.en for law in laws] == ["AQSIQ Order 75 (2005)", "SAMR Order 70 (2023)"]


@pytest.mark.parametrize(
    ("name", "edition", "on"),
    [("xx", None, None), ("cn", "1995", None), ("cn", None, date(2005, 1, 1))],
)
def test_an_unknown_regime_or_edition_is_refused(
    name: str, edition: str | None, on: date | None
) -> None:
    with pytest.raises(BadInput) as refused:
        regimes.find(name, edition, on)

    assert refused.value.code in {"regime_unknown", "edition_unknown"}


CHECKED = """
like = "cn_2023"
[[plans]]
name = "single"
clause = "a table made up for this test"
source = "read in the official text by N. N. on 2026-11-25"
confidence = "configured"
rows = [{ first = 1, n = 10, factor = 1.028, accept = 0 }]
"""


def test_an_edition_is_filled_in_by_whoever_has_the_text() -> None:
    filled = regimes.find("cn", None, date(2026, 1, 1), configured=[regimes.read(CHECKED)])

    verdict = judged(filled, 30, 500, [500] * 10)

    assert (verdict.edition, verdict.outcome) == ("2023", "pass")
    assert verdict.plan.confidence == "configured"


def test_every_number_has_its_place_and_how_sure_it_is() -> None:
    for regime in regimes.editions():
        tables = (*regime.deficiencies, *regime.plans, regime.strictness)
        assert all(table.clause and table.source and table.confidence for table in tables)
