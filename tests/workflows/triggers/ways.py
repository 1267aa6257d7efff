"""To where a step that events take is open, and to where it is not, on a running engine."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from tests.replay.stories.cases import CRIME, HANDOFF, OFFICERS, SAMPLED, finding, measured
from tests.replay.telling import by_law, take, walk
from tests.support.directories import COUNTY, POLICE
from tests.support.enforcement_steps import until_step
from tests.support.engine import Engine


async def response(engine: Engine) -> str:
    return await engine.open("fast_response", level="II", reports_by=[])


async def operation(engine: Engine) -> str:
    facts: dict[str, Any] = {"invited": [], "reply_by": "2099-12-30", "due_on": "2099-12-31"}
    return await engine.open("joint_enforcement", **facts)


async def cancelled(engine: Engine) -> str:
    id_ = await operation(engine)
    await take(engine, id_, "cancel", reason="举报不实")
    return id_


async def stood_down(engine: Engine) -> str:
    """To its end: nothing of the response is open any more."""
    id_ = await response(engine)
    await take(engine, id_, "arrive_on_site", officers=["wang", "li"])
    await take(engine, id_, "secure_site", measures="封存")
    await take(engine, id_, "stand_down", outcome="控制到位")
    await take(engine, id_, "record_after_action", what_went_well="快", to_improve="无")
    return id_


async def lead(engine: Engine) -> str:
    return await engine.open(level="II")


async def waiting(engine: Engine) -> str:
    """For the police."""
    id_ = await lead(engine)
    await walk(engine, id_, *until_step("name_investigators"))
    await take(engine, id_, "suspect_crime", **CRIME)
    return id_


async def with_justice(engine: Engine) -> str:
    id_ = await waiting(engine)
    await by_law(engine, id_, "hand_over_to_justice", handoff=HANDOFF, to=POLICE)
    return id_


async def closed(engine: Engine) -> str:
    id_ = await lead(engine)
    await walk(engine, id_, "verify_lead", "decline_to_file")
    return id_


async def drawn(engine: Engine) -> str:
    facts: dict[str, Any] = {"drawn_by": COUNTY, "inspectors": ["wang"]}
    return await engine.open("net_content_check", **facts)


async def sampled(engine: Engine) -> str:
    id_ = await drawn(engine)
    await take(engine, id_, "notify_check", **OFFICERS)
    await take(engine, id_, "record_sampling", **SAMPLED)
    return id_


async def objected_to(engine: Engine) -> str:
    id_ = await measured(engine, "fail")
    await take(engine, id_, "tell_shortfall", served_by="direct", objection_right_told=True)
    received = {"grounds": "受潮", "received_at": "2026-01-01T09:00:00+08:00"}
    await take(engine, id_, "take_objection", **received)
    await take(engine, id_, "commission_retest", laboratory="LAB-2")
    return id_


async def sampled_again(engine: Engine) -> str:
    id_ = await objected_to(engine)
    await finding(engine, id_, "note_retest", "fail", "LAB-2")
    await take(engine, id_, "order_rectification", measures="调整", due_on="2099-12-31")
    await take(engine, id_, "report_rectification", done="已调整")
    await take(engine, id_, "sample_again", **SAMPLED)
    return id_


Way = Callable[[Engine], Awaitable[str]]
WAYS: Mapping[str, tuple[Way, Way]] = {
    "fast_response.raise_level": (response, stood_down),
    "fast_response.note_hand_over": (response, stood_down),
    "joint_enforcement.note_hand_over": (operation, cancelled),
    "enforcement_case.resume_from_police": (waiting, lead),
    "enforcement_case.hand_over_to_justice": (waiting, lead),
    "enforcement_case.take_case_back": (with_justice, waiting),
    "enforcement_case.change_jurisdiction": (lead, closed),
    "net_content_check.note_finding": (sampled, drawn),
    "net_content_check.note_retest": (objected_to, sampled),
    "net_content_check.note_recheck": (sampled_again, sampled),
}
"""To where a row's step is open, and to where it is not; a new row needs its own."""
