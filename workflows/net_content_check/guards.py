"""What must hold before a step of a check."""

from contracts.says import Says
from workflows.net_content_check.sources import DISCLOSURE, DRAW, JJF_1070, SD_ML
from workflows.procedure.guard import Attempt, guard


def _is_drawn(a: Attempt) -> bool:
    """As long as the check is where it was drawn: elsewhere nobody was."""
    facts = a.main().facts
    drawn, moved = facts.get("inspectors"), facts.get("drawn_by") not in a.main().agencies
    return a.by is None or moved or (isinstance(drawn, list) and a.by.id in drawn)


def _two_named(a: Attempt) -> bool:
    named = (a.payload or {}).get("officers")
    return isinstance(named, list | tuple) and len(set(named)) >= 2


def _failed(a: Attempt) -> bool:
    return a.main().facts.get("verdict") == "fail"


def _passed(a: Attempt) -> bool:
    return a.main().facts.get("verdict") == "pass"


def _another_laboratory(a: Attempt) -> bool:
    return (a.payload or {}).get("laboratory") != a.main().facts.get("laboratory")


def _commissioned(a: Attempt) -> bool:
    """The laboratory that measured is the one the line names last."""
    return (a.payload or {}).get("laboratory") == a.main().facts.get("laboratory")


def _right_told(a: Attempt) -> bool:
    return (a.payload or {}).get("objection_right_told") is True


def _published(a: Attempt) -> bool:
    clock = a.clock("publication_20wd")
    return clock is not None and clock.status == "met"


def _not_yet_published(a: Attempt) -> bool:
    return not _published(a)


BY_DRAWN = guard(
    _is_drawn,
    Says("须由随机抽取的检查人员实施", "only an inspector drawn for this check takes this step"),
    DRAW,
    asks="person",
)
TWO_OFFICERS = guard(
    _two_named, Says("检查人员不得少于两人", "at least two officers attend"), DRAW, asks="payload"
)
FAILED = guard(_failed, Says("检验结论为合格", "the lot passed"), JJF_1070)
PASSED = guard(_passed, Says("检验结论为不合格", "the lot failed"), JJF_1070)
ANOTHER_LABORATORY = guard(
    _another_laboratory,
    Says("复检须由另一机构承担", "a re-test is done by another laboratory"),
    SD_ML(30),
    asks="payload",
)
COMMISSIONED = guard(
    _commissioned,
    Says("数据不是由委托的机构出具", "the data are not of the laboratory that was commissioned"),
    JJF_1070,
    asks="payload",
)
RIGHT_TOLD = guard(
    _right_told,
    Says("不合格结果须告知异议权利", "with a failing result the right to object must be told"),
    SD_ML(30),
    asks="payload",
)
PUBLISHED = guard(_published, Says("检查结果尚未公示", "the result is not public yet"), DISCLOSURE)
NOT_YET_PUBLISHED = guard(
    _not_yet_published, Says("检查结果已公示", "the result is public already"), DISCLOSURE
)
