"""What a handler is given and what it decides; it writes nothing itself."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.agencies import Agency
from contracts.messages import Event
from contracts.says import Says
from services.kit.errors import Invalid
from services.kit.events.envelope import Envelope

E = TypeVar("E", bound=Event)
K = TypeVar("K")
Decider = TypeVar("Decider", bound=Callable[..., "Reaction"])


@dataclass(frozen=True, slots=True)
class Heard(Generic[E]):
    """An event as it came in."""

    event: E
    envelope: Envelope
    received_at: datetime
    agency: Agency | None = None
    """The sender, as its signature proved; on intake only."""

    @property
    def sender(self) -> Agency:
        """Of what came by intake."""
        assert self.agency is not None, "intake hands on verified events only"
        return self.agency

    def legal_time(self, shift_s: int, *, drills: bool) -> datetime:
        """When it was received in law: by the server's clock, shifted in a drill."""
        if shift_s and not (drills and self.sender.drills):
            code = self.sender.code
            raise Invalid(
                Says(
                    f"{code} 在此不参加演练，不得改动时间。", f"{code} takes no part in drills here"
                ),
                field="drill_shift_s",
                rule="drill",
            )
        return self.received_at + timedelta(seconds=shift_s)


@dataclass(frozen=True, slots=True)
class Add:
    """A row to be inserted, by its values; a column left out takes its default in the database.

    For what is heard by the thousand: making the SQLModel itself costs ten times as much.
    """

    model: type[SQLModel]
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """An update of one row by its primary key (a tuple where that has several columns)."""

    model: type[SQLModel]
    key: Any
    values: Mapping[str, Any]


@dataclass(slots=True)
class Reaction:
    """What shall be written and told because of one event."""

    rows: Sequence[SQLModel | Add] = ()
    changes: Sequence[Change] = ()
    events: Sequence[Event] = ()
    """Told in this order. Of a case that exists already, `knowing` must have locked the row."""
    calls: Sequence[Callable[[], Awaitable[None]]] = ()
    """Done after deciding and before the commit, so each must be harmless when done again."""


@dataclass(frozen=True, slots=True)
class Handler:
    """A function that decides on one type of event, and the look-up beside it."""

    event: type[Event]
    decide: Callable[..., Reaction]
    knowing: Callable[[AsyncSession, Sequence[Heard[Any]]], Awaitable[Any]] | None

    def __call__(self, heard: Heard[Any], known: Any) -> Reaction:
        return self.decide(heard) if self.knowing is None else self.decide(heard, known)


def hears(
    event: type[E],
    *,
    knowing: Callable[[AsyncSession, Sequence[Heard[E]]], Awaitable[K]] | None = None,
) -> Callable[[Decider], Decider]:
    """Mark a function as the one that decides on this type of event.

    `knowing` is asked once for a batch; what it returns is handed to `decide(heard, known)` from
    event to event, and a decision records in it what the next event of the batch must see. What
    several functions must see of each other, they look up with the same `knowing`.
    `hears(Event)` takes every type that has no function of its own, read no further than
    `occurred_at`.
    """

    def mark(decide: Decider) -> Decider:
        decide.__hears__ = Handler(event, decide, knowing)  # type: ignore[attr-defined]
        return decide

    return mark


def handlers_by_type(functions: Sequence[Callable[..., Reaction]]) -> dict[str, Handler]:
    """The marked functions by CloudEvents type; `Event` itself is under ''."""
    found: dict[str, Handler] = {}
    for function in functions:
        handler: Handler = function.__hears__  # type: ignore[attr-defined]
        name = "" if handler.event is Event else handler.event.type
        if name in found:
            raise ValueError(f"two functions hear {name or 'everything'}")
        found[name] = handler
    return found
