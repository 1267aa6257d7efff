"""What must hold before a step of an enforcement case: the law's gates, each with its article."""

from decimal import Decimal

from contracts.says import Says
from workflows.law import APL, HEAR, PROC, PUB, both
from workflows.procedure.guard import Attempt, Guard, guard


def _four_conditions(a: Attempt) -> bool:
    names = ("initial_evidence", "penalty_due", "own_jurisdiction", "within_limitation")
    return all((a.payload or {}).get(name) is True for name in names)


def _investigators(a: Attempt) -> list[str]:
    named = a.main().facts.get("investigators")
    return [str(x) for x in named] if isinstance(named, list) else []


def _two_named(a: Attempt) -> bool:
    named = (a.payload or {}).get("investigators")
    return isinstance(named, list | tuple) and len(set(named)) >= 2


def _reviewer_is_no_investigator(a: Attempt) -> bool:
    return a.by is None or a.by.id not in _investigators(a)


def _is_investigator(a: Attempt) -> bool:
    return a.by is None or a.by.id in _investigators(a)


def _measures_over(a: Attempt) -> bool:
    return all(x.ended for x in a.state.lines if x.table in ("preservation", "seizure"))


def _tests_over(a: Attempt) -> bool:
    return all(x.ended for x in a.lines("testing"))


def _hearing_right_told(a: Attempt) -> bool:
    """HEAR art. 5: fines or confiscation of 10 000 yuan (person) or 100 000 yuan (organisation)
    and more.
    """
    stated = a.payload or {}
    limit = Decimal(10_000) if stated.get("party") == "person" else Decimal(100_000)
    sums = ("proposed_fine_yuan", "proposed_confiscation_yuan")
    heavy = any(_yuan(stated.get(name)) >= limit for name in sums)
    return not heavy or stated.get("hearing_right_told") is True


def _discussed_where_required(a: Attempt) -> bool:
    facts = a.main().facts
    return facts.get("legal_review_required") is not True or "attended" in facts


def _not_above_the_notice(a: Attempt) -> bool:
    """APL art. 45: stating one's case never makes the penalty heavier than what was notified."""
    facts, stated = a.main().facts, a.payload or {}
    sums = (("fine_yuan", "proposed_fine_yuan"), ("confiscated_yuan", "proposed_confiscation_yuan"))
    return all(_yuan(stated.get(now)) <= _yuan(facts.get(told)) for now, told in sums)


def _yuan(stated: object) -> Decimal:
    return Decimal(str(stated or 0))


def _published(a: Attempt) -> bool:
    clock = a.clock("publication_20wd")
    return clock is None or clock.status == "met"


def _not_yet_published(a: Attempt) -> bool:
    return not _published(a)


FOUR_CONDITIONS = guard(
    _four_conditions,
    Says("立案须四项条件全部具备", "filing needs all four conditions"),
    PROC(19),
    asks="payload",
)
TWO_INVESTIGATORS = guard(
    _two_named,
    Says("办案人员不得少于两人", "at least two investigators are named"),
    PROC(19),
    asks="payload",
)
INVESTIGATORS_NAMED = Guard(
    lambda a: len(_investigators(a)) >= 2,
    "尚未指定两名以上办案人员",
    "two investigators have not been named yet",
    PROC(19),
)
BY_INVESTIGATOR = guard(
    _is_investigator,
    Says("须由本案办案人员实施", "only a named investigator of this case takes this step"),
    PROC(19),
    asks="person",
)
REVIEWER_APART = guard(
    _reviewer_is_no_investigator,
    Says("办案人员不得作为本案审核人员", "an investigator may not review the case"),
    PROC(52),
    asks="person",
)
TESTS_OVER = guard(_tests_over, Says("检测、鉴定尚未完成", "a test is still under way"), PROC(48))
MEASURES_OVER = guard(
    _measures_over,
    Says("尚有未处理的先行登记保存或强制措施", "a preserved or seized item is still undisposed of"),
    PROC(35, 42),
)
HEARING_TOLD = guard(
    _hearing_right_told,
    Says(
        "拟罚没数额达到听证标准,须告知听证权利", "at these sums the right to a hearing must be told"
    ),
    both(HEAR(5), APL(63)),
    asks="payload",
)
DISCUSSED = guard(
    _discussed_where_required,
    Says(
        "应当法制审核的案件须经集体讨论",
        "a case under legal review is discussed collectively before a penalty",
    ),
    PROC(60),
)
NOT_ABOVE_NOTICE = guard(
    _not_above_the_notice,
    Says(
        "罚没数额不得高于告知书载明的数额", "fine and confiscation may not exceed what was notified"
    ),
    APL(45),
    asks="payload",
)
PUBLISHED = guard(
    _published, Says("处罚决定尚未公示", "the decision has not been made public yet"), PUB(9)
)
NOT_YET_PUBLISHED = guard(
    _not_yet_published, Says("处罚决定已公示", "the decision is public already"), PUB(9)
)
