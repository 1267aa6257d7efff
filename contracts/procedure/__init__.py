"""The messages every procedure shares: steps asked for, taken and told of, and the state left."""

from contracts.procedure.events import (
    ClockBreached,
    EngineEvent,
    EscalationAnswered,
    EscalationEnded,
    EscalationRaised,
    ProcedureEnded,
    StepTaken,
)
from contracts.procedure.payloads import Answer, ExtendClock, Payload, Reassignment
from contracts.procedure.state import (
    Call,
    ClockState,
    Derivation,
    Escalation,
    EscalationOutcome,
    Extended,
    Line,
    NotCounted,
    OpenStep,
    ProcedureState,
    TimeUnit,
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
    "EngineEvent",
    "Escalation",
    "EscalationAnswered",
    "EscalationEnded",
    "EscalationOutcome",
    "EscalationRaised",
    "ExtendClock",
    "Extended",
    "Line",
    "NotCounted",
    "OpenProcedure",
    "OpenStep",
    "Payload",
    "ProcedureEnded",
    "ProcedureState",
    "Reassignment",
    "RecordStep",
    "StepOutcome",
    "StepTaken",
    "TakeStep",
    "TimeUnit",
    "Window",
    "procedure_id",
]
