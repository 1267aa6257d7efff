"""How many packages are short by more than T or the second limit (短缺件数), against the plan."""

from collections.abc import Sequence
from decimal import Decimal

from services.net_content.rules.regimes.model import Regime
from services.net_content.rules.verdict.findings import Grade, RuleFinding
from services.net_content.rules.verdict.plans import Choice
from services.net_content.rules.verdict.tolerances import Tolerance


def grade(error: Decimal, t1: Decimal, t2: Decimal | None) -> Grade:
    """Strict on both sides: a shortage of exactly T is within, of exactly 2T is T1."""
    if t2 is not None and -error > t2:
        return "T2"
    return "T1" if -error > t1 else "within"


def beyond_first(
    grades: Sequence[Grade], chosen: Choice, regime: Regime, tolerance: Tolerance
) -> tuple[RuleFinding, int]:
    """The rule on packages beyond T, and the sample (1 or 2) it was decided on."""
    counted = {"T1"} if regime.beyond_second == "fails_lot" else {"T1", "T2"}
    found = sum(g in counted for g in grades[: chosen.n])
    row, stage = chosen.row, 1
    accept = _accept(chosen)
    holds = _holds(found, accept, row.reject)
    if holds is None and row.second is not None and chosen.stage == 2:
        found, stage = sum(g in counted for g in grades), 2
        accept, holds = row.second.accept, found <= row.second.accept
    zh, en = _says(found, accept, chosen, stage)
    finding = RuleFinding(
        rule="t1",
        holds=holds,
        found=Decimal(found),
        limit=None if accept is None else Decimal(accept),
        margin=None if accept is None else Decimal(accept - found),
        clause=f"{chosen.plan.clause}; {tolerance.table.clause}",
        confidence=chosen.confidence,
        zh=zh,
        en=en,
    )
    return finding, stage


def beyond_second(
    numbers: Sequence[int], grades: Sequence[Grade], regime: Regime
) -> tuple[RuleFinding | None, tuple[int, ...]]:
    """The rule on packages beyond the second limit, and which they are."""
    if regime.beyond_second == "no_such_limit":
        return None, ()
    beyond = tuple(number for number, g in zip(numbers, grades, strict=True) if g == "T2")
    on_lot = regime.beyond_second == "fails_lot"
    finding = RuleFinding(
        rule="t2",
        bears_on="lot" if on_lot else "package",
        holds=not beyond,
        found=Decimal(len(beyond)),
        limit=Decimal(0),
        margin=Decimal(-len(beyond)),
        clause=regime.strictness.clause,
        confidence=regime.strictness.confidence,
        zh=f"短缺量大于第二限的{len(beyond)}件，允许0件。",
        en=f"{len(beyond)} packages are short by more than the second limit; none may be.",
    )
    return finding, () if on_lot else beyond


def _accept(chosen: Choice) -> int | None:
    share = chosen.row.accept_percent
    if share is not None:
        return int(share * chosen.n / 100)
    return chosen.row.accept


def _holds(count: int, accept: int | None, reject: int | None) -> bool | None:
    if accept is None:
        return None
    if count <= accept:
        return True
    return False if reject is None or count >= reject else None


def _says(count: int, accept: int | None, chosen: Choice, stage: int) -> tuple[str, str]:
    zh, en = f"短缺量大于T的{count}件", f"{count} packages are short by more than T"
    second = chosen.row.second
    if accept is None:
        return f"{zh}；该批量未规定允许件数。", f"{en}; no number is printed for such a lot."
    zh, en = f"{zh}，允许{accept}件", f"{en}; {accept} may be"
    if second is not None and stage == 1 and _holds(count, accept, chosen.row.reject) is None:
        return f"{zh}；应再抽{second.n}件。", f"{en}; a second sample of {second.n} is due."
    return f"{zh}。", f"{en}."
