"""Records that are rows of one query: a service says of them what is its own, and no more."""

from collections.abc import Awaitable, Callable
from dataclasses import fields
from typing import Any, TypeVar

from sqlmodel import SQLModel

from contracts.catalogue import find_procedure
from services.kit.http.pages import Page
from services.kit.http.records import Records, Viewer
from services.kit.http.views import PageView, View
from services.kit.storage.record_queries import STAGE, FoundRecord, RecordQuery, narrowed

Rows = TypeVar("Rows", bound=SQLModel)
RowLine = Callable[[Viewer, FoundRecord[Rows]], Any]
"""What a list gives of a record."""


def as_it_is(_viewer: Viewer, record: FoundRecord[Any]) -> dict[str, Any]:
    """All its columns, with `stage`, `procedure` and `open_steps`; a view takes what it has."""
    columns: dict[str, Any] = record.row.model_dump()
    return columns | {
        "stage": record.stage,
        "procedure": record.state,
        "open_steps": record.open_steps,
    }


def row_records(
    query: RecordQuery[Rows],
    *,
    filters: type[Any],
    page: type[PageView],
    view: type[View],
    line: RowLine[Rows] = as_it_is,
    **special: Any,
) -> Records[Any, FoundRecord[Rows]]:
    """`Records` of one query's rows, at their procedure's path in the catalogue.

    `filters`: a dataclass, each field a column that the list may be narrowed by, or `stage`.
    `page` has one field beside `next`: the rows, of which `line` gives each.
    `special`: what else is not as usual, by its name in `Records`.
    """
    procedure = find_procedure(query.procedure)
    if procedure is None:
        raise LookupError(f"contracts/catalogue.py has no procedure {query.procedure}")

    async def shown(viewer: Viewer, record: FoundRecord[Rows]) -> View:
        """All of one: its record, its clocks and its open steps."""
        return view.model_validate(as_it_is(viewer, record))

    usual: dict[str, Any] = {
        "path": procedure.path,
        "procedure": procedure.name,
        "tag": f"{procedure.path.strip('/')} {query.noun.zh}",
        "noun": query.noun,
        "filters": filters,
        "listed": _listing(query, filters, page, line),
        "page": page,
        "find": query.one,
        "case_id": query.id_of,
        "shown": shown,
        "view": view,
    }
    return Records(**(usual | special))


def _listing(
    query: RecordQuery[Rows], filters: type[Any], page: type[PageView], line: RowLine[Rows]
) -> Callable[[Viewer, Any, Page], Awaitable[PageView]]:
    columns = {field.name: _column(query, field.name) for field in fields(filters)}
    [rows] = page.model_fields.keys() - {"next"}

    async def listed(viewer: Viewer, filters: Any, part: Page) -> PageView:
        """Those the asker may see, newest first."""
        wanted = narrowed(*((column, getattr(filters, name)) for name, column in columns.items()))
        found = await query.page(viewer.session, viewer.visible, part, *wanted)
        shown, following = part.cut(found, query.place)
        lines = [line(viewer, record) for record in shown]
        return page.model_validate({rows: lines, "next": following})

    return listed


def _column(query: RecordQuery[Any], name: str) -> Any:
    return STAGE if name == "stage" else getattr(query.row, name)
