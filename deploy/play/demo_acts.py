"""The steps the demonstration takes on two published cases, as their inspectors and heads would."""

from typing import Any

from deploy.play.played_step import PlayedStep

PENALTY = "PMC-016"
"""A petrol station under Dezhou: its control boards seized, 62 324 yuan paid as published."""
HANDED_OVER = "PMC-001"
"""Three petrol stations in Zhaoqing with rigged control boards: the police take the case."""

PAPER: dict[str, Any] = {"items": ["加油机主板"], "place": "加油站"}
FILED: dict[str, Any] = {
    "initial_evidence": True,
    "penalty_due": True,
    "own_jurisdiction": True,
    "within_limitation": True,
    "cause": "破坏计量器具准确度",
}
BASIS = ["山东省计量条例第四十二条"]


def _act(step: str, line: str = "main", holder: int = 0, **payload: object) -> PlayedStep:
    return PlayedStep(step, line=line, holder=holder, payload=payload)


def _response(step: str, line: str = "main", **payload: object) -> PlayedStep:
    return PlayedStep(step, procedure="fast_response", line=line, payload=payload)


TO_A_PENALTY = (
    _act("verify_lead", findings="加油机示值误差超出最大允许误差", initial_evidence=True),
    _act("file_case", **FILED),
    _act("name_investigators", investigators="{inspectors}"),
    _act("seize_at_once", **PAPER),
    _act("approve_seizure", line="seizure/1", opinion="同意补办"),
    _act(
        "commission_test",
        kind="testing",
        laboratory="省计量监督检测院",
        items=["加油机主板"],
        told_party_document="检测期间告知书",
    ),
    _act("receive_test_result", line="testing/1", result="主板程序被改动"),
    _act(
        "conclude_investigation",
        facts="改动主板程序，多计油量",
        nature="破坏计量器具准确度",
        proposal="没收违法所得与主板，罚款",
        basis=BASIS,
        discretion="从重",
        proposed_fine_yuan="18500",
        proposed_confiscation_yuan="43824",
        legal_review_required=True,
    ),
    _act("agree_in_review", opinion="事实清楚，证据充分"),
    _act("approve_proposal", opinion="同意"),
    _act(
        "serve_notice",
        served_by="direct",
        proposed_fine_yuan="18500",
        proposed_confiscation_yuan="43824",
        party="organisation",
        hearing_right_told=False,
    ),
    _act("hear_statement", statement="认错，愿意接受处罚", accepted=False, why="无新事实"),
    _act("discuss_collectively", attended=["主要负责人", "分管负责人"], conclusion="同意处罚"),
    _act("confiscate_seized", line="seizure/1", reason="依法没收"),
    _act(
        "decide_penalty",
        fine_yuan="18500",
        confiscated_yuan="43824",
        confiscated_items=["加油机主板"],
        basis=BASIS,
    ),
    _act("serve_decision", served_by="direct", recipient="负责人"),
    _act("publish_decision", address="国家企业信用信息公示系统"),
    _act("record_payment", paid_yuan="62324", receipt="缴款书1号"),
    _act("close_case", summary="罚没执行完毕"),
)

TO_THE_POLICE = (
    _response("make_first_contact", whom="premises", found="三家加油站计控主板被换"),
    _response("report_by_phone", "report/1", content="首报：跨站改装主板"),
    _act("verify_lead", findings="三家加油站计控主板加装拦截系统", initial_evidence=True),
    _act("file_case", **FILED),
    _response("arrive_on_site", officers="{inspectors}"),
    _response("secure_site", measures="封存主板，固定后台数据"),
    _act("name_investigators", investigators="{inspectors}"),
    _act("preserve_evidence", items=["后台服务器数据"], place="加油站机房"),
    _act("dispose_preserved", line="preservation/1", disposal="recorded"),
    _act("hand_over", to="公安机关", reason="涉嫌破坏计算机信息系统罪"),
    _act("close_case", summary="已移送公安机关"),
)
"""With the fast response beside it, as far as it goes before the reports up are all in."""


def report_up(line: str) -> tuple[PlayedStep, ...]:
    """The written report of one rung, and its receipt by the next."""
    return (
        _response("report_in_writing", line, content="书面报告：案情、处置、下一步"),
        _response("receive_report", line, instructions="依法移送"),
    )


STAND_DOWN = (
    _response("stand_down", outcome="现场已控制，案件已移送"),
    _response("record_after_action", what_went_well="首报及时", to_improve="设备携带不足"),
)
