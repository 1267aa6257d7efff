"""Campaigns, as far as the asker may see them; and what a draw needs to know."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy
from sqlalchemy import (
    Row,
    Select,
    func,
    literal,
    or_,
    text,
)
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.agencies import NATIONWIDE
from contracts.says import Says
from services.kit.errors import NotFound
from services.kit.http.pages import Page, newest_first
from services.kit.rights.visibility import Visibility
from services.net_content.models import (
    Campaign,
    Candidate,
    Check,
    Subject,
)
from services.net_content.rules.draw.drawing import Drawn, ListedSubject


@dataclass(frozen=True, slots=True)
class ListedProduct:
    """A product that a campaign may check."""

    code: str
    region: str
    credit_class: str | None
    product_id: UUID
    passed_on: date | None


async def campaigns(
    session: AsyncSession, visible: Visibility, page: Page
) -> list[tuple[Campaign, Row[Any]]]:
    """Newest first, each with how many of its checks passed and failed."""
    asked = newest_first(_campaigns(visible), page, col(Campaign.opened_at), col(Campaign.id))
    return [(row[0], row) for row in (await session.execute(asked)).all()]


async def campaign(
    session: AsyncSession, visible: Visibility, campaign_id: UUID
) -> tuple[Campaign, Row[Any]]:
    row = (
        await session.execute(_campaigns(visible).where(col(Campaign.id) == campaign_id))
    ).first()
    if row is None:
        raise NotFound(Says("抽查任务", "campaign"), campaign_id)
    return row[0], row


def _campaigns(visible: Visibility) -> Select[Any]:
    first = col(Check.failed_on).is_(None)  # a lot that failed and was put right has failed
    # counted for the campaigns that are shown, not for all there are
    counted = (
        sqlalchemy.select(
            func.count().label("checks"),
            func.count().filter(col(Check.verdict) == "pass", first).label("passed"),
            func.count().filter(or_(col(Check.verdict) == "fail", ~first)).label("failed"),
        )
        .where(col(Check.campaign_id) == col(Campaign.id))
        .correlate(Campaign)
        .lateral()
    )
    columns: list[Any] = [Campaign, counted.c.checks, counted.c.passed, counted.c.failed]
    asked = sqlalchemy.select(*columns).outerjoin(counted, literal(True))
    theirs = col(Campaign.agency).in_(sorted(visible.agencies))
    return asked if visible.everything else asked.where(theirs)


async def candidates(
    session: AsyncSession, regions: Collection[str], category: str | None
) -> list[ListedProduct]:
    """Every product of every subject in these divisions, with the day it passed last.

    Three questions, put together here: a join in the database is planned by what was counted of
    the tables, which right after a register was imported is nothing, and then takes for ever.
    """
    stems = ["%" if region == NATIONWIDE else f"{_stem(region)}%" for region in regions]
    subjects = (await session.execute(_SUBJECTS, {"regions": stems})).all()
    asked = {"codes": [subject.code for subject in subjects], "category": category}
    products: dict[str, list[UUID]] = defaultdict(list)
    for product in await session.execute(_PRODUCTS, asked):
        products[product.subject_code].append(product.id)
    ids = [id_ for of_one in products.values() for id_ in of_one]
    passed = {row.product_id: row.day for row in await session.execute(_PASSED, {"products": ids})}
    return [
        ListedProduct(subject.code, subject.region, subject.credit_class, id_, passed.get(id_))
        for subject in subjects
        for id_ in products[subject.code]
    ]


async def entries(session: AsyncSession, campaign_id: UUID) -> tuple[ListedSubject, ...]:
    asked = select(Candidate).where(col(Candidate.campaign_id) == campaign_id)
    rows = (await session.exec(asked.order_by(col(Candidate.number)))).all()
    return tuple(ListedSubject(r.code, r.credit_class, r.weight, tuple(r.products)) for r in rows)


async def drawn(session: AsyncSession, campaign_id: UUID) -> tuple[Drawn, ...]:
    asked = select(Check).where(col(Check.campaign_id) == campaign_id).order_by(col(Check.number))
    rows = (await session.exec(asked)).all()
    return tuple(Drawn(r.subject_code, str(r.product_id), tuple(r.inspectors)) for r in rows)


async def regions(session: AsyncSession, codes: Collection[str]) -> dict[str, str]:
    asked = select(col(Subject.code), col(Subject.region)).where(
        col(Subject.code).in_(sorted(codes))
    )
    return {row.code: row.region for row in (await session.execute(asked)).all()}


async def rates(session: AsyncSession, campaign_id: UUID) -> list[Row[Any]]:
    """Passed and judged lots of a campaign, by kind of goods and division."""
    return list((await session.execute(_RATES, {"campaign": campaign_id})).all())


def _stem(region: str) -> str:
    while region.endswith("00"):
        region = region[:-2]
    return region


_SUBJECTS = text(
    """
    SELECT code, region, credit_class FROM subject
    WHERE region LIKE ANY (CAST(:regions AS text[])) ORDER BY code
    """
)
_PRODUCTS = text(
    """
    SELECT subject_code, id FROM product
    WHERE subject_code = ANY (CAST(:codes AS text[]))
      AND (CAST(:category AS text) IS NULL OR category = :category)
    ORDER BY subject_code, id
    """
)
_PASSED = text("SELECT product_id, day FROM last_passed(CAST(:products AS uuid[]))")
_RATES = text(
    """
    SELECT p.category, c.region,
           count(*) FILTER (WHERE c.verdict = 'pass' AND c.failed_on IS NULL) AS passed,
           count(*) AS judged
    FROM lot_check c JOIN product p ON p.id = c.product_id
    WHERE c.campaign_id = :campaign AND c.verdict IS NOT NULL
    GROUP BY 1, 2 ORDER BY 1, 2
    """
)
