"""Checks: what their list, their record, their timeline and their steps are."""

from services.kit.http.pages import Page
from services.kit.http.records import Records, Viewer, record_router
from services.net_content.queries import checks as queries
from services.net_content.queries.checks import CheckFilters, FoundCheck
from services.net_content.showing import check_line, check_view
from services.net_content.views import CheckPage, CheckView


async def listed(viewer: Viewer, filters: CheckFilters, page: Page) -> CheckPage:
    """Checks of the asker's agency and of all below it, newest first."""
    found = await queries.checks(viewer.session, viewer.visible, page, filters)
    shown, following = page.cut(found, lambda one: (one.check.drawn_at, one.check.id))
    return CheckPage(checks=tuple(check_line(one) for one in shown), next=following)


async def shown(viewer: Viewer, check: FoundCheck) -> CheckView:
    """The lot, its sampling records, its findings, clocks and open steps."""
    samplings = await queries.samplings(viewer.session, check.check.id)
    return check_view(check, samplings, await queries.findings(viewer.session, check.check.id))


router = record_router(
    Records(
        path="/checks",
        tag="checks 批次检查",
        noun=queries.CHECKS.noun,
        procedure=queries.PROCEDURE,
        filters=CheckFilters,
        listed=listed,
        page=CheckPage,
        find=queries.check,
        case_id=lambda found: found.check.id,
        shown=shown,
        view=CheckView,
    )
)
