"""Opens a campaign and holds its draw: list, commitment, seed, and a check for each lot drawn."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from contracts.agencies import Agency, Directory, Role
from contracts.legal_day import legal_day
from contracts.net_content import CampaignDrawn, CampaignOpened, CheckDrawn
from contracts.says import Says
from services.kit.errors import Refusal
from services.kit.storage.bulk import insert_many
from services.kit.storage.transaction import Transaction
from services.net_content.models import Campaign, Candidate, Check
from services.net_content.queries import campaigns as queries
from services.net_content.queries.campaigns import ListedProduct
from services.net_content.rules.draw.credit import class_of, weight_of
from services.net_content.rules.draw.drawing import (
    Drawn,
    DrawTerms,
    ListedSubject,
    Source,
    commitment,
    draw_lots,
    list_hash,
)
from services.net_content.rules.draw.repeat import is_too_soon
from services.net_content.views import OpenCampaign

OFFICERS = 2
"""Two officers on site, as for every act of supervision."""
NO_REPEAT = "no_repeat_check"


class DrawHeld(Refusal):
    """A campaign is drawn once."""

    def __init__(self) -> None:
        super().__init__("draw_held", Says("已经抽取，不得重新抽取。", "The draw was held already"))


async def open_campaign(
    tx: Transaction,
    campaign_id: UUID,
    body: OpenCampaign,
    *,
    agency: Agency,
    where: Directory,
    now: datetime,
) -> Campaign:
    """Fix the list, hash it, and commit to a seed nobody knows yet."""
    at = now + timedelta(seconds=body.drill_shift_s)
    on = legal_day(at)
    inspectors = sorted({h.principal for h in where.holding(Role.INSPECTOR, agency.code, on)})
    if len(inspectors) < OFFICERS:
        raise Refusal(
            "too_few_inspectors",
            Says(
                f"{agency.code} 可供抽取的检查人员不足两人。",
                f"{agency.code} has fewer than two inspectors to draw from",
            ),
        )
    regions = (body.region,) if body.region else agency.regions
    listed = await queries.candidates(tx.session, regions, body.category)
    entries, left_out = _entries(listed, body, where, at)
    if not entries:
        raise Refusal("empty_list", Says("抽查名录为空。", "There is nothing on the list"))
    terms = DrawTerms(body.wanted, body.lots_each, OFFICERS)
    seed = secrets.token_bytes(32)
    campaign = Campaign(
        id=campaign_id,
        agency=agency.code,
        **body.model_dump(include={"name", "kind", "category", "regime", "wanted", "lots_each"}),
        weights=dict(body.weights),
        inspectors=inspectors,
        subjects=len(entries),
        left_out=left_out,
        list_sha256=list_hash(entries, inspectors, terms),
        commitment=commitment(seed),
        seed=seed.hex(),
        opened_at=at,
        drill_shift_s=body.drill_shift_s,
    )
    tx.add(campaign)
    await tx.session.flush()
    await _keep_list(tx, campaign_id, entries)
    tx.emit(
        CampaignOpened(
            occurred_at=at,
            campaign_id=campaign_id,
            agency=agency.code,
            name=campaign.name,
            subjects=len(entries),
            wanted=campaign.wanted,
            list_sha256=campaign.list_sha256,
            commitment=campaign.commitment,
            drill_shift_s=campaign.drill_shift_s,
        )
    )
    return campaign


async def hold_draw(
    tx: Transaction, campaign_id: UUID, public_word: str, now: datetime
) -> Campaign:
    """Draw, publish the seed, set each check going. Asked again with the same word: the same."""
    campaign = await tx.lock(Campaign, campaign_id)
    if campaign.drawn_at is not None:
        if campaign.public_word != public_word:
            raise DrawHeld
        return campaign
    entries = await queries.entries(tx.session, campaign_id)
    source = Source(bytes.fromhex(campaign.seed), campaign.list_sha256, public_word)
    terms = DrawTerms(campaign.wanted, campaign.lots_each, OFFICERS)
    drawn = draw_lots(entries, campaign.inspectors, terms, source)
    at = now + timedelta(seconds=campaign.drill_shift_s)
    campaign.drawn_at, campaign.public_word = at, public_word
    tx.emit(
        CampaignDrawn(
            occurred_at=at,
            campaign_id=campaign_id,
            agency=campaign.agency,
            seed=campaign.seed,
            public_word=public_word,
            list_sha256=campaign.list_sha256,
            checks=len(drawn),
        )
    )
    regions = await queries.regions(tx.session, {lot.code for lot in drawn})
    for number, lot in enumerate(drawn):
        _check(tx, campaign, number, lot, region=regions[lot.code], moment=at)
    return campaign


def _entries(
    listed: Sequence[ListedProduct], body: OpenCampaign, where: Directory, moment: datetime
) -> tuple[list[ListedSubject], int]:
    """The list in the order of codes; a product that passed too recently is left out."""
    on, left_out = legal_day(moment), 0
    months = {region: _months(where, region, moment) for region in {one.region for one in listed}}
    products: dict[str, list[str]] = {}
    subjects: dict[str, ListedProduct] = {}
    for one in listed:
        if is_too_soon(one.passed_on, on, months[one.region], body.kind):
            left_out += 1
            continue
        subjects[one.code] = one
        products.setdefault(one.code, []).append(str(one.product_id))
    entries = []
    for code in sorted(products):
        credit = class_of(subjects[code].credit_class)
        weight = weight_of(credit, body.weights)
        if weight:
            entries.append(ListedSubject(code, credit, weight, tuple(sorted(products[code]))))
    return entries, left_out


async def _keep_list(tx: Transaction, campaign_id: UUID, entries: Sequence[ListedSubject]) -> None:
    """In one statement: a list may have a hundred thousand lines."""
    columns = ("campaign_id", "number", "code", "credit_class", "weight", "products")
    rows = [
        dict(
            zip(
                columns, (campaign_id, n, e.code, e.credit_class, e.weight, e.products), strict=True
            )
        )
        for n, e in enumerate(entries)
    ]
    table = Candidate.__table__  # type: ignore[attr-defined]
    await insert_many(await tx.session.connection(), table, columns, rows)


def _months(where: Directory, region: str, moment: datetime) -> int | None:
    rule = where.rule(NO_REPEAT, region, legal_day(moment))
    return rule.months if rule else None


def _check(
    tx: Transaction, campaign: Campaign, number: int, lot: Drawn, *, region: str, moment: datetime
) -> None:
    check = Check(
        id=uuid5(campaign.id, f"{lot.code}/{lot.product}"),
        campaign_id=campaign.id,
        agency=campaign.agency,
        number=number,
        subject_code=lot.code,
        product_id=UUID(lot.product),
        region=region,
        inspectors=list(lot.inspectors),
        drawn_at=moment,
        drill_shift_s=campaign.drill_shift_s,
    )
    tx.add(check)
    tx.emit(
        CheckDrawn(
            occurred_at=moment,
            case_id=check.id,
            campaign_id=campaign.id,
            agency=check.agency,
            region=region,
            subject_code=check.subject_code,
            product_id=check.product_id,
            inspectors=lot.inspectors,
            drill_shift_s=check.drill_shift_s,
        )
    )
