"""A step asked for, and what comes of it; a procedure opened; a step to be written down."""

import hashlib
import json
from typing import ClassVar
from uuid import UUID

from pydantic import JsonValue

from contracts.agencies import AgencyCode, Principal
from contracts.messages import Instant, Message, Request
from contracts.procedure.events import EngineEvent
from contracts.procedure.state import OpenStep, ProcedureState


class TakeStep(Message):
    """A step a person, an agency's system or a trigger asks for. Its request id makes asking
    again harmless.
    """

    request_id: UUID
    step: str
    line: str = "main"
    by: Principal
    expected_version: int | None = None
    """The line's version the asker saw; triggers and drills may leave it out."""
    payload: dict[str, JsonValue] = {}

    @property
    def digest(self) -> str:
        """SHA-256 of what was asked: tells a repeat from another step under the same request id."""
        asked = [self.step, self.line, self.by.id, self.by.agency, self.payload]
        content = json.dumps(asked, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(content.encode()).hexdigest()


class StepOutcome(Message):
    """What a taken step answers."""

    seq: int
    line: str
    version: int
    """The line's version after the step."""
    reply: dict[str, JsonValue] = {}
    """What the step's effect answers: a case number, say."""


class OpenProcedure(Message):
    """Start of a procedure: the input of its workflow."""

    procedure: str
    version: int
    case_id: UUID
    agencies: tuple[AgencyCode, ...]
    opened_at: Instant
    """Legal time of the fact that opens it."""
    request_id: UUID
    """The event that opened it."""
    facts: dict[str, JsonValue] = {}
    shift_s: int = 0
    state: ProcedureState | None = None
    """Carried over when a run continues as new or is rebuilt; absent at the first start."""


class RecordStep(Request[StepOutcome]):
    """Have the owning service write one step down, carry out its effect and tell of it, in one
    transaction.
    """

    activity: ClassVar[str] = "take_step"

    request_id: UUID
    digest: str
    """Hash of what was asked, to tell a repeat from a reused request id."""
    procedure: str
    case_id: UUID
    seq: int
    step: str
    line: str
    table: str
    basis: str | None = None
    by: Principal
    payload: dict[str, JsonValue]
    taken_at: Instant
    happened_at: Instant
    state: ProcedureState
    """The state after this step."""
    open_steps: tuple[OpenStep, ...] = ()
    tells: tuple[EngineEvent, ...] = ()
    """What the engine itself has to tell beside `StepTaken`."""
