"""A change of jurisdiction (管辖变更): called up, assigned, asked for, or moved on once."""

from contracts import jurisdiction as states
from workflows.jurisdiction.guards import ELSEWHERE, NOT_MOVED_BEFORE, NOT_RESERVED
from workflows.jurisdiction.people import ANY_ABOVE, FROM_ABOVE, HEAD, OPENER, SUPERIOR
from workflows.law import PROC
from workflows.procedure.model import (
    SUPERIORS,
    Clock,
    Length,
    Procedure,
    Step,
    Table,
    from_jurisdiction,
    stages,
)

LOCAL = "本辖区管辖变更办理期限 the jurisdiction's time for a question of jurisdiction"
SEVEN_OR_SOONER = Length("working_days", 7, local="jurisdiction_request")
"""The law's seven working days, or the jurisdiction's time where that ends sooner."""
CONSIDERED = stages("considered")
OPEN = stages("considered", "requested")

CHANGE = Table(
    "change",
    first="considered",
    ends=stages("called_up", "assigned", "transferred", "refused", "withdrawn"),
    starts=("consideration",),
    clocks=(
        # no text prints how long the question may be turned over before it is put or decided
        Clock(
            "consideration",
            from_jurisdiction("jurisdiction_consideration", "working_days"),
            LOCAL,
            ladder=SUPERIORS,
        ),
        Clock("request_7wd", SEVEN_OR_SOONER, PROC(16), ladder=FROM_ABOVE),
    ),
    steps=(
        Step(
            "ask_superior",
            HEAD,
            CONSIDERED,
            "requested",
            zh="报请上一级机关",
            basis=PROC(15),
            meets=("consideration",),
            starts=("request_7wd",),
            payload=states.AskSuperior,
        ),
        Step(
            "call_up",
            ANY_ABOVE,
            OPEN,
            "called_up",
            zh="提级管辖",
            basis=PROC(15),
            meets=("consideration", "request_7wd"),
            payload=states.CallUp,
        ),
        Step(
            "assign",
            ANY_ABOVE,
            OPEN,
            "assigned",
            zh="指定下级机关管辖",
            basis=PROC(15),
            needs=(ELSEWHERE, NOT_RESERVED),
            keeps=("to_agency",),
            meets=("consideration", "request_7wd"),
            payload=states.AssignCase,
        ),
        Step(
            "refuse_request",
            SUPERIOR,
            stages("requested"),
            "refused",
            zh="不予变更管辖",
            basis=PROC(16),
            meets=("request_7wd",),
            payload=states.RefuseRequest,
        ),
        Step(
            "transfer",
            HEAD,
            CONSIDERED,
            "transferred",
            zh="移送管辖",
            basis=PROC(14),
            needs=(NOT_MOVED_BEFORE, ELSEWHERE),
            keeps=("to_agency",),
            meets=("consideration",),
            payload=states.TransferCase,
        ),
        Step(
            "withdraw",
            OPENER,
            OPEN,
            "withdrawn",
            zh="撤回",
            basis=PROC(15),
            meets=("consideration", "request_7wd"),
            payload=states.WithdrawChange,
        ),
    ),
    zh={
        "considered": "研究中",
        "requested": "已报请上级",
        "called_up": "已提级管辖",
        "assigned": "已指定管辖",
        "transferred": "已移送",
        "refused": "不予变更",
        "withdrawn": "已撤回",
    },
)

JURISDICTION_CHANGE = Procedure(
    "jurisdiction_change", 1, owner="coordination", zh="管辖变更", main=CHANGE
)
