"""Worked lots with known answers, by China, the European Union and the United States."""

from decimal import Decimal

import pytest

from services.net_content.rules.verdict.findings import Verdict
from services.net_content.rules.verdict.judge import judge
from services.net_content.rules.verdict.lots import Lot, Moisture
from tests.services.net_content.rules.lots import CN, EU, OIML, US_A, gross, judged, lot, rule

C1 = (496.2, 503.1, 498.7, 501.4, 499.0, 497.5, 502.2, 495.8, 500.6, 498.9)
C2 = (497.1, 498.2, 497.6, 498.0, 497.4, 498.3, 497.9, 497.2, 498.1, 497.7)
C3 = (
    252.3, 248.1, 240.6, 251.0, 249.4, 253.2, 247.8, 250.9, 252.7, 251.6, 249.9, 250.3, 254.0,
)  # fmt: skip
C4 = (*C3[:2], "232.0", *C3[3:])
C5 = (100.2, 99.1, 101.0, 95.4, 100.8, 99.7, 100.5, 98.9)
C6 = (*[503] * 20, *[500] * 15, *[497] * 10, *[484] * 3, *[498] * 2)
C6C = (*[499] * 25, *[498] * 25)

CHINA = {
    "C1": (30, 500, C1, "499.340000", "2.464053", "497.466954", 0, ()),
    "C2": (30, 500, C2, "497.750000", "0.419656", "499.568594", 0, ("mean",)),
    "C3": (80, 250, C3, "250.138462", "3.418220", "247.101349", 1, ()),
    "C4b": (80, 250, C4, "249.476923", "5.571827", "245.275091", 1, ()),
    "C5": (8, 100, C5, "99.450000", None, None, 1, ("t1",)),
    "C6": (200, 500, C6, "499.560000", "4.598846", "498.257037", 3, ()),
    "C6c": (200, 500, C6C, "498.500000", "0.505076", "499.808576", 0, ("mean",)),
}


@pytest.mark.parametrize("name", CHINA)
def test_a_chinese_lot_has_its_whole_arithmetic(name: str) -> None:
    size, nominal, contents, mean, deviation, limit, t1, failing = CHINA[name]

    verdict = judged(CN, size, nominal, contents)

    assert verdict.mean == Decimal(mean)
    assert deviation is None or verdict.deviation == Decimal(deviation)
    assert verdict.limit == (None if limit is None else Decimal(limit))
    assert rule(verdict, "t1").found == t1
    assert rule(verdict, "t2").found == 0
    assert verdict.failing == failing
    assert verdict.outcome == ("fail" if failing else "pass")


def test_large_lots_come_out_the_same_by_oiml() -> None:
    ours, theirs = judged(CN, 200, 500, C6), judged(OIML, 200, 500, C6)

    assert (ours.limit, ours.outcome) == (theirs.limit, theirs.outcome)


def test_a_european_lot_is_accepted_on_its_first_sample() -> None:
    contents = (*[252] * 12, *[249] * 10, *[247] * 6, 240.5, 251)

    verdict = judge(lot(300, 250, contents, plan="double"), EU)

    assert verdict.mean == Decimal("249.583333")
    assert verdict.deviation == Decimal("2.613240")
    assert verdict.limit == Decimal("248.685540")
    assert rule(verdict, "t1").found == 1
    assert verdict.outcome == "pass"


H1 = (1.016, 1.012, 1.02, 1.008, 1.014, 1.018, 1.01, 1.006, 1.022, 1.015, 1.011, 1.009)
H2 = (1.01, 1.012, 1.009, 1.011, 1.008, 1.012, 1.01, 1.009, 1.011, 1.01, 1.012, 1.008)
H5 = (1.985, 1.99, 1.978, 2.001, 1.995, 1.982, 1.988, 1.979, 1.992, 1.986, 1.983, 1.997)


def _american(weights: tuple[float, ...], tare: str, nominal: str, **more: object) -> Verdict:
    """Tares are given as final: the tare tables of the handbook are not known to us."""
    weighed: Lot = gross(200, nominal, weights, unit="lb", **more)
    own = tuple(p.model_copy(update={"tare": Decimal(tare)}) for p in weighed.packages)
    return judge(weighed.model_copy(update={"packages": own}), US_A)


@pytest.mark.parametrize(
    ("weights", "total", "deviation", "correction", "outcome"),
    [
        (H1, "-0.019", "0.004963", "0.003151", "pass"),
        (H2, "-0.058", "0.001467", "0.000931", "fail"),
    ],
)
def test_an_american_lot_of_pounds(
    weights: tuple[float, ...], total: str, deviation: str, correction: str, outcome: str
) -> None:
    verdict = _american(weights, "0.015", "1.0")

    assert sum(p.error for p in verdict.packages) == Decimal(total)
    assert verdict.tolerance is not None
    assert verdict.tolerance.t1 == Decimal("0.044")
    assert (verdict.tolerance.t2, verdict.plan.factor) == (None, Decimal("0.635"))
    assert verdict.deviation == Decimal(deviation)
    assert verdict.correction == pytest.approx(Decimal(correction), abs=Decimal("0.000001"))
    assert verdict.outcome == outcome


def test_american_flour_fails_without_its_moisture_allowance() -> None:
    verdict = _american(H5, "0.03", "2.0")

    assert verdict.mean - 2 == Decimal("-0.042000")
    assert verdict.deviation == Decimal("0.007224")
    assert verdict.failing == ("mean",)


def test_american_flour_passes_when_the_allowance_is_known_before() -> None:
    verdict = _american(H5, "0.03", "2.0", moisture=Moisture(goods="flour", method="before"))

    assert verdict.moisture == Decimal("0.06")
    assert verdict.mean - 2 == Decimal("0.018000")
    assert verdict.outcome == "pass"


def test_american_flour_passes_when_the_allowance_is_added_after() -> None:
    verdict = _american(H5, "0.03", "2.0", moisture=Moisture(goods="flour", method="after"))

    assert verdict.correction is not None
    assert verdict.moisture is not None
    assert verdict.correction + verdict.moisture == Decimal("0.064587")
    assert verdict.outcome == "pass"


def test_label_454_g_of_a_published_example_passes() -> None:
    contents = (452, 453, 453, 454, 454, 454, 455, 455, 455, 456, 456, 457)

    verdict = judged(US_A, 200, 454, contents)

    assert verdict.mean == Decimal("454.5")
    assert verdict.deviation == Decimal("1.445998")
    assert verdict.tolerance is not None
    assert verdict.tolerance.t1 == Decimal("19.9")
    assert verdict.outcome == "pass"
