"""The record of a draw as it is published, and whether it holds; nothing else is needed."""

from collections.abc import Mapping
from typing import Any

from contracts.says import Says
from services.net_content.rules.draw.drawing import (
    MAX_WEIGHT,
    Drawn,
    DrawTerms,
    ListedSubject,
    Source,
    commitment,
    draw_lots,
    list_hash,
)

ALGORITHM = "steelyard-draw-1: HMAC-SHA256, integer weights, without replacement"


class NoDrawRecord(ValueError):
    """What was given is no record of a draw, or of none that was held."""

    def __init__(self, says: Says) -> None:
        super().__init__(says)
        self.says = says

    def __str__(self) -> str:
        return str(self.says)


def record_of(
    entries: tuple[ListedSubject, ...],
    inspectors: tuple[str, ...],
    terms: DrawTerms,
    *,
    committed: str,
    seed: str | None,
    public_word: str | None,
    drawn: tuple[Drawn, ...],
) -> dict[str, Any]:
    """What anyone needs to hold the draw again; before it, seed and result are empty."""
    return {
        "algorithm": ALGORITHM,
        "terms": {
            "wanted": terms.wanted,
            "lots_each": terms.lots_each,
            "officers": terms.officers,
        },
        "inspectors": list(inspectors),
        "entries": [[e.code, e.credit_class, e.weight, list(e.products)] for e in entries],
        "list_sha256": list_hash(entries, inspectors, terms),
        "commitment": committed,
        "seed": seed,
        "public_word": public_word,
        "drawn": [[d.code, d.product, list(d.inspectors)] for d in drawn],
    }


def disagreements(record: Mapping[str, Any]) -> list[Says]:
    """Where the record contradicts itself, in words; empty if the draw holds. Raises
    `NoDrawRecord`.
    """
    entries, inspectors, terms, seed = _read(record)
    found: list[Says] = []
    if commitment(seed) != record["commitment"]:
        found.append(Says("种子与承诺不符", "the seed is not the one committed to"))
    hashed = list_hash(entries, inspectors, terms)
    if hashed != record["list_sha256"]:
        found.append(Says("名单与其哈希不符", "the list is not the one that was hashed"))
    source = Source(seed, record["list_sha256"], record["public_word"] or "")
    again = [
        [d.code, d.product, list(d.inspectors)]
        for d in draw_lots(entries, inspectors, terms, source)
    ]
    if again != [list(lot) for lot in record["drawn"]]:
        found.append(Says("重新抽取的结果不同", "drawn again, the result is another"))
    return found


def _read(
    record: Mapping[str, Any],
) -> tuple[tuple[ListedSubject, ...], tuple[str, ...], DrawTerms, bytes]:
    try:
        said = {name: record[name] for name in _MEMBERS}
        entries = tuple(
            ListedSubject(str(code), str(credit), _weight(weight), tuple(map(str, products)))
            for code, credit, weight, products in said["entries"]
        )
        terms = DrawTerms(**{name: int(value) for name, value in said["terms"].items()})
        inspectors = tuple(map(str, said["inspectors"]))
        seed = bytes.fromhex(said["seed"] or "")
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise NoDrawRecord(Says("不是抽取记录", "this is no record of a draw")) from error
    if said["algorithm"] != ALGORITHM:
        raise NoDrawRecord(Says("未知的算法", f"unknown algorithm: {said['algorithm']}"))
    if not seed:
        raise NoDrawRecord(Says("尚未抽取", "the draw has not been held yet"))
    return entries, inspectors, terms, seed


_MEMBERS = (
    "algorithm",
    "terms",
    "inspectors",
    "entries",
    "list_sha256",
    "commitment",
    "seed",
    "public_word",
    "drawn",
)


def _weight(weight: Any) -> int:
    if type(weight) is not int or not 0 <= weight <= MAX_WEIGHT:
        raise TypeError("weights are whole numbers")
    return weight
