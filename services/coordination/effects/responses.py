"""What the steps of a fast response do to its record."""

from typing import Literal, cast

from pydantic import JsonValue
from sqlmodel import col, select

from contracts import coordination as told
from contracts.coordination import (
    ArriveOnSite,
    FollowUp,
    MakeFirstContact,
    NoteHandOver,
    RaiseLevel,
    ReceiveReport,
    RecordAfterAction,
    SecureSite,
    SendReport,
    StandDown,
)
from contracts.enforcement import ResponseLevel
from contracts.procedure import Payload, RecordStep
from contracts.says import Says
from services.coordination.models import ReportUp, Response, SecuredItem
from services.coordination.rules import responses as rules
from services.coordination.rules.responses import FAST_RESPONSE
from services.kit.effects import Effects, Reply, Step
from services.kit.errors import Invalid, Refusal
from services.kit.transaction import Transaction

effects = Effects()


@effects.on(FAST_RESPONSE, "open", payload=Payload)
async def mobilise(tx: Transaction, step: Step[Payload]) -> None:
    """Puts the response on record, and everyone hears that it was set off."""
    state = step.record.state
    facts = state.lines[0].facts
    level = facts.get("level")
    response = Response(
        case_id=step.case_id,
        agency=rules.leader(state),
        level=str(level),
        drill=state.shift_s != 0,
        mobilised_at=step.happened_at,
    )
    tx.add(response)
    tx.emit(
        told.ResponseMobilised(
            case_id=step.case_id,
            occurred_at=step.happened_at,
            agency=response.agency,
            level=cast(ResponseLevel, level),
            violation=_word(facts.get("violation")),
            region=_word(facts.get("region")),
            drill_shift_s=state.shift_s,
        )
    )


@effects.on(FAST_RESPONSE, "make_first_contact", payload=MakeFirstContact)
async def make_first_contact(tx: Transaction, step: Step[MakeFirstContact]) -> None:
    response = await tx.lock(Response, step.case_id)
    response.contacted_at = step.happened_at
    response.contacted = step.payload.whom
    response.contact_found = step.payload.found


@effects.on(FAST_RESPONSE, "arrive_on_site", payload=ArriveOnSite)
async def arrive_on_site(tx: Transaction, step: Step[ArriveOnSite]) -> None:
    if not rules.are_enough(step.payload.officers):
        raise Invalid(
            Says("到场执法人员不得少于两人。", "At least two officers act on site"),
            field="officers",
            rule="two_officers",
        )
    response = await tx.lock(Response, step.case_id)
    response.on_site_at = step.happened_at
    response.officers = list(step.payload.officers)
    tx.emit(
        told.TeamOnSite(
            case_id=step.case_id, occurred_at=step.happened_at, arrived_at=step.happened_at
        )
    )


@effects.on(FAST_RESPONSE, "secure_site", payload=SecureSite)
async def secure_site(tx: Transaction, step: Step[SecureSite]) -> Reply:
    response = await tx.lock(Response, step.case_id)
    response.secured_at = step.happened_at
    response.measures = step.payload.measures
    for number, item in enumerate(step.payload.evidence, start=1):
        tx.add(
            SecuredItem(
                case_id=step.case_id, seq=step.record.seq, number=number, **item.model_dump()
            )
        )
    tx.emit(
        told.SiteSecured(
            case_id=step.case_id, occurred_at=step.happened_at, secured_at=step.happened_at
        )
    )
    return {"items": len(step.payload.evidence)}


@effects.on(FAST_RESPONSE, "report_by_phone", payload=SendReport)
async def report_by_phone(tx: Transaction, step: Step[SendReport]) -> Reply:
    return await _report(tx, step, "first", step.payload.content)


@effects.on(FAST_RESPONSE, "report_in_writing", payload=SendReport)
async def report_in_writing(tx: Transaction, step: Step[SendReport]) -> Reply:
    return await _report(tx, step, "written", step.payload.content)


@effects.on(FAST_RESPONSE, "follow_up", payload=FollowUp)
async def follow_up(tx: Transaction, step: Step[FollowUp]) -> Reply:
    return await _report(tx, step, "follow_up", step.payload.content)


@effects.on(FAST_RESPONSE, "receive_report", payload=ReceiveReport)
async def receive_report(tx: Transaction, step: Step[ReceiveReport]) -> Reply:
    """The superior signs for the written report of the line."""
    await tx.lock(Response, step.case_id)
    sent = select(ReportUp.seq).where(
        ReportUp.case_id == step.case_id, ReportUp.line == step.line, ReportUp.kind == "written"
    )
    seq = (await tx.session.exec(sent.order_by(col(ReportUp.seq).desc()).limit(1))).first()
    if seq is None:
        raise Refusal(
            "nothing_to_receive", Says("尚无书面报告可签收。", "No written report was sent")
        )
    report = await tx.lock(ReportUp, (step.case_id, seq))
    report.received_by = step.by.id
    report.received_at = step.happened_at
    report.instructions = step.payload.instructions
    return {"report": seq}


@effects.on(FAST_RESPONSE, "raise_level", payload=RaiseLevel)
async def raise_level(tx: Transaction, step: Step[RaiseLevel]) -> None:
    """A further report weighs more: the response is measured by the times of the new level."""
    response = await tx.lock(Response, step.case_id)
    response.level = step.payload.level


@effects.on(FAST_RESPONSE, "note_hand_over", payload=NoteHandOver)
async def note_hand_over(tx: Transaction, step: Step[NoteHandOver]) -> None:
    """The case went to another agency; the response is measured by the first time it did."""
    response = await tx.lock(Response, step.case_id)
    if response.handed_over_at is None:
        response.handed_over_at = step.happened_at
        response.handed_over_to = step.payload.to


@effects.on(FAST_RESPONSE, "stand_down", payload=StandDown)
async def stand_down(tx: Transaction, step: Step[StandDown]) -> None:
    response = await tx.lock(Response, step.case_id)
    response.stood_down_at = step.happened_at
    response.outcome = step.payload.outcome
    tx.emit(
        told.ResponseStoodDown(
            case_id=step.case_id, occurred_at=step.happened_at, stood_down_at=step.happened_at
        )
    )


@effects.on(FAST_RESPONSE, "record_after_action", payload=RecordAfterAction)
async def record_after_action(tx: Transaction, step: Step[RecordAfterAction]) -> None:
    response = await tx.lock(Response, step.case_id)
    response.closed_at = step.happened_at
    response.went_well = step.payload.what_went_well
    response.to_improve = step.payload.to_improve


@effects.after_each(FAST_RESPONSE)
async def follow_the_leader(tx: Transaction, record: RecordStep) -> None:
    """Wherever a step moved the main line, the record moves with it."""
    if record.seq > 1:
        response = await tx.lock(Response, record.case_id)
        response.agency = rules.leader(record.state)


def _word(fact: JsonValue) -> str | None:
    return None if fact is None else str(fact)


async def _report(
    tx: Transaction,
    step: Step[SendReport] | Step[FollowUp],
    kind: Literal["first", "written", "follow_up"],
    content: str,
) -> Reply:
    """Put a report on record and tell of it; above the top there is nobody to tell."""
    await tx.lock(Response, step.case_id)
    agency, to = rules.superior(step.record.state, step.line)
    tx.add(
        ReportUp(
            case_id=step.case_id,
            seq=step.record.seq,
            line=step.line,
            kind=kind,
            agency=agency,
            to_agency=to,
            sent_by=step.by.id,
            sent_at=step.happened_at,
            content=content,
        )
    )
    if to is not None:
        tx.emit(
            told.ReportedUp(
                case_id=step.case_id,
                occurred_at=step.happened_at,
                agency=agency,
                to=to,
                kind=kind,
            )
        )
    return {"to": to}
