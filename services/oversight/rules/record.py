"""The bytes of one entry: where it stands, and the event exactly as it was sent.

A record is one line of JSON (ASCII, keys sorted, no spaces), a line feed, and the event's data.
The line holds `index`, `topic`, `recorded_at` and the CloudEvents attributes, an agency's signature
among them; since JSON never holds a bare line feed, the first one ends it, and the data stays byte
for byte as sent.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from contracts.procedure import StepTaken
from contracts.topics import INTAKE

_STEP_TAKEN = re.compile(re.escape(StepTaken.type.rpartition(".")[0]) + r"\.v\d+")


@dataclass(frozen=True)
class LogRecord:
    """One event as the log keeps it."""

    index: int
    topic: str
    recorded_at: datetime
    """When the log took it in; the event's own times are in its attributes and data."""
    attributes: Mapping[str, str]
    data: bytes

    def __bytes__(self) -> bytes:
        line = {
            **self.attributes,
            "index": self.index,
            "topic": self.topic,
            "recorded_at": self.recorded_at.isoformat(),
        }
        return json.dumps(line, sort_keys=True, separators=(",", ":")).encode() + b"\n" + self.data


@dataclass(frozen=True)
class EntryColumns:
    """What an entry is found by. All of it is in its record, so a changed column is found out."""

    index: int
    topic: str
    recorded_at: datetime
    type: str
    source: str
    event_id: str
    subject: str
    case_id: UUID | None
    procedure: str | None
    """Id of the procedure that an event of a taken step belongs to, and the step's number in it."""
    seq: int | None


def read(raw: bytes) -> LogRecord:
    """The record these bytes are; `ValueError` where they are none."""
    line, _, data = raw.partition(b"\n")
    try:
        attributes = json.loads(line)
        return LogRecord(
            index=int(attributes.pop("index")),
            topic=str(attributes.pop("topic")),
            recorded_at=datetime.fromisoformat(attributes.pop("recorded_at")),
            attributes={str(name): str(value) for name, value in attributes.items()},
            data=data,
        )
    except (KeyError, TypeError, AttributeError) as broken:
        raise ValueError("not a record of the audit log") from broken


def columns(record: LogRecord) -> EntryColumns:
    attributes = record.attributes
    subject = attributes.get("subject", "")
    procedure, seq = _step(attributes.get("type", ""), record.data)
    return EntryColumns(
        index=record.index,
        topic=record.topic,
        recorded_at=record.recorded_at,
        type=attributes.get("type", ""),
        source=attributes.get("source", ""),
        event_id=attributes.get("id", ""),
        subject=subject,
        case_id=None if record.topic == INTAKE.name else _uuid(subject),
        procedure=procedure,
        seq=seq,
    )


def step_of(data: bytes) -> dict[str, Any] | None:
    """The content of an event of a taken step, as far as it is an object at all."""
    try:
        step = json.loads(data)
    except ValueError:
        return None
    return step if isinstance(step, dict) else None


def is_step(type_: str) -> bool:
    return _STEP_TAKEN.fullmatch(type_) is not None


def _step(type_: str, data: bytes) -> tuple[str | None, int | None]:
    # The log takes in whatever was said; that a step cannot be read is for the audit to report.
    step = step_of(data) if is_step(type_) else None
    if step is None or not isinstance(step.get("seq"), int):
        return None, None
    return f"{step.get('procedure')}/{step.get('case_id')}", step["seq"]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
