"""A way to each effect of a net-content check; what is measured on it comes in over HTTP."""

from collections.abc import Awaitable, Callable
from typing import Any

from contracts.agencies import SYSTEM, Principal
from contracts.procedure import RecordStep
from tests.services.net_content.house import HEAD, SAMPLED, TOLD, House, Walk
from tests.support.directories import CITY, person
from tests.support.net_content import GOOD, SHORT
from tests.support.owner.behaviour import Way

Act = Callable[[Walk], Awaitable[object]]
"""Takes one step of a check's procedure, and leaves it to be written down."""


def _take(step: str, by: Principal | None = None, **payload: Any) -> Act:
    async def act(walk: Walk) -> None:
        walk.play.take(step, by or walk.inspector, **payload)

    return act


def _find(step: str, nets: tuple[str, ...] = SHORT, **changes: Any) -> Act:
    async def act(walk: Walk) -> None:
        walk.play.take(step, SYSTEM, **await walk.measured(nets, **changes))

    return act


def _wait(days: int) -> Act:
    async def act(walk: Walk) -> None:
        walk.play.wait(days=days)

    return act


def _answer(step: str, **payload: Any) -> Act:
    """Whoever was called last answers."""

    async def act(walk: Walk) -> None:
        [rung] = [e for e in walk.play.state.escalations if e.ended is None]
        by = person(rung.role, rung.agency)
        walk.play.take(step, by, line=rung.key, **payload)

    return act


async def _notify(walk: Walk) -> None:
    walk.play.take("notify_check", walk.inspector, officers=walk.drawn, served_by="direct")


async def _object(walk: Walk) -> None:
    received = walk.play.now.isoformat()
    walk.play.take("take_objection", walk.inspector, grounds="样品受潮", received_at=received)


def _way(*acts: Act) -> Way:
    async def way(house: House) -> RecordStep:
        await house.furnish()
        [walk] = await house.begun()
        for act in acts:
            await walk.settle()
            await act(walk)
        *before, asked = walk.play.records[walk.written :]
        await house.record.take_all(before)
        return asked

    return way


SAMPLING = (_notify, _take("record_sampling", **SAMPLED))
PASSED = (*SAMPLING, _find("note_finding", GOOD), _take("tell_pass", served_by="mail"))
TOLD_SHORT = (*SAMPLING, _find("note_finding"), _take("tell_shortfall", **TOLD))
FAILED = (*TOLD_SHORT, _take("accept_finding"))
RETESTED = (
    *TOLD_SHORT,
    _object,
    _take("commission_retest", laboratory="LAB-2"),
    _find("note_retest", GOOD, laboratory="LAB-2", instruments=["BAL-2"]),
)
PUBLISHED = (*PASSED, _take("publish_result", address="官网"))
RECHECKED = (
    *FAILED,
    _take("order_rectification", HEAD, measures="调整灌装量", due_on="2026-04-10"),
    _take("report_rectification", done="已调整"),
    _take("sample_again", **SAMPLED | {"lot": "20260401"}),
    _find("note_recheck", GOOD),
)

WAYS = {
    ("net_content_check", step): _way(*acts)
    for step, acts in {
        "open": (),
        "notify_check": SAMPLING[:1],
        "record_sampling": SAMPLING,
        "note_finding": TOLD_SHORT[:-1],
        "tell_pass": PASSED,
        "accept_finding": FAILED,
        "let_finding_stand": (*TOLD_SHORT, _wait(25)),
        "refuse_objection": (*TOLD_SHORT, _object, _take("refuse_objection", HEAD, reasons="无据")),
        "commission_retest": RETESTED[:-1],
        "note_retest": RETESTED,
        "sample_again": RECHECKED[:-1],
        "note_recheck": RECHECKED,
        "publish_result": PUBLISHED,
        "close_check": (*PUBLISHED, _take("close_check", HEAD, summary="合格")),
        "call_off": (_take("call_off", HEAD, grounds="not_found", reasons="查无下落"),),
        "take_over": (_wait(40), _answer("take_over", measures="市局接办")),
        "reassign": (_wait(40), _answer("reassign", measures="市局承办", to_agency=CITY)),
    }.items()
}
