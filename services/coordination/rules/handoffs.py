"""The checklist of a transfer's papers, and what fines paid already take off a criminal fine."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from contracts.criminal_handoff import HandedPaper

REQUIRED: tuple[tuple[str, ...], ...] = (
    ("transfer_letter",),
    ("investigation_report",),
    ("goods_list",),
    ("test_report", "appraisal"),
)
"""Papers a transfer has (TRANS art. 6); of the last, one or the other."""

ZH: Mapping[str, str] = {
    "transfer_letter": "涉嫌犯罪案件移送书",
    "investigation_report": "涉嫌犯罪案件情况的调查报告",
    "goods_list": "涉案物品清单",
    "test_report": "检验报告",
    "appraisal": "鉴定结论",
    "penalty_decision": "行政处罚决定书",
    "other": "其他有关涉嫌犯罪的材料",
}


def unlisted(papers: Iterable[HandedPaper], *, decided: bool) -> tuple[tuple[str, ...], ...]:
    """What the checklist passes over in silence; a decision in force goes along as well."""
    listed = {paper.kind for paper in papers}
    required = (*REQUIRED, ("penalty_decision",)) if decided else REQUIRED
    return tuple(either for either in required if listed.isdisjoint(either))


def absent(papers: Iterable[HandedPaper]) -> tuple[str, ...]:
    """Kinds of papers that are named as missing, each with its reason."""
    return tuple(dict.fromkeys(paper.kind for paper in papers if paper.absent_reason))


def named(kinds: Iterable[tuple[str, ...]]) -> tuple[str, str]:
    """Those papers in words, Chinese and English."""
    either = list(kinds)
    zh = "、".join("或者".join(ZH[kind] for kind in one) for one in either)
    return zh, ", ".join(" or ".join(one) for one in either)


def set_off_yuan(*, fine_paid: Decimal, criminal_fine: Decimal) -> Decimal:
    """How much of a criminal fine is paid already (TRANS art. 11, APL art. 35)."""
    return min(fine_paid, criminal_fine)
