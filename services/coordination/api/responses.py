"""Fast responses: what their list, their record, their timeline and their steps are."""

from services.coordination.queries import responses as queries
from services.coordination.queries.escalations import escalations_of
from services.coordination.queries.responses import ResponseFilters, Running
from services.coordination.rules.responses import FAST_RESPONSE
from services.coordination.showing.responses import response_summary, response_view
from services.coordination.views.responses import ResponsePage, ResponseView
from services.kit.http.pages import Page
from services.kit.http.records import Records, Viewer, record_router


async def listed(viewer: Viewer, filters: ResponseFilters, page: Page) -> ResponsePage:
    """Fast responses of the asker's agency and of all below it, the newest first."""
    found = await queries.responses(viewer.session, viewer.visible, page, filters)
    shown, following = page.cut(
        found, lambda one: (one.response.mobilised_at, one.response.case_id)
    )
    return ResponsePage(responses=tuple(response_summary(one) for one in shown), next=following)


async def shown(viewer: Viewer, response: Running) -> ResponseView:
    """The record of a response: its stages beside what the level allows, clocks and open steps."""
    session, case_id = viewer.session, response.response.case_id
    return response_view(
        response,
        viewer.directory,
        viewer.who,
        reports=await queries.reports(session, case_id),
        secured=await queries.secured_items(session, case_id),
        escalations=await escalations_of(session, FAST_RESPONSE, case_id),
    )


router = record_router(
    Records(
        path="/responses",
        tag="responses 快速反应",
        noun=queries.RESPONSES.noun,
        procedure=FAST_RESPONSE,
        filters=ResponseFilters,
        listed=listed,
        page=ResponsePage,
        find=queries.response,
        case_id=lambda found: found.response.case_id,
        shown=shown,
        view=ResponseView,
    )
)
