"""What coordination does when a clock is missed: it keeps every escalation, rung by rung."""

from datetime import datetime
from typing import Any

from contracts.procedure import (
    ClockBreached,
    EscalationAnswered,
    EscalationEnded,
    EscalationRaised,
)
from contracts.says import Says
from services.coordination.models import Escalation, EscalationEntry, MissedClock
from services.coordination.open_escalations import (
    EscalationStanding,
    KnownEscalations,
    escalation_id,
    escalation_standings,
)
from services.kit.errors import Refusal
from services.kit.events.envelope import SERVICES
from services.kit.events.handling import Change, Heard, Reaction, hears


class UnknownEscalation(Refusal):
    """An answer to, or the end of, an escalation nobody here heard the beginning of.

    A case's events keep their order, so its beginning was set aside, discarded or outlived by the
    topic. Waiting for it would stop the rest of the case.
    """

    def __init__(self, id_: str) -> None:
        super().__init__(
            "unknown_escalation",
            Says(f"未收到 {id_} 的起始记录。", f"No beginning of {id_} was heard"),
        )


@hears(EscalationRaised, knowing=escalation_standings)
def call_rung(heard: Heard[EscalationRaised], known: KnownEscalations) -> Reaction:
    """A missed clock calls the next rung of its ladder: it goes on the list of who is called."""
    event, id_ = heard.event, escalation_id(heard.event)
    before = known.get(id_)
    number = before.entries + 1 if before else 1
    known[id_] = EscalationStanding(event.rung, event.agency, event.role, number)
    called = EscalationEntry(
        escalation_id=id_,
        number=number,
        what="called",
        at=event.occurred_at,
        rung=event.rung,
        agency=event.agency,
        role=event.role,
        answer_by=event.answer_by,
    )
    rung = {
        "rung": event.rung,
        "agency": event.agency,
        "role": str(event.role),
        "called_at": event.occurred_at,
        "answer_by": event.answer_by,
        "entries": number,
    }
    if before is None:
        return Reaction(rows=[_escalation(heard, id_, rung), called])
    silent = {"answer": None, "answered_by": None, "answered_at": None}
    return Reaction(rows=[called], changes=[Change(Escalation, id_, rung | silent)])


@hears(EscalationAnswered, knowing=escalation_standings)
def note_answer(heard: Heard[EscalationAnswered], known: KnownEscalations) -> Reaction:
    """A called rung acknowledges, reassigns or takes over: the list shows who, and until when."""
    event = heard.event
    entry = _next(event, known, what=event.how, by=event.by, answer_by=event.answer_by)
    values = {
        "answer": event.how,
        "answered_by": event.by,
        "answered_at": event.occurred_at,
        "called_at": event.occurred_at,
        "answer_by": event.answer_by,
        "entries": entry.number,
    }
    return Reaction(rows=[entry], changes=[Change(Escalation, entry.escalation_id, values)])


@hears(EscalationEnded, knowing=escalation_standings)
def end_escalation(heard: Heard[EscalationEnded], known: KnownEscalations) -> Reaction:
    """The clock was met, or a rung acted: the escalation leaves the list and stays on record."""
    event = heard.event
    entry = _next(event, known, what="ended", outcome=event.outcome)
    values = {"outcome": event.outcome, "ended_at": event.occurred_at, "entries": entry.number}
    return Reaction(rows=[entry], changes=[Change(Escalation, entry.escalation_id, values)])


@hears(ClockBreached)
def note_missed_clock(heard: Heard[ClockBreached]) -> Reaction:
    """A clock ran out unmet: kept with the derivation of its deadline, for whoever is called."""
    event = heard.event
    missed = MissedClock(
        event_id=heard.envelope.id,
        owner=_owner(heard),
        procedure=event.procedure,
        case_id=event.case_id,
        line=event.line,
        clock=event.clock,
        basis=event.basis,
        due_at=event.due_at,
        derivation=event.derivation.model_dump(mode="json"),
    )
    return Reaction(rows=[missed])


ESCALATING = (call_rung, note_answer, end_escalation, note_missed_clock)


def _owner(heard: Heard[Any]) -> str:
    return heard.envelope.source.removeprefix(SERVICES)


def _escalation(heard: Heard[EscalationRaised], id_: str, rung: dict[str, Any]) -> Escalation:
    event = heard.event
    return Escalation(
        id=id_,
        owner=_owner(heard),
        procedure=event.procedure,
        case_id=event.case_id,
        key=event.escalation,
        line=event.line,
        clock=event.clock,
        raised_at=event.occurred_at,
        **rung,
    )


def _next(
    event: EscalationAnswered | EscalationEnded,
    known: KnownEscalations,
    *,
    what: str,
    by: str | None = None,
    answer_by: datetime | None = None,
    outcome: str | None = None,
) -> EscalationEntry:
    """The entry that goes on from where the escalation stands."""
    id_ = escalation_id(event)
    before = known.get(id_)
    if before is None:
        raise UnknownEscalation(id_)
    number = before.entries + 1
    known[id_] = EscalationStanding(before.rung, before.agency, before.role, number)
    return EscalationEntry(
        escalation_id=id_,
        number=number,
        what=what,
        at=event.occurred_at,
        rung=before.rung,
        agency=before.agency,
        role=before.role,
        by_id=by,
        answer_by=answer_by,
        outcome=outcome,
    )
