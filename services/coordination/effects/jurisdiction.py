"""What the steps of a dispute over jurisdiction and of its change do to their record."""

from typing import Any

from contracts import jurisdiction as states
from contracts.agencies import MARKET_REGULATION, AgencyCode
from contracts.coordination import JurisdictionFixed
from contracts.enforcement import ChangeOfJurisdiction
from contracts.says import Says
from services.coordination.effects.acting import known, matter_effects, paper
from services.coordination.models import Matter
from services.coordination.rules.openings import JURISDICTION_CHANGE, JURISDICTION_DISPUTE
from services.coordination.rules.who_may_open import is_below
from services.kit.errors import Invalid
from services.kit.steps.effects import Reply
from services.kit.steps.record_effects import At
from services.kit.storage.transaction import Transaction

disputes = matter_effects(JURISDICTION_DISPUTE)
changes = matter_effects(JURISDICTION_CHANGE)


# ── a dispute ────────────────────────────────────────────────────────────────────────────────────


@disputes.on("name_competent", payload=states.NameCompetent)
async def name_competent(tx: Transaction, at: At[Matter, states.NameCompetent]) -> None:
    to = _regulator(at, at.payload.to_agency)
    _file(tx, at, "position", body=at.payload.grounds, more={"to_agency": to})


@disputes.on("agree", payload=states.AgreeJurisdiction)
async def agree(tx: Transaction, at: At[Matter, states.AgreeJurisdiction]) -> Reply:
    _file(tx, at, "agreement", body=at.payload.grounds)
    return _fixed(tx, at, at.payload.to_agency, "agreed")


@disputes.on("refer", payload=states.ReferDispute)
async def refer(tx: Transaction, at: At[Matter, states.ReferDispute]) -> None:
    _file(tx, at, "referral", body=at.payload.grounds, more={"papers": list(at.payload.papers)})


@disputes.on("designate", payload=states.DesignateAgency)
async def designate(tx: Transaction, at: At[Matter, states.DesignateAgency]) -> Reply:
    """The common superior gives it to one of those below it."""
    to = _below_the_asker(at, at.payload.to_agency)
    _file(tx, at, "designation", name=at.payload.document_no, body=at.payload.reason)
    return _fixed(tx, at, to, "designated")


@disputes.on("withdraw", payload=states.WithdrawDispute)
async def withdraw_dispute(tx: Transaction, at: At[Matter, states.WithdrawDispute]) -> None:
    _file(tx, at, "withdrawal", body=at.payload.reason)


# ── a change ─────────────────────────────────────────────────────────────────────────────────────


@changes.on("ask_superior", payload=states.AskSuperior)
async def ask_superior(tx: Transaction, at: At[Matter, states.AskSuperior]) -> None:
    asked = {"asks": at.payload.asks, "papers": list(at.payload.papers)}
    _file(tx, at, "request", body=at.payload.grounds, more=asked)


@changes.on("call_up", payload=states.CallUp)
async def call_up(tx: Transaction, at: At[Matter, states.CallUp]) -> Reply:
    _file(tx, at, "decision", name=at.payload.document_no, body=at.payload.reason)
    return _fixed(tx, at, at.step.by.agency, "called_up")


@changes.on("assign", payload=states.AssignCase)
async def assign(tx: Transaction, at: At[Matter, states.AssignCase]) -> Reply:
    to = _below_the_asker(at, at.payload.to_agency)
    _file(tx, at, "decision", name=at.payload.document_no, body=at.payload.reason)
    return _fixed(tx, at, to, "assigned")


@changes.on("transfer", payload=states.TransferCase)
async def transfer(tx: Transaction, at: At[Matter, states.TransferCase]) -> Reply:
    to = _regulator(at, at.payload.to_agency)
    _file(tx, at, "transfer_letter", name=at.payload.document_no, body=at.payload.grounds)
    return _fixed(tx, at, to, "transferred")


@changes.on("refuse_request", payload=states.RefuseRequest)
async def refuse_request(tx: Transaction, at: At[Matter, states.RefuseRequest]) -> None:
    _file(tx, at, "refusal", body=at.payload.reason)


@changes.on("withdraw", payload=states.WithdrawChange)
async def withdraw_change(tx: Transaction, at: At[Matter, states.WithdrawChange]) -> None:
    _file(tx, at, "withdrawal", body=at.payload.reason)


# ── both ─────────────────────────────────────────────────────────────────────────────────────────


def _file(tx: Transaction, at: At[Matter, Any], kind: str, **stated: Any) -> None:
    """What is decided between agencies, all of them read."""
    tx.add(paper(at, kind, audience="shared", **stated))


def _fixed(
    tx: Transaction, at: At[Matter, Any], to: AgencyCode, how: ChangeOfJurisdiction
) -> Reply:
    """On record, and told: the case it is about hears it and goes there."""
    at.row.outcome = to
    tx.emit(
        JurisdictionFixed(
            case_id=at.case_id,
            occurred_at=at.step.happened_at,
            of_case=at.row.of_case,
            parties=at.main.agencies,
            to=to,
            how=how,
            by=at.step.by.agency,
        )
    )
    return {"to": to}


def _regulator(at: At[Matter, Any], code: AgencyCode) -> AgencyCode:
    """A market regulator: what belongs to another department goes another way (PROC art. 17)."""
    agency = at.directory.agency(known(at, code, "to_agency"), at.on)
    if agency is None or agency.kind != MARKET_REGULATION:
        raise Invalid(
            Says(f"{code} 不是市场监督管理部门。", f"{code} is no market regulator"),
            field="to_agency",
            rule="market_regulator",
        )
    return code


def _below_the_asker(at: At[Matter, Any], code: AgencyCode) -> AgencyCode:
    """A superior disposes of the bureaus below it (PROC arts 15, 16)."""
    above = at.step.by.agency
    if not is_below(_regulator(at, code), above, at.directory, at.on):
        raise Invalid(
            Says(f"{code} 不是 {above} 的下级机关。", f"{code} is not below {above}"),
            field="to_agency",
            rule="line_of_command",
        )
    return code
