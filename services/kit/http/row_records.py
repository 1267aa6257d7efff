"""Records shown as their rows are: of what such a service has to say, only what is its own."""

from typing import Any, TypeVar
from uuid import UUID

from sqlmodel import SQLModel

from contracts.catalogue import find_procedure
from services.kit.http.pages import Page
from services.kit.http.records import Records, Viewer
from services.kit.http.views import PageView, View
from services.kit.storage.record_queries import STAGE, FoundRecord, RecordQuery, narrowed

Rows = TypeVar("Rows", bound=SQLModel)


def row_records(
    query: RecordQuery[Rows], *, filters: type[Any], page: type[PageView], view: type[View]
) -> Records[UUID, FoundRecord[Rows]]:
    """`Records` of one query's rows, below their procedure's path in the catalogue.

    `filters`: a dataclass, each field a column that the list may be narrowed by, or `stage`.
    `page` has one field beside `next`: the rows, each in a view of its own. What `view` has beside
    columns is `stage`, and `procedure` and `open_steps` as the procedure has them.
    """
    row = find_procedure(query.procedure)
    if row is None:
        raise LookupError(f"contracts/catalogue.py has no procedure {query.procedure}")
    [rows] = page.model_fields.keys() - {"next"}

    async def listed(viewer: Viewer, filters: Any, part: Page) -> PageView:
        """Those the asker may see, newest first."""
        wanted = narrowed(*((_column(query, name), value) for name, value in vars(filters).items()))
        records = await query.page(viewer.session, viewer.visible, part, *wanted)
        shown, following = part.cut(records, query.place)
        return page.model_validate({rows: [_said(one) for one in shown], "next": following})

    async def shown(_viewer: Viewer, record: FoundRecord[Rows]) -> View:
        """All of one: its record, its clocks and its open steps."""
        return view.model_validate(_said(record))

    return Records(
        path=row.path,
        procedure=row.name,
        tag=f"{row.path.strip('/')} {query.noun.zh}",
        noun=query.noun,
        filters=filters,
        listed=listed,
        page=page,
        find=query.one,
        case_id=query.id_of,
        shown=shown,
        view=view,
    )


def _column(query: RecordQuery[Any], name: str) -> Any:
    return STAGE if name == "stage" else getattr(query.row, name)


def _said(record: FoundRecord[Any]) -> dict[str, Any]:
    row: dict[str, Any] = record.row.model_dump()
    return row | {
        "stage": record.stage,
        "procedure": record.state,
        "open_steps": record.open_steps,
    }
