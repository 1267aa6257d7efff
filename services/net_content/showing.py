"""Rows become what the API shows."""

from collections.abc import Sequence
from typing import Any

from services.kit.storage.record_queries import stage_of
from services.net_content.models import Campaign, Finding, Sampling
from services.net_content.queries.checks import FoundCheck
from services.net_content.views import (
    CampaignView,
    CheckLine,
    CheckView,
    FindingView,
    SamplingView,
)


def campaign_view(campaign: Campaign, counted: Any = None) -> CampaignView:
    counts = {name: getattr(counted, name, None) or 0 for name in ("checks", "passed", "failed")}
    seed = campaign.seed if campaign.drawn_at else None  # before the draw nobody may know it
    drill = campaign.drill_shift_s != 0
    return CampaignView.model_validate(
        campaign.model_dump() | counts | {"seed": seed, "drill": drill}
    )


def check_line(check: FoundCheck) -> CheckLine:
    return CheckLine.model_validate(_line(check))


def check_view(
    check: FoundCheck, samplings: Sequence[Sampling], findings: Sequence[Finding]
) -> CheckView:
    return CheckView.model_validate(
        _line(check)
        | {
            "samplings": [SamplingView.model_validate(row) for row in samplings],
            "findings": [FindingView.model_validate(row) for row in findings],
            "procedure": check.state,
            "open_steps": check.open_steps,
        }
    )


def _line(check: FoundCheck) -> dict[str, Any]:
    product = check.product
    return check.check.model_dump() | {
        "subject_name": check.subject.name,
        "product": product.name,
        "category": product.category,
        "nominal": product.nominal,
        "unit": product.unit,
        "stage": stage_of(check.state),
        "drill": check.check.drill_shift_s != 0,
    }
