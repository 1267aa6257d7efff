"""What happens to the procedures whose histories are recorded: each a path through the engine."""

import asyncio
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from contracts.agencies import SYSTEM
from contracts.procedure import StepOutcome, TakeStep
from tests.replay.telling import PATIENCE, Story, by_law, come, pass_time, take, walk
from tests.support import handoff_steps
from tests.support.directories import CITY, COUNTY, POLICE
from tests.support.enforcement_steps import INSPECTOR, MAIN_LINE, PAYLOADS, until_step
from tests.support.engine import Engine
from tests.support.waiting import eventually

ITEMS: dict[str, Any] = {"items": ["电子秤一台"], "place": "仓库"}
TESTED: dict[str, Any] = {
    "kind": "testing",
    "laboratory": "市计量院",
    "items": ["电子秤"],
    "told_party_document": "期间告知书1号",
}
CRIME: dict[str, Any] = {"offence": "诈骗罪", "facts": "遥控秤", "report_by": "2099-12-31"}
HANDOFF = "00000000-0000-0000-0000-000000000009"


async def to_a_penalty(engine: Engine) -> str:
    id_ = await engine.open(level="IV")
    await walk(engine, id_, *MAIN_LINE)
    return id_


async def not_filed(engine: Engine) -> str:
    id_ = await engine.open(level="IV")
    await walk(engine, id_, "verify_lead", "decline_to_file")
    return id_


async def with_measures(engine: Engine) -> str:
    """Lines beside the main one: a test that stops its clock, evidence that lifts by itself."""
    id_ = await engine.open(level="III")
    await walk(engine, id_, *until_step("name_investigators"))
    await take(engine, id_, "preserve_evidence", **ITEMS)
    await take(engine, id_, "seize", **ITEMS)
    await take(engine, id_, "commission_test", **TESTED)
    await pass_time(engine, id_, until="lift_by_law", days=25)
    await take(engine, id_, "receive_test_result", "testing/1", result="不合格")
    await take(engine, id_, "extend_seizure_30d", "seizure/1", reason="案情复杂")
    return id_


async def left_lying(engine: Engine) -> str:
    """A clock missed, every rung of its ladder called, and in the end the lead verified."""
    id_ = await engine.open(level="IV")
    await pass_time(engine, id_, until="call_next_rung", times=3, days=60)
    await walk(engine, id_, "verify_lead")
    return id_


async def waived(engine: Engine) -> str:
    """Silence after the notice: the law takes a step of the main line."""
    id_ = await engine.open(level="IV")
    await walk(engine, id_, *until_step("serve_notice"))
    await pass_time(engine, id_, until="waive_statement", days=20)
    return id_


async def reckoned_again(engine: Engine) -> str:
    id_ = await engine.open(level="IV")
    await walk(engine, id_, *until_step("conclude_investigation"))
    await engine.client.get_workflow_handle(id_).signal("reckon_again")
    await come(engine, id_, "reckon_again")
    return id_


async def upgraded(engine: Engine) -> str:
    """Goes on as a new run, which carries the state; two at once have one effect in it."""
    id_ = await engine.open(level="IV")
    await walk(engine, id_, "verify_lead", "file_case")
    handle = engine.client.get_workflow_handle(id_)
    run = (await handle.describe()).run_id
    await handle.signal("upgrade")

    async def renewed() -> bool:
        return (await handle.describe()).run_id != run

    await eventually(renewed, within=60)
    await walk(engine, id_, *MAIN_LINE[2:])
    return id_


async def two_at_once(engine: Engine) -> str:
    """Both pass the gate; in its turn the second is refused."""
    id_ = await engine.open(level="IV")
    version = (await engine.state(id_)).lines[0].version
    asked = PAYLOADS["verify_lead"]
    await asyncio.gather(
        *(
            engine.take(id_, "verify_lead", INSPECTOR, version=version, within=PATIENCE, **asked)
            for _ in range(2)
        ),
        return_exceptions=True,
    )
    await walk(engine, id_, "decline_to_file")
    return id_


async def responded(engine: Engine) -> str:
    id_ = await engine.open("fast_response", level="I", reports_by=[COUNTY, CITY])
    await take(engine, id_, "make_first_contact", whom="premises", found="铅封被破坏")
    for line in ("report/1", "report/2"):
        await take(engine, id_, "report_by_phone", line, by="phone", content="首报")
        await take(engine, id_, "report_in_writing", line, by="written", content="书面报告")
        await take(engine, id_, "receive_report", line)
    await take(engine, id_, "arrive_on_site", officers=["wang", "li"])
    await take(engine, id_, "follow_up", content="续报")
    await take(engine, id_, "secure_site", measures="封存加油机")
    await take(engine, id_, "stand_down", outcome="控制到位")
    await take(engine, id_, "record_after_action", what_went_well="快", to_improve="无")
    return id_


async def unanswered(engine: Engine) -> str:
    """Nobody answers the alarm: several ladders climbed side by side."""
    id_ = await engine.open("fast_response", level="I", reports_by=[COUNTY])
    await pass_time(engine, id_, until="call_next_rung", hours=3)
    await take(engine, id_, "arrive_on_site", officers=["wang", "li"])
    return id_


CHECK_FACTS: dict[str, Any] = {"drawn_by": COUNTY, "inspectors": [INSPECTOR.id]}
OFFICERS: dict[str, Any] = {"officers": [INSPECTOR.id, "li"], "served_by": "direct"}
SAMPLED: dict[str, Any] = {
    "lot": "20260215",
    "lot_size": 30,
    "sample_size": 10,
    "place": "shop",
    "method": "simple",
    "laboratory": "LAB-1",
    "attended_by": "seller",
}


async def finding(engine: Engine, id_: str, step: str, verdict: str, laboratory: str) -> None:
    """What the trigger does when the service has judged."""
    said: dict[str, Any] = {
        "verdict": verdict,
        "finding_sha256": "a" * 64,
        "laboratory": laboratory,
    }
    got = await engine.take(id_, step, SYSTEM, within=PATIENCE, **said)
    assert isinstance(got, StepOutcome)


async def measured(engine: Engine, verdict: str) -> str:
    id_ = await engine.open("net_content_check", **CHECK_FACTS)
    await take(engine, id_, "notify_check", **OFFICERS)
    await take(engine, id_, "record_sampling", **SAMPLED)
    await finding(engine, id_, "note_finding", verdict, "LAB-1")
    return id_


async def passed(engine: Engine) -> str:
    """A lot that passes."""
    id_ = await measured(engine, "pass")
    await take(engine, id_, "tell_pass", served_by="mail")
    await take(engine, id_, "publish_result", address="官网")
    await take(engine, id_, "close_check", summary="合格")
    return id_


async def put_right(engine: Engine) -> str:
    """A shortfall nobody objects to, and a lot that passes afterwards."""
    id_ = await measured(engine, "fail")
    await take(engine, id_, "tell_shortfall", served_by="direct", objection_right_told=True)
    await pass_time(engine, id_, until="let_finding_stand", days=45)
    await take(engine, id_, "order_rectification", measures="调整", due_on="2099-12-31")
    await take(engine, id_, "report_rectification", done="已调整")
    await take(engine, id_, "sample_again", **SAMPLED)
    await finding(engine, id_, "note_recheck", "pass", "LAB-1")
    await take(engine, id_, "publish_result", address="官网")
    await take(engine, id_, "close_check", summary="复查合格")
    return id_


async def measured_again(engine: Engine) -> str:
    """A re-test by another laboratory overturns the finding."""
    id_ = await measured(engine, "fail")
    await take(engine, id_, "tell_shortfall", served_by="direct", objection_right_told=True)
    received_at = "2026-01-01T09:00:00+08:00"
    await take(engine, id_, "take_objection", grounds="受潮", received_at=received_at)
    await take(engine, id_, "commission_retest", laboratory="LAB-2")
    await finding(engine, id_, "note_retest", "pass", "LAB-2")
    await take(engine, id_, "publish_result", address="官网")
    await take(engine, id_, "close_check", summary="复检合格")
    return id_


async def declined_by_police(engine: Engine) -> str:
    """A crime suspected, the case waiting beside its seizure, declined, decided after all."""
    id_ = await engine.open(level="II")
    await walk(engine, id_, *until_step("name_investigators"))
    await take(engine, id_, "seize", **ITEMS)
    await take(engine, id_, "suspect_crime", **CRIME)
    await take(engine, id_, "ask_after_handoff", answer="正在审查")
    await by_law(engine, id_, "resume_from_police", handoff=HANDOFF, declined_by="police")
    await take(engine, id_, "lift_seizure", "seizure/1", reason="已查清")
    await walk(engine, id_, *MAIN_LINE[MAIN_LINE.index("conclude_investigation") :])
    return id_


async def given_back(engine: Engine) -> str:
    """To justice with what was seized, back again, and moved to the city."""
    id_ = await engine.open(level="II")
    await walk(engine, id_, *until_step("name_investigators"))
    await take(engine, id_, "seize", **ITEMS)
    await take(engine, id_, "suspect_crime", **CRIME)
    await by_law(engine, id_, "hand_over_to_justice", handoff=HANDOFF, to=POLICE)
    paper = {"to": "公安局", "told_party_document": "移送告知书1号"}
    await take(engine, id_, "hand_over_seized", "seizure/1", **paper)
    await by_law(engine, id_, "take_case_back", handoff=HANDOFF, returned_by="procuratorate")
    moved = TakeStep(
        request_id=uuid4(),
        step="change_jurisdiction",
        by=SYSTEM,
        payload={"to_agency": CITY, "by": CITY, "how": "called_up"},
    )
    await engine.client.get_workflow_handle(id_).execute_update("take", moved)
    return id_


async def hand_off(engine: Engine, id_: str, *steps: str) -> None:
    """Steps of a criminal hand-off, as `name` or `name@line`."""
    for step in steps:
        name, _, line = step.partition("@")
        got = await engine.take(
            id_,
            name,
            handoff_steps.BY[name],
            line=line or "main",
            within=PATIENCE,
            **handoff_steps.PAYLOADS[name],
        )
        assert isinstance(got, StepOutcome)


async def filed_by_police(engine: Engine) -> str:
    """Missing papers completed, filed, goods handed over, judged."""
    id_ = await engine.open("criminal_handoff", **handoff_facts())
    await hand_off(engine, id_, *handoff_steps.TO_THE_POLICE)
    await hand_off(engine, id_, "sign_receipt@police/1", "name_missing_papers@police/1")
    await hand_off(engine, id_, "supplement_papers", "decide_to_file@police/1")
    await hand_off(engine, id_, "receive_filing_notice", "hand_over_goods", "record_judgment")
    return id_


async def refusal_left_to_stand(engine: Engine) -> str:
    """Reconsidered, upheld, and left: the alarm of calendar days, then the law's own step."""
    id_ = await engine.open("criminal_handoff", **handoff_facts())
    await hand_off(engine, id_, *handoff_steps.TO_THE_POLICE)
    await hand_off(engine, id_, "sign_receipt@police/1", "accept_case@police/1")
    await hand_off(engine, id_, "decide_not_to_file@police/1", "receive_refusal_notice")
    await hand_off(engine, id_, "ask_reconsideration", "uphold_refusal@reconsideration/1")
    await hand_off(engine, id_, "receive_reconsideration")
    await pass_time(engine, id_, until="let_upheld_refusal_stand", days=15)
    return id_


def handoff_facts() -> dict[str, Any]:
    """What opens one, with a day far enough from whenever it is recorded."""
    return handoff_steps.FACTS | {"report_by": "2099-12-31"}


_CASES: tuple[Story, ...] = (
    to_a_penalty,
    not_filed,
    with_measures,
    left_lying,
    waived,
    reckoned_again,
    upgraded,
    two_at_once,
)
STORIES: Mapping[str, tuple[Story, ...]] = {
    "enforcement_case.v1": _CASES,
    "enforcement_case.v2": (to_a_penalty, with_measures, declined_by_police, given_back),
    "criminal_handoff.v1": (filed_by_police, refusal_left_to_stand),
    "fast_response.v1": (responded, unanswered),
    "net_content_check.v1": (passed, put_right, measured_again),
}
