"""An event on its way in, and what becomes of a batch of them before it is written."""

from dataclasses import dataclass, field
from typing import Any

from contracts.says import Says
from services.kit.events.handling import Heard, Reaction
from services.kit.held.store import Aside


@dataclass(frozen=True, slots=True)
class Incoming:
    """An event and the topic it came by."""

    heard: Heard[Any]
    topic: str

    @property
    def identity(self) -> tuple[str, str]:
        return self.heard.envelope.source, self.heard.envelope.id

    @property
    def key(self) -> str:
        return self.heard.envelope.key


@dataclass(slots=True)
class BatchOutcome:
    """What becomes of a batch, before it is written."""

    done: list[tuple[Incoming, Reaction, str | None]] = field(default_factory=list)
    """Each event with its decision and the trace that goes on from it."""
    held: list[tuple[Incoming, BaseException | None]] = field(default_factory=list)
    """Each event with its fault; with none, it waits behind another of its key."""
    asides: list[Aside] = field(default_factory=list)

    def set_aside(self, incoming: Incoming, reason: str, says: Says) -> None:
        self.asides.append(Aside.of(incoming.heard, incoming.topic, reason, says))
