"""Campaigns: opened, drawn in public, and everything anyone needs to hold the draw again."""

from typing import Any
from uuid import UUID, uuid4

from fastapi import APIRouter, status

from contracts.agencies import Agency, Role
from contracts.legal_day import legal_day
from contracts.says import Says
from services.kit.errors import Forbidden, Invalid
from services.kit.http.dependencies import TheClock, TheDirectory, TheRecord, Visible
from services.kit.http.pages import ThePage
from services.kit.http.records import TheViewer
from services.kit.rights.identity import Asking, require_role
from services.kit.rights.visibility import seeing
from services.kit.storage.transaction import transaction
from services.net_content.drawing import OFFICERS, hold_draw, open_campaign
from services.net_content.queries import campaigns as queries
from services.net_content.rules.checks.judging import in_force, is_regime
from services.net_content.rules.draw.credit import weights_problem
from services.net_content.rules.draw.drawing import MAX_WEIGHT, DrawTerms
from services.net_content.rules.draw.record import record_of
from services.net_content.showing import campaign_view
from services.net_content.views import CampaignPage, CampaignView, HoldDraw, OpenCampaign

router = APIRouter(prefix="/campaigns", tags=["campaigns 抽查任务"])
OPEN, DRAW = (Role.HEAD, Role.UNIT_HEAD), (Role.HEAD, Role.UNIT_HEAD, Role.LIAISON)


@router.post("", status_code=status.HTTP_201_CREATED)
async def open_(
    *,
    asking: Asking,
    record: TheRecord,
    visible: Visible,
    where: TheDirectory,
    now: TheClock,
    body: OpenCampaign,
) -> CampaignView:
    """Fix and hash the list, and commit to the seed; the draw is a step of its own."""
    require_role(asking, *OPEN)
    on = legal_day(now.now())
    agency = where.agency(asking.agency, on)
    if agency is None:
        raise Forbidden(
            Says(f"{asking.agency} 已不存续。", f"{asking.agency} does not stand today")
        )
    body = _checked(body, agency, on)
    async with transaction(record, visible=visible) as tx:
        campaign = await open_campaign(tx, uuid4(), body, agency=agency, where=where, now=now.now())
    return campaign_view(campaign)


@router.post("/{campaign_id}/draw")
async def draw(
    *,
    asking: Asking,
    record: TheRecord,
    visible: Visible,
    now: TheClock,
    campaign_id: UUID,
    body: HoldDraw,
) -> CampaignView:
    """Hold the draw: subjects, lots and inspectors; the seed is public from now on."""
    require_role(asking, *DRAW)
    async with transaction(record, visible=visible) as tx:
        campaign, _ = await queries.campaign(tx.session, visible, campaign_id)
        if campaign.agency != asking.agency:
            raise Forbidden(
                Says(f"须由 {campaign.agency} 组织抽取。", f"{campaign.agency} holds this draw")
            )
        campaign = await hold_draw(tx, campaign_id, body.public_word, now.now())
    return await campaign_(record, visible, campaign_id)


@router.get("")
async def campaigns(viewer: TheViewer, page: ThePage) -> CampaignPage:
    """Campaigns of the asker's agency and of those below it, newest first."""
    found = await queries.campaigns(viewer.session, viewer.visible, page)
    shown, following = page.cut(found, lambda one: (one[0].opened_at, one[0].id))
    return CampaignPage(campaigns=tuple(campaign_view(*one) for one in shown), next=following)


@router.get("/{campaign_id}", name="campaign")
async def campaign_(record: TheRecord, visible: Visible, campaign_id: UUID) -> CampaignView:
    """One campaign, with how many of its lots passed and failed."""
    async with seeing(record, visible) as session:
        return campaign_view(*await queries.campaign(session, visible, campaign_id))


@router.get("/{campaign_id}/draw")
async def draw_record(record: TheRecord, visible: Visible, campaign_id: UUID) -> dict[str, Any]:
    """The record of the draw: `steelyard draw verify` needs nothing else."""
    async with seeing(record, visible) as session:
        campaign, _ = await queries.campaign(session, visible, campaign_id)
        entries = await queries.entries(session, campaign_id)
        drawn = await queries.drawn(session, campaign_id)
    held = campaign.drawn_at is not None
    told = record_of(
        entries,
        tuple(campaign.inspectors),
        DrawTerms(campaign.wanted, campaign.lots_each, OFFICERS),
        committed=campaign.commitment,
        seed=campaign.seed if held else None,
        public_word=campaign.public_word,
        drawn=drawn,
    )
    # the list as it was hashed when the campaign was opened
    return {"campaign_id": str(campaign_id)} | told | {"list_sha256": campaign.list_sha256}


def _checked(body: OpenCampaign, agency: Agency, on: Any) -> OpenCampaign:
    """What the rules say of weights, regime, region and drills."""
    problem = weights_problem(body.weights, MAX_WEIGHT)
    if problem:
        raise Invalid(problem, field="weights", rule="draw")
    if body.regime is not None and not is_regime(body.regime):
        says = Says(f"没有「{body.regime}」这一规则版本。", f"There is no edition {body.regime}")
        raise Invalid(says, field="regime", rule="regime")
    if body.region is not None and not agency.covers(body.region):
        says = Says("该区划不在本机关辖区内。", f"{agency.code} is not competent for {body.region}")
        raise Invalid(says, field="region", rule="jurisdiction")
    return body.model_copy(update={"regime": body.regime or in_force(on)})
