"""Lots with dull defaults: a test names only what it is about."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from hypothesis import settings

from services.net_content.rules import regimes
from services.net_content.rules.regimes import Regime
from services.net_content.rules.verdict.findings import RuleFinding, Verdict
from services.net_content.rules.verdict.judge import judge
from services.net_content.rules.verdict.lots import Lot, Prepackage

CN = regimes.find("cn", "2005", None)
OIML = regimes.find("oiml", "2004", None)
EU = regimes.find("eu", None, None)
UK = regimes.find("uk", None, None)
DE = regimes.find("de", None, None)
US_A = regimes.find("us_a", None, None)
US_B = regimes.find("us_b", None, None)

steady = settings(deadline=None)
"""On a busy machine one example may take as long as it likes."""

ALL = (CN, OIML, regimes.find("oiml", "2016", None), EU, UK, DE, US_A, US_B)


def packages(contents: Iterable[object]) -> tuple[Prepackage, ...]:
    return tuple(
        Prepackage(number=number, content=Decimal(str(content)))
        for number, content in enumerate(contents, 1)
    )


def lot(size: int, nominal: object, contents: Iterable[object], **more: Any) -> Lot:
    return Lot(
        size=size,
        nominal=Decimal(str(nominal)),
        packages=packages(contents),
        **{"unit": "g", **more},
    )


def gross(size: int, nominal: object, weights: Iterable[object], **more: Any) -> Lot:
    weighed = tuple(
        Prepackage(number=number, gross=Decimal(str(weight)))
        for number, weight in enumerate(weights)
    )
    return Lot(size=size, nominal=Decimal(str(nominal)), packages=weighed, **{"unit": "g", **more})


def judged(regime: Regime, size: int, nominal: object, contents: Iterable[object]) -> Verdict:
    return judge(lot(size, nominal, contents), regime)


def rule(verdict: Verdict, name: str) -> RuleFinding:
    """The one of this name: mean, t1, t2."""
    return next(found for found in verdict.rules if found.rule == name)
