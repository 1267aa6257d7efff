"""Two editions or two laws, held side by side on the same lot (新旧版本对照)."""

from decimal import Decimal

from contracts.messages import Message
from services.net_content.rules.refusals import BadInput
from services.net_content.rules.regimes.model import Regime
from services.net_content.rules.sheets.numbers import plain
from services.net_content.rules.verdict.findings import Verdict
from services.net_content.rules.verdict.judge import judge
from services.net_content.rules.verdict.lots import Lot


class Refused(Message):
    """Why one of the two says nothing about this lot."""

    code: str
    zh: str
    en: str
    field: str


class Difference(Message):
    """One figure in which they part; nothing where one of them has none."""

    what: str
    first: str | None
    second: str | None


class Side(Message):
    """What one of them says: a verdict or a refusal."""

    regime: str
    edition: str
    title_zh: str
    title_en: str
    verdict: Verdict | None = None
    refused: Refused | None = None


class Comparison(Message):
    """Both sides, and where they part."""

    first: Side
    second: Side
    same_outcome: bool | None
    """Nothing if one of them refuses."""
    differences: tuple[Difference, ...]


def compare(lot: Lot, a: Regime, b: Regime) -> Comparison:
    """What each says of the lot; a refusal by one leaves the other's verdict to be read."""
    first, second = _side(lot, a), _side(lot, b)
    both = (first.verdict, second.verdict)
    same = None if both[0] is None or both[1] is None else both[0].outcome == both[1].outcome
    ours, theirs = _figures(both[0]), _figures(both[1])
    return Comparison(
        first=first,
        second=second,
        same_outcome=same,
        differences=tuple(
            Difference(what=what, first=ours.get(what), second=theirs.get(what))
            for what in dict.fromkeys((*ours, *theirs))
            if ours.get(what) != theirs.get(what)
        ),
    )


def _side(lot: Lot, regime: Regime) -> Side:
    verdict, refused = None, None
    try:
        verdict = judge(lot, regime)
    except BadInput as problem:
        zh, en = problem.says.zh, problem.says.en
        refused = Refused(code=problem.code, zh=zh, en=en, field=problem.field)
    return Side(
        regime=regime.name,
        edition=regime.edition,
        title_zh=regime.title_zh,
        title_en=regime.title_en,
        verdict=verdict,
        refused=refused,
    )


def _figures(verdict: Verdict | None) -> dict[str, str | None]:
    """Figures that can differ, as a reader compares them: a number is the same at any length."""
    if verdict is None:
        return {}
    limits = verdict.tolerance
    found: dict[str, Decimal | int | str | None] = {
        "outcome": verdict.outcome,
        "failing": ", ".join(verdict.failing),
        "t1": None if limits is None else limits.t1,
        "t2": None if limits is None else limits.t2,
        "sample": verdict.plan.sample,
        "mean_sample": verdict.plan.mean_sample,
        "factor": verdict.plan.factor,
        "accept": verdict.plan.accept,
        "limit": verdict.limit,
        "withheld": ", ".join(map(str, verdict.withheld)),
    }
    for rule in verdict.rules:
        found |= {f"{rule.rule}.found": rule.found, f"{rule.rule}.margin": rule.margin}
    return {what: _text(value) for what, value in found.items()}


def _text(value: Decimal | int | str | None) -> str | None:
    if isinstance(value, Decimal):
        return plain(value.normalize())
    return None if value is None else str(value)
