"""Measures that hold things back, and tests: preservation, seizure, testing, and their end."""

from typing import Any

from contracts.enforcement import (
    CommissionTest,
    DisposePreserved,
    Lift,
    PreserveEvidence,
    Seize,
    TestResult,
)
from contracts.procedure import ExtendClock, Payload
from services.enforcement.effects.acting import case_effects, issue
from services.enforcement.effects.evidence import hand_on, take_in, take_things
from services.enforcement.models import Case
from services.enforcement.rules.document_numbers import DocumentKind
from services.kit.steps.effects import Reply
from services.kit.steps.record_effects import At
from services.kit.storage.transaction import Transaction

effects = case_effects()

PARTY = "当事人"
"""The party: things go back to it when a measure ends without confiscation."""


@effects.on("preserve_evidence", "preserve_evidence_at_once", payload=PreserveEvidence)
async def preserve_evidence(tx: Transaction, at: At[Case, PreserveEvidence]) -> Reply:
    """Registered and kept for at most seven working days (PROC arts 33-35)."""
    return await _hold(
        tx,
        at,
        "preservation",
        await issue(tx, at, DocumentKind.PRESERVED_EVIDENCE, at.payload.document),
    )


@effects.on("seize", "seize_at_once", payload=Seize)
async def seize(tx: Transaction, at: At[Case, Seize]) -> Reply:
    """Sealed or seized for thirty days (PROC arts 36-38)."""
    return await _hold(
        tx, at, "seizure", await issue(tx, at, DocumentKind.COERCIVE_MEASURE, at.payload.document)
    )


async def _hold(
    tx: Transaction, at: At[Case, PreserveEvidence] | At[Case, Seize], table: str, number: str
) -> Reply:
    line = at.opened(table)[-1].key
    items = await take_things(tx, at, at.payload.items, at.payload.place, line=line)
    return {"line": line, "number": number, "items": items}


@effects.on("extend_seizure_30d", payload=ExtendClock)
async def extend_seizure(tx: Transaction, at: At[Case, ExtendClock]) -> Reply:
    """A longer seizure needs a paper of its own (PROC art. 38)."""
    return {"number": await issue(tx, at, DocumentKind.EXTENDED_MEASURE)}


@effects.on("lift_seizure", payload=Lift)
async def lift_seizure(tx: Transaction, at: At[Case, Lift]) -> Reply:
    number = await issue(tx, at, DocumentKind.LIFTED_MEASURE)
    return {"number": number, "returned": await hand_on(tx, at, PARTY, "lifted")}


@effects.on("confiscate_seized", payload=Lift)
async def confiscate_seized(tx: Transaction, at: At[Case, Lift]) -> Reply:
    return {"confiscated": await hand_on(tx, at, at.step.by.agency, "confiscated")}


@effects.on("refuse_preservation", payload=Lift)
async def refuse_preservation(tx: Transaction, at: At[Case, Lift]) -> Reply:
    return await _release(tx, at, "refused")


@effects.on("lift_by_law", payload=Payload)
async def lift_by_law(tx: Transaction, at: At[Case, Payload]) -> Reply:
    """Seven working days without a decision lift the measure by themselves (PROC art. 35)."""
    return await _release(tx, at, "lifted_by_law")


async def _release(tx: Transaction, at: At[Case, Any], why: str) -> Reply:
    return {"returned": await hand_on(tx, at, PARTY, why)}


@effects.on("dispose_preserved", payload=DisposePreserved)
async def dispose_preserved(tx: Transaction, at: At[Case, DisposePreserved]) -> Reply:
    """What was preserved is recorded, tested, seized, confiscated or returned (PROC art. 35)."""
    disposal = at.payload.disposal
    keeper = PARTY if disposal == "returned" else at.step.by.agency
    return {"disposal": disposal, "items": await hand_on(tx, at, keeper, disposal)}


@effects.on("commission_test", payload=CommissionTest)
async def commission_test(tx: Transaction, at: At[Case, CommissionTest]) -> Reply:
    """Its days are left out of other clocks, because the party is told of them in writing."""
    number = await issue(tx, at, DocumentKind.COMMISSIONED_TEST)
    return {"line": at.opened("testing")[-1].key, "number": number}


@effects.on("receive_test_result", payload=TestResult)
async def receive_test_result(tx: Transaction, at: At[Case, TestResult]) -> Reply:
    report = at.payload.report
    items = (report,) if report is not None else ()
    return {"evidence": await take_in(tx, at, items, line=at.step.line)}
