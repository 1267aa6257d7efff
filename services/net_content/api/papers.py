"""Plots and reports: a lot's histogram and one-page report, a campaign's pass rates and report."""

import json
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.says import Says
from services.kit.errors import NotFound
from services.kit.http.dependencies import TheRecord, Visible
from services.kit.http.pages import Page
from services.kit.rights.visibility import Visibility, seeing
from services.net_content.models import Finding
from services.net_content.papers.pdf import pdf
from services.net_content.papers.reports import as_html, campaign_report, lot_report
from services.net_content.papers.svg import svg
from services.net_content.queries import campaigns, checks
from services.net_content.queries.checks import CheckFilters, FoundCheck
from services.net_content.rules.advice.charts import histogram, pass_rates
from services.net_content.rules.checks.basis import case_of, errors_of
from services.net_content.rules.checks.judging import marks

router = APIRouter(tags=["papers 报告"])
FindingNumber = Annotated[
    int | None, Query(ge=1, description="第几次结论；最近的一次 The last one.")
]
SVG, PDF = "image/svg+xml", "application/pdf"
ALL = Page(5000)


@router.get("/checks/{check_id}/histogram.svg")
async def lot_histogram(
    record: TheRecord, visible: Visible, check_id: UUID, finding: FindingNumber = None
) -> Response:
    """Errors of the packages, with Qn, T1, T2 and the limit of the mean."""
    async with seeing(record, visible) as session:
        _, made = await _found(session, visible, check_id, finding)
    return Response(await _histogram(made), media_type=SVG)


@router.get("/checks/{check_id}/report.pdf")
async def lot_paper(
    record: TheRecord, visible: Visible, check_id: UUID, finding: FindingNumber = None
) -> Response:
    """One page: the lot, the figures, the verdict, the instruments."""
    async with seeing(record, visible) as session:
        found, made = await _found(session, visible, check_id, finding)
    picture = await _histogram(made)
    content = await pdf("lot.typ", lot_report(found, made), {"histogram": picture})
    return Response(content, media_type=PDF)


@router.get("/campaigns/{campaign_id}/pass-rates.svg")
async def rates(record: TheRecord, visible: Visible, campaign_id: UUID) -> Response:
    """Lots passed of lots judged, by kind of goods and division."""
    async with seeing(record, visible) as session:
        await campaigns.campaign(session, visible, campaign_id)
        return Response(await _rates(session, campaign_id), media_type=SVG)


@router.get("/campaigns/{campaign_id}/report.pdf")
async def campaign_paper(record: TheRecord, visible: Visible, campaign_id: UUID) -> Response:
    """The campaign as a paper."""
    async with seeing(record, visible) as session:
        campaign, counted = await campaigns.campaign(session, visible, campaign_id)
        lots = await checks.checks(session, visible, ALL, CheckFilters(campaign_id))
        picture = await _rates(session, campaign_id)
    says = campaign_report(campaign, counted, lots)
    return Response(await pdf("campaign.typ", says, {"rates": picture}), media_type=PDF)


@router.get("/campaigns/{campaign_id}/report.html")
async def campaign_page(record: TheRecord, visible: Visible, campaign_id: UUID) -> Response:
    """The same as a page."""
    async with seeing(record, visible) as session:
        campaign, counted = await campaigns.campaign(session, visible, campaign_id)
        lots = await checks.checks(session, visible, ALL, CheckFilters(campaign_id))
        picture = await _rates(session, campaign_id)
    page = as_html(campaign_report(campaign, counted, lots), picture)
    return Response(page, media_type="text/html; charset=utf-8")


async def _found(
    session: AsyncSession, visible: Visibility, check_id: UUID, number: int | None
) -> tuple[FoundCheck, Finding]:
    found = await checks.check(session, visible, check_id)
    made = await checks.findings(session, check_id)
    wanted = [one for one in made if number is None or one.number == number]
    if not wanted:
        raise NotFound(Says("检验结论", "finding"), f"{check_id}/{number or '-'}")
    return found, wanted[-1]


async def _histogram(finding: Finding) -> str:
    frozen = json.loads(finding.body)
    case = case_of(frozen["case"])
    return await svg(histogram(errors_of(case), marks(frozen["result"]), case.unit))


async def _rates(session: AsyncSession, campaign_id: UUID) -> str:
    rows = await campaigns.rates(session, campaign_id)
    return await svg(pass_rates([tuple(row) for row in rows]))
