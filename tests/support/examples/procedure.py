"""A procedure half-way: a clock extended, paused and missed, its escalation on the second rung."""

from datetime import date

from contracts import procedure as p
from contracts.agencies import Role
from contracts.messages import Message
from tests.support.examples.moments import (
    AGENCY,
    CASE,
    HASH,
    HEAD,
    INSPECTOR,
    REQUEST,
    SUPERIOR,
    at,
)
from workflows.procedure.reckon import Reckoned

FILED = at("2026-03-09 15:00")
DUE = at("2026-07-29 00:00")
PROCEDURE = "enforcement_case"
CLOCK = "decision_90d"
BASIS = "PROC art. 64; APL art. 60"
CHAINS: dict[str, tuple[str, ...]] = {AGENCY: (SUPERIOR, "guangdong-samr", "samr")}

DERIVATION = p.Derivation(
    rule=CLOCK,
    basis=BASIS,
    number=120,
    unit="calendar_days",
    start=FILED,
    not_counted=(
        p.NotCounted(why="testing", days=tuple(date(2026, 3, day) for day in range(12, 20))),
    ),
    rolled_from=date(2026, 7, 26),
    calendar="2026.1",
    directory="demo-2026+1c0ffee1",
    provisional=False,
)

CLOCK_STATE = p.ClockState(
    line="main",
    name=CLOCK,
    basis=BASIS,
    status="breached",
    started_at=FILED,
    met_at=None,
    extensions=(
        p.Extended(number=30, unit="calendar_days", by=HEAD.id, granted_at=at("2026-06-01 09:00")),
    ),
    due_on=date(2026, 7, 28),
    due_at=DUE,
    warn_at=at("2026-07-27 00:00"),
    warned=True,
    breached_at=DUE,
    ladder=(p.Call(agency=AGENCY, role=Role.HEAD, call_at=DUE, answer_by=at("2026-07-30 00:00")),),
    derivation=DERIVATION,
)

ESCALATION = p.Escalation(
    key="escalation/1",
    line="main",
    clock=CLOCK,
    rung=1,
    agency=AGENCY,
    role=Role.CHIEF,
    called_at=at("2026-07-30 00:00"),
    answer_by=at("2026-07-31 00:00"),
    acknowledged_by=None,
    version=1,
    ended=None,
)

STATE = p.ProcedureState(
    procedure=PROCEDURE,
    version=1,
    case_id=CASE,
    seq=9,
    shift_s=0,
    lines=(
        p.Line(
            key="main",
            table="case",
            stage="investigating",
            agencies=(AGENCY,),
            version=4,
            entered_at=FILED,
            facts={"cause": "涉嫌破坏计量器具准确度案", "investigators": [INSPECTOR]},
        ),
        p.Line(
            key="testing/1",
            table="testing",
            stage="done",
            agencies=(AGENCY,),
            version=2,
            entered_at=at("2026-03-19 10:00"),
            named="广东省计量科学研究院",
            ended=True,
        ),
    ),
    clocks=(CLOCK_STATE,),
    windows=(
        p.Window(
            kind="testing",
            line="testing/1",
            from_on=date(2026, 3, 12),
            to_on=date(2026, 3, 19),
            opened_by=5,
        ),
    ),
    escalations=(ESCALATION,),
    chains=CHAINS,
    ended=False,
)

OPEN = p.OpenStep(
    line="main",
    step="conclude_investigation",
    role=Role.INSPECTOR,
    agencies=(AGENCY,),
    expected_version=4,
    payload="ConcludeInvestigation",
    closed_by=None,
)

TOLD = (
    p.ClockBreached(
        case_id=CASE,
        occurred_at=DUE,
        procedure=PROCEDURE,
        line="main",
        clock=CLOCK,
        basis=BASIS,
        due_at=DUE,
        derivation=DERIVATION,
    ),
    p.EscalationRaised(
        case_id=CASE,
        occurred_at=at("2026-07-30 00:00"),
        procedure=PROCEDURE,
        escalation="escalation/1",
        line="main",
        clock=CLOCK,
        rung=1,
        agency=AGENCY,
        role=Role.CHIEF,
        answer_by=at("2026-07-31 00:00"),
    ),
    p.EscalationAnswered(
        case_id=CASE,
        occurred_at=at("2026-07-30 09:00"),
        procedure=PROCEDURE,
        escalation="escalation/1",
        how="acknowledge",
        by="gaoyao-samr.chief",
        agency=AGENCY,
        answer_by=at("2026-07-31 09:00"),
    ),
    p.EscalationEnded(
        case_id=CASE,
        occurred_at=at("2026-08-01 09:00"),
        procedure=PROCEDURE,
        escalation="escalation/1",
        outcome="met",
    ),
    p.ProcedureEnded(
        case_id=CASE,
        occurred_at=at("2026-08-20 09:00"),
        procedure=PROCEDURE,
        outcome="closed",
    ),
)

ASKED = p.TakeStep(
    request_id=REQUEST,
    step="file_case",
    line="main",
    by=HEAD,
    expected_version=1,
    payload={"cause": "涉嫌破坏计量器具准确度案", "initial_evidence": True},
)

_STEPS: tuple[Message, ...] = (
    ASKED,
    p.StepOutcome(seq=9, line="main", version=4, reply={"number": "肇高市监立〔2026〕12号"}),
    p.OpenProcedure(
        procedure=PROCEDURE,
        version=1,
        case_id=CASE,
        agencies=(AGENCY,),
        opened_at=at("2026-03-02 09:15"),
        request_id=REQUEST,
        facts={"level": "I"},
        shift_s=0,
        state=STATE,
    ),
    p.StepTaken(
        case_id=CASE,
        occurred_at=FILED,
        procedure=PROCEDURE,
        procedure_version=1,
        seq=9,
        step="file_case",
        line="main",
        basis="PROC art. 19",
        by=HEAD.id,
        role=Role.HEAD,
        agency=AGENCY,
        request_id=REQUEST,
        taken_at=FILED,
        happened_at=FILED,
        payload_sha256=HASH,
        facts={"cause": "涉嫌破坏计量器具准确度案"},
        state=STATE,
        open_steps=(OPEN,),
    ),
    p.RecordStep(
        request_id=REQUEST,
        digest=ASKED.digest,
        procedure=PROCEDURE,
        case_id=CASE,
        seq=9,
        step="file_case",
        line="main",
        table="case",
        basis="PROC art. 19",
        by=HEAD,
        payload=ASKED.payload,
        taken_at=FILED,
        happened_at=FILED,
        state=STATE,
        open_steps=(OPEN,),
        tells=TOLD,
    ),
)

_PAYLOADS: tuple[Message, ...] = (
    p.Payload(happened_at=FILED, note="补录"),
    p.ExtendClock(reason="案情复杂，经负责人批准延长。", number=30),
    p.Answer(measures="今日内组织会商，三日内作出决定。"),
    p.Reassignment(
        measures="改由上级机关直接办理。",
        to_agency=SUPERIOR,
        to_principal="zhaoqing-samr.inspector-1",
    ),
)

EXAMPLES: tuple[Message, ...] = (
    STATE,
    Reckoned(clocks=(CLOCK_STATE,), chains={AGENCY: CHAINS[AGENCY]}),
    *TOLD,
    *_STEPS,
    *_PAYLOADS,
)
