"""What happens between agencies in the procedures whose histories are recorded."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from contracts.agencies import Role
from contracts.legal_day import SHANGHAI
from contracts.procedure import StepOutcome
from tests.replay.telling import PATIENCE, Story, pass_time, take
from tests.support.directories import (
    CITY,
    CITY_POLICE,
    COUNTY,
    NEIGHBOUR,
    POLICE,
    PROVINCE,
    person,
)
from tests.support.engine import Engine

FAR = "2099-12-31"
"""A day far enough from whenever it is recorded."""
GROUNDS: dict[str, Any] = {"grounds": "违法行为发生地"}
TO_OTHER: dict[str, Any] = {"to_agency": NEIGHBOUR} | GROUNDS
PAPER: dict[str, Any] = {"document_no": "市监1号", "reason": "案情重大"}
DEMANDS: dict[str, Any] = {"document_no": "监督1号", "findings": "超期", "demands": ["限期改正"]}
REPLY: dict[str, Any] = {"document_no": "复查1号", "reasons": "事实清楚"}


async def _by(
    engine: Engine, id_: str, agency: str, step: str, line: str = "main", **payload: Any
) -> None:
    """A step by the head of one of several agencies that might take it."""
    head = person(Role.HEAD, agency)
    got = await engine.take(id_, step, head, line=line, within=PATIENCE, **payload)
    assert isinstance(got, StepOutcome)


async def _disputed(engine: Engine) -> str:
    both = (COUNTY, NEIGHBOUR)
    facts: dict[str, Any] = {"cause": "两县交界", "opened_by": COUNTY}
    return await engine.open("jurisdiction_dispute", agencies=both, **facts)


async def agreed_by_both(engine: Engine) -> str:
    id_ = await _disputed(engine)
    for agency in (COUNTY, NEIGHBOUR):
        await _by(engine, id_, agency, "name_competent", **TO_OTHER)
    await _by(engine, id_, NEIGHBOUR, "agree", **TO_OTHER)
    return id_


async def settled_by_the_superior(engine: Engine) -> str:
    """Silence first: the ladder is climbed, then the dispute referred and decided."""
    id_ = await _disputed(engine)
    await pass_time(engine, id_, until="call_next_rung", times=2, days=20)
    await _by(engine, id_, NEIGHBOUR, "refer", papers=["协商记录"], **GROUNDS)
    await _by(engine, id_, CITY, "designate", to_agency=NEIGHBOUR, **PAPER)
    return id_


async def called_up_by_the_province(engine: Engine) -> str:
    id_ = await engine.open("jurisdiction_change", cause="案情重大", opened_by=COUNTY)
    await take(engine, id_, "ask_superior", asks="take", papers=["调查报告"], **GROUNDS)
    await _by(engine, id_, PROVINCE, "call_up", **PAPER)
    return id_


async def moved_once(engine: Engine) -> str:
    id_ = await engine.open("jurisdiction_change", cause="行为地在邻县", opened_by=COUNTY)
    await take(engine, id_, "transfer", document_no="移送函1号", **TO_OTHER)
    return id_


async def answered_after_a_delay(engine: Engine) -> str:
    """One agency is late but said so, one forwards, one is not needed any more."""
    facts: dict[str, Any] = {"letter_no": "函1号", "matter": "查明销售者", "needed_by": FAR}
    id_ = await engine.open("assistance", requested=[NEIGHBOUR, CITY], **facts)
    await take(engine, id_, "receive", "request/1", office="执法二科")
    await take(engine, id_, "tell_delay", "request/1", reason="须调取流水", answer_by=FAR)
    await take(engine, id_, "forward", "request/2", to_agency=PROVINCE, reason="省局有档案")
    await take(engine, id_, "withdraw_request", "request/3", reason="已查明")
    await take(engine, id_, "answer", "request/1", result="由本县商户售出")
    await take(engine, id_, "close", summary="已查明")
    return id_


async def noticed_and_returned(engine: Engine) -> str:
    id_ = await _supervised(engine)
    await take(engine, id_, "issue_notice", **DEMANDS)
    await take(engine, id_, "answer", answer="已处理")
    await take(engine, id_, "return_answer", reason="未附证据", answer_by=FAR)
    await take(engine, id_, "answer", answer="已处理,附证据")
    await take(engine, id_, "accept_answer", opinion="属实")
    return id_


async def decided_and_objected(engine: Engine) -> str:
    """An objection revised, the decision issued anew, and the second right to object lapsing."""
    id_ = await _supervised(engine)
    await take(engine, id_, "issue_decision", correct_by=FAR, **DEMANDS)
    await take(engine, id_, "object_to_decision", grounds="依据有误")
    await take(engine, id_, "revise_decision", "objection/1", **REPLY)
    await take(engine, id_, "issue_decision", correct_by=FAR, **DEMANDS)
    await pass_time(engine, id_, until="lapse_objection", days=15)
    await take(engine, id_, "complete_correction", measures="已撤销")
    await take(engine, id_, "report_correction", answer="改正完毕")
    await take(engine, id_, "accept_answer", opinion="改正到位")
    return id_


async def _supervised(engine: Engine) -> str:
    return await engine.open("supervision", subject="案件超期", issued_by=CITY)


async def _operation(engine: Engine) -> str:
    facts: dict[str, Any] = {"invited": [POLICE, CITY], "level": "II"}
    return await engine.open("joint_enforcement", reply_by=FAR, due_on=FAR, **facts)


async def joint_to_one_outcome(engine: Engine) -> str:
    """One forwards, one accepts; the lead is handed over and taken back; one outcome."""
    id_ = await _operation(engine)
    reason: dict[str, Any] = {"reason": "由市局办理"}
    office: dict[str, Any] = {"office": "治安支队"}
    await take(engine, id_, "forward", "task/1", to_agency=CITY_POLICE, **reason)
    await take(engine, id_, "accept", "task/2", **office)
    await take(engine, id_, "accept", "task/3", **office)
    await take(engine, id_, "hand_over_lead", to_agency=CITY, return_on=FAR, **reason)
    await take(engine, id_, "take_back_lead", "mandate/1", **reason)
    await take(engine, id_, "complete_task", "task/2", result="已检查")
    await take(engine, id_, "complete_task", "task/3", result="已查明")
    await take(engine, id_, "propose_outcome", outcome="没收")
    await take(engine, id_, "agree_outcome", "consent/1")
    await take(engine, id_, "conclude", outcome="没收")
    return id_


async def cancelled_after_silence(engine: Engine) -> str:
    """The police stay silent: their superior is called, takes over and refuses."""
    facts: dict[str, Any] = {"invited": [POLICE], "level": "II"}
    soon = (datetime.now(SHANGHAI) + timedelta(days=1)).date().isoformat()
    id_ = await engine.open("joint_enforcement", reply_by=soon, due_on=FAR, **facts)
    await pass_time(engine, id_, until="call_next_rung", times=2, days=6)
    await _as(engine, id_, Role.DUTY_OFFICER, CITY_POLICE, "take_over", "escalation/1")
    await take(engine, id_, "refuse", "task/1", reason="不属于公安机关职权")
    await take(engine, id_, "cancel", reason="举报不实")
    return id_


async def _as(engine: Engine, id_: str, role: Role, agency: str, step: str, line: str) -> None:
    asked: dict[str, Any] = {"line": line, "within": PATIENCE, "measures": "派员参加"}
    got = await engine.take(id_, step, person(role, agency), **asked)
    assert isinstance(got, StepOutcome)


STORIES: Mapping[str, tuple[Story, ...]] = {
    "joint_enforcement.v1": (joint_to_one_outcome, cancelled_after_silence),
    "jurisdiction_dispute.v1": (agreed_by_both, settled_by_the_superior),
    "jurisdiction_change.v1": (called_up_by_the_province, moved_once),
    "assistance.v1": (answered_after_a_delay,),
    "supervision.v1": (noticed_and_returned, decided_and_objected),
}
