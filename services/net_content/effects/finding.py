"""Findings as they come in, are told, stand, or are overturned; a failing lot is told to all."""

from datetime import timedelta
from typing import Any

from sqlmodel import select

from contracts.net_content import (
    AcceptFinding,
    FindingOverturned,
    LotFailed,
    NoteFinding,
    RefuseObjection,
    TellFinding,
)
from contracts.procedure import Payload
from contracts.says import Says
from services.kit.errors import NotFound
from services.kit.steps.effects import Reply
from services.kit.steps.record_effects import At, RecordEffects
from services.kit.storage.transaction import Transaction
from services.net_content.models import Check, Finding, Product, Sampling, Subject
from services.net_content.queries import checks as queries
from services.net_content.rules.checks.escalation import WITHIN_DAYS, grave

effects = RecordEffects(queries.PROCEDURE, Check)


@effects.on("note_finding", payload=NoteFinding)
async def note_finding(tx: Transaction, at: At[Check, NoteFinding]) -> Reply:
    """A grave shortfall is told before the producer could object: people are being cheated now."""
    finding = await _take_in(tx, at)
    if finding.verdict == "fail":
        lots = await _failing_lots(tx, at)
        levels = at.directory.levels
        if grave(levels, at.on, failing_lots=lots, t2_percent=finding.t2_percent):
            at.row.urgent = True
            await _tell(tx, at, finding, lots)
    return {"verdict": finding.verdict, "urgent": at.row.urgent}


@effects.on("tell_pass", payload=TellFinding)
async def tell_pass(_tx: Transaction, at: At[Check, TellFinding]) -> None:
    at.row.passed_on = at.on


@effects.on("let_finding_stand", payload=Payload)
async def let_finding_stand(tx: Transaction, at: At[Check, Payload]) -> Reply:
    """The time to object is over: the shortfall stands, and is a lead for enforcement."""
    return await _stands(tx, at)


@effects.on("accept_finding", payload=AcceptFinding)
async def accept_finding(tx: Transaction, at: At[Check, AcceptFinding]) -> Reply:
    return await _stands(tx, at)


@effects.on("refuse_objection", payload=RefuseObjection)
async def refuse_objection(tx: Transaction, at: At[Check, RefuseObjection]) -> Reply:
    return await _stands(tx, at)


@effects.on("note_retest", payload=NoteFinding)
async def note_retest(tx: Transaction, at: At[Check, NoteFinding]) -> Reply:
    """The re-test is final: it confirms the shortfall, or overturns the first finding."""
    before = await queries.finding(tx.session, at.row.id, at.row.finding or 0)
    finding = await _take_in(tx, at)
    if finding.verdict == "fail":
        return await _stands(tx, at)
    at.row.passed_on = at.on
    tx.emit(
        FindingOverturned(
            occurred_at=at.step.happened_at,
            case_id=at.row.id,
            finding_sha256=finding.sha256,
            overturned_sha256=before.sha256,
        )
    )
    return {"verdict": "pass"}


@effects.on("note_recheck", payload=NoteFinding)
async def note_recheck(tx: Transaction, at: At[Check, NoteFinding]) -> Reply:
    """After rectification another lot passes; or it fails, and that is told as well."""
    finding = await _take_in(tx, at)
    if finding.verdict == "fail":
        await _tell(tx, at, finding, await _failing_lots(tx, at))
    else:
        at.row.passed_on = at.on
    return {"verdict": finding.verdict}


async def _take_in(tx: Transaction, at: At[Check, NoteFinding]) -> Finding:
    asked = select(Finding).where(
        Finding.check_id == at.row.id, Finding.sha256 == at.payload.finding_sha256
    )
    finding = (await tx.session.exec(asked)).first()
    if finding is None:
        raise NotFound(Says("检验结论", "finding"), at.payload.finding_sha256)
    at.row.finding, at.row.verdict = finding.number, finding.verdict
    return finding


async def _stands(tx: Transaction, at: At[Check, Any]) -> Reply:
    finding = await queries.finding(tx.session, at.row.id, at.row.finding or 0)
    lots = await _failing_lots(tx, at)
    at.row.failed_on = at.on
    if not at.row.urgent:
        await _tell(tx, at, finding, lots)
    return {"verdict": finding.verdict, "failing_lots": lots}


async def _failing_lots(tx: Transaction, at: At[Check, Any]) -> int:
    """Of the producer within a year: others' that stand, this check's own, and this one."""
    others = await queries.failing_lots(tx.session, at.row, at.on - timedelta(WITHIN_DAYS))
    own = [f for f in await queries.findings(tx.session, at.row.id) if f.round != "retest"]
    return others + sum(1 for finding in own if finding.verdict == "fail")


async def _tell(tx: Transaction, at: At[Check, Any], finding: Finding, lots: int) -> None:
    check = at.row
    subject = await tx.session.get(Subject, check.subject_code)
    product = await tx.session.get(Product, check.product_id)
    assert subject is not None, "a foreign key"
    assert product is not None, "a foreign key"
    samplings = await queries.samplings(tx.session, check.id)
    sampling: Sampling = samplings[-1]
    tx.emit(
        LotFailed(
            occurred_at=at.step.happened_at,
            case_id=check.id,
            campaign_id=check.campaign_id,
            agency=check.agency,
            region=check.region,
            subject_name=subject.name,
            subject_code=subject.code,
            product=f"{product.name} {product.nominal} {product.unit}",
            finding_sha256=finding.sha256,
            engine=finding.engine,
            summary=finding.summary,
            failing_lots=lots,
            t2_percent=finding.t2_percent,
            goods_value_yuan=sampling.goods_value_yuan,
            urgent=check.urgent and check.failed_on is None,
            drill_shift_s=check.drill_shift_s,
        )
    )
