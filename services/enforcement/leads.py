"""Leads that come from within: a fact of another service, as the report it amounts to (案源)."""

from datetime import timedelta

from contracts.agencies import Directory
from contracts.intake import ReportSubmitted
from contracts.legal_day import legal_day
from contracts.net_content import LotFailed
from contracts.says import Says
from services.kit.errors import Invalid
from services.kit.events.handling import Heard

SHORT = "net_content_short"
"""Kind of violation of the jurisdiction's list (定量包装商品净含量不足)."""


def as_report(event: ReportSubmitted | LotFailed) -> ReportSubmitted:
    """A failing lot as a report; its finding stays attached by hash."""
    if isinstance(event, ReportSubmitted):
        return event
    return ReportSubmitted(
        occurred_at=event.occurred_at,
        reference=f"net-content/{event.case_id}/{event.finding_sha256[:12]}",
        violation=SHORT,
        region=event.region,
        subject_name=event.subject_name,
        subject_code=event.subject_code,
        channel="sampling",
        summary=f"{event.product}:{event.summary}"[:2000],
        goods_value_yuan=event.goods_value_yuan,
        failing_lots=event.failing_lots,
        t2_percent=event.t2_percent,
        evidence=(event.finding_sha256,),
        discovered_on=legal_day(event.occurred_at),
        drill_shift_s=event.drill_shift_s,
    )


def reported(heard: Heard[LotFailed], directory: Directory) -> Heard[ReportSubmitted]:
    """As if the checking agency had sent it at the moment it came about."""
    event = heard.event
    agency = directory.agency(event.agency, legal_day(event.occurred_at))
    if agency is None:
        raise Invalid(
            Says(f"没有机关 {event.agency}。", f"{event.agency} is no agency of this place"),
            field="agency",
            rule="jurisdiction",
        )
    # it is received when it comes about, and a drill's shift will be laid over this again
    received_at = event.occurred_at - timedelta(seconds=event.drill_shift_s)
    return Heard(as_report(event), heard.envelope, received_at, agency)
