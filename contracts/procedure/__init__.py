"""The messages every procedure shares: steps asked for, taken and told of, and the state left."""

from contracts.procedure.events import (
    ClockBreached,
    EscalationAnswered,
    EscalationEnded,
    EscalationRaised,
    ProcedureEnded,
    StepTaken,
    Told,
)
from contracts.procedure.payloads import Answer, ExtendClock, Payload, Reassignment
from contracts.procedure.state import (
    Call,
    ClockState,
    Derivation,
    Escalation,
    Extended,
    Line,
    NotCounted,
    OpenStep,
    Outcome,
    ProcedureState,
    Unit,
    Window,
    procedure_id,
)
from contracts.procedure.steps import OpenProcedure, RecordStep, StepOutcome, TakeStep

__all__ = [
    "Answer",
    "Call",
    "ClockBreached",
    "ClockState",
    "Derivation",
    "Escalation",
    "EscalationAnswered",
    "EscalationEnded",
    "EscalationRaised",
    "ExtendClock",
    "Extended",
    "Line",
    "NotCounted",
    "OpenProcedure",
    "OpenStep",
    "Outcome",
    "Payload",
    "ProcedureEnded",
    "ProcedureState",
    "Reassignment",
    "RecordStep",
    "StepOutcome",
    "StepTaken",
    "TakeStep",
    "Told",
    "Unit",
    "Window",
    "procedure_id",
]
