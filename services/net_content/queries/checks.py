"""Checks, as far as the asker may see them; and what their effects need to know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Row,
    Select,
    func,
)
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.net_content import PassOrFail
from contracts.says import Says
from services.kit.errors import NotFound
from services.kit.http.pages import Page, newest_first
from services.kit.rights.visibility import Visibility
from services.kit.storage.record_queries import STAGE, RecordQuery, narrowed
from services.net_content.models import (
    Check,
    Finding,
    Product,
    Sampling,
    Subject,
)

PROCEDURE = "net_content_check"


@dataclass(frozen=True, slots=True)
class FoundCheck:
    """A check with its subject, its product and the state of its procedure."""

    check: Check
    subject: Subject
    product: Product
    state: dict[str, Any] | None
    open_steps: list[Any]


@dataclass(frozen=True, slots=True)
class CheckFilters:
    """What a list of checks may be narrowed to."""

    campaign: UUID | None = None
    stage: str | None = None
    verdict: PassOrFail | None = None


CHECKS = RecordQuery(
    procedure=PROCEDURE,
    noun=Says("检查", "check"),
    row=Check,
    case_id=col(Check.id),
    agency=col(Check.agency),
    at=col(Check.drawn_at),
)


async def checks(
    session: AsyncSession, visible: Visibility, page: Page, filters: CheckFilters
) -> list[FoundCheck]:
    """Newest first."""
    wanted = narrowed(
        (col(Check.campaign_id), filters.campaign),
        (col(Check.verdict), filters.verdict),
        (STAGE, filters.stage),
    )
    newest = newest_first(_checks(visible).where(*wanted), page, CHECKS.at, CHECKS.case_id)
    return [_found(row) for row in (await session.execute(newest)).all()]


async def check(session: AsyncSession, visible: Visibility, check_id: UUID) -> FoundCheck:
    """What the asker may not see does not exist for them."""
    row = (await session.execute(_checks(visible).where(col(Check.id) == check_id))).first()
    if row is None:
        raise NotFound(CHECKS.noun, check_id)
    return _found(row)


async def samplings(session: AsyncSession, check_id: UUID) -> Sequence[Sampling]:
    asked = select(Sampling).where(col(Sampling.check_id) == check_id)
    return (await session.exec(asked.order_by(col(Sampling.seq)))).all()


async def findings(session: AsyncSession, check_id: UUID) -> Sequence[Finding]:
    asked = select(Finding).where(col(Finding.check_id) == check_id)
    return (await session.exec(asked.order_by(col(Finding.number)))).all()


async def finding(session: AsyncSession, check_id: UUID, number: int) -> Finding:
    found = await session.get(Finding, (check_id, number))
    if found is None:
        raise NotFound(Says("检验结论", "finding"), f"{check_id}/{number}")
    return found


async def last_passed(session: AsyncSession, product_id: UUID, other_than: UUID) -> date | None:
    """The day this product passed a check last, drills apart."""
    asked = select(func.max(col(Check.passed_on))).where(
        col(Check.product_id) == product_id,
        col(Check.id) != other_than,
        col(Check.drill_shift_s) == 0,
    )
    return (await session.exec(asked)).one()


async def failing_lots(session: AsyncSession, check: Check, since: date) -> int:
    """Of this producer: failing lots that stand, other checks' alone; a drill counts drills."""
    asked = select(func.count()).where(
        col(Check.subject_code) == check.subject_code,
        col(Check.id) != check.id,
        col(Check.failed_on) > since,
        (col(Check.drill_shift_s) != 0) == (check.drill_shift_s != 0),
    )
    return (await session.exec(asked)).one()


def _checks(visible: Visibility) -> Select[Any]:
    asked = CHECKS.in_sight(visible).add_columns(Subject, Product)
    subject = asked.join(Subject, col(Subject.code) == col(Check.subject_code))
    return subject.join(Product, col(Product.id) == col(Check.product_id))


def _found(row: Row[Any]) -> FoundCheck:
    return FoundCheck(row.Check, row.Subject, row.Product, row.state, row.open_steps or [])
