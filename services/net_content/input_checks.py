"""What checks wait for, looked up and locked for a batch of measurements, with the laboratories."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.intake import MeasurementsSubmitted
from services.kit.events.handling import Heard
from services.net_content.models import (
    Campaign,
    Check,
    Finding,
    Laboratory,
    LaboratoryInstrument,
    Product,
    Sampling,
    Verification,
)
from services.net_content.rules.checks.eligibility import Lab


@dataclass(slots=True)
class Waiting:
    """A check as far as a hand-in needs it; kept up while a batch is decided."""

    id: UUID
    agency: str
    awaiting: str | None
    laboratory: str | None
    regime: str
    product: Product
    sampling: Sampling | None
    shift_s: int
    findings: list[tuple[str, str, str]] = field(default_factory=list)
    """Round, hash of the sheet and hash of the finding, of each there is."""


@dataclass(frozen=True, slots=True)
class KnownChecks:
    """Checks and laboratories of a batch."""

    checks: dict[UUID, Waiting]
    labs: dict[str, Lab]
    speak_for: dict[str, str | None]
    """Whose signature speaks for a laboratory."""


async def known_of(
    session: AsyncSession, heard: Sequence[Heard[MeasurementsSubmitted]]
) -> KnownChecks:
    """For a batch of events."""
    return await known(
        session, {h.event.check_id for h in heard}, {h.event.laboratory for h in heard}
    )


async def known(session: AsyncSession, ids: Collection[UUID], labs: Collection[str]) -> KnownChecks:
    """Locked in the order of ids: a check's events are told in the order of their commits."""
    locked = select(Check).where(col(Check.id).in_(sorted(ids))).order_by(col(Check.id))
    checks = (
        await session.exec(locked.with_for_update(), execution_options={"populate_existing": True})
    ).all()
    campaigns = await _by_id(session, Campaign, {check.campaign_id for check in checks})
    products = await _by_id(session, Product, {check.product_id for check in checks})
    waiting = {
        check.id: Waiting(
            check.id,
            check.agency,
            check.awaiting,
            check.laboratory,
            campaigns[check.campaign_id].regime,
            products[check.product_id],
            None,
            check.drill_shift_s,
        )
        for check in checks
    }
    await _samplings(session, waiting)
    await _findings(session, waiting)
    rows = (await session.exec(select(Laboratory).where(col(Laboratory.code).in_(labs)))).all()
    return KnownChecks(
        waiting,
        {row.code: await _lab(session, row) for row in rows},
        {row.code: row.agency for row in rows},
    )


async def lab_of(session: AsyncSession, code: str) -> Lab | None:
    row = await session.get(Laboratory, code)
    return await _lab(session, row) if row else None


async def _lab(session: AsyncSession, row: Laboratory) -> Lab:
    columns: list[Any] = [
        LaboratoryInstrument.code,
        Verification.verified_on,
        Verification.valid_until,
    ]
    joined = (
        sqlalchemy.select(*columns)
        .outerjoin(Verification, col(Verification.instrument) == col(LaboratoryInstrument.code))
        .where(col(LaboratoryInstrument.laboratory) == row.code)
        .order_by(col(LaboratoryInstrument.code), col(Verification.verified_on))
    )
    verified: dict[str, list[tuple[date, date]]] = {}
    for code, since, until in (await session.execute(joined)).all():
        periods = verified.setdefault(code, [])
        if since is not None:
            periods.append((since, until))
    return Lab(row.code, frozenset(row.scope), row.valid_from, row.valid_to, verified)


async def _by_id(session: AsyncSession, kind: Any, ids: Collection[UUID]) -> dict[UUID, Any]:
    rows = (await session.exec(select(kind).where(col(kind.id).in_(sorted(ids))))).all()
    return {row.id: row for row in rows}


async def _samplings(session: AsyncSession, waiting: dict[UUID, Waiting]) -> None:
    asked = select(Sampling).where(col(Sampling.check_id).in_(sorted(waiting)))
    for row in (await session.exec(asked.order_by(col(Sampling.seq)))).all():
        waiting[row.check_id].sampling = row  # the last one counts


async def _findings(session: AsyncSession, waiting: dict[UUID, Waiting]) -> None:
    asked = select(Finding.check_id, Finding.round, Finding.sheet_sha256, Finding.sha256).where(
        col(Finding.check_id).in_(sorted(waiting))
    )
    rows = (await session.exec(asked.order_by(col(Finding.number)))).all()
    for check_id, round_, sheet, sha256 in rows:
        waiting[check_id].findings.append((round_, sheet, sha256))
