"""The HTTP door to the records of a procedure: list, detail, timeline and steps, in one form.

What is special about a kind of record is said by its `Records`; the routes are made from it. Each
opens its session with `seeing`, so that the database shows what the asker may see and no more.
"""

import inspect
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.agencies import Directory, Principal
from contracts.says import Says
from services.kit.errors import NotFound
from services.kit.http import dependencies as ask
from services.kit.http.dependencies import TheDirectory, TheRecord, Visible
from services.kit.http.pages import Page, ThePage
from services.kit.http.steps import Find, step_router
from services.kit.http.views import LoggedStep, PageView, View
from services.kit.rights.identity import Asking
from services.kit.rights.visibility import Visibility, seeing
from services.kit.storage.record_queries import logged_steps

Key = TypeVar("Key")
Record = TypeVar("Record")
MOST_STEPS = 500
AfterStep = Annotated[int, Query(ge=0, lt=2**31)]
Steps = Annotated[int, Query(ge=1, le=MOST_STEPS)]


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whoever asks: who they are, what they may see, and a session that shows it."""

    who: Principal
    visible: Visibility
    directory: Directory
    session: AsyncSession


async def viewer(
    record: TheRecord, who: Asking, visible: Visible, directory: TheDirectory
) -> AsyncIterator[Viewer]:
    async with seeing(record, visible) as session:
        yield Viewer(who, visible, directory, session)


TheViewer = Annotated[Viewer, Depends(viewer, scope="function")]
"""For every route that reads: one transaction, which ends before the answer is sent."""


def by_id(case: UUID) -> UUID:
    return case


@dataclass(frozen=True, kw_only=True)
class Records(Generic[Key, Record]):
    """How one kind of record is asked for and shown. All functions are the service's own."""

    path: str
    """Such as `/cases`."""
    procedure: str | None
    """Whose steps are taken below `path`; none where it differs by record (`steps` knows)."""
    tag: str
    noun: Says
    """What there is none of, where there is none: `案件`, `case`."""

    filters: Callable[..., Any]
    """A dataclass: its fields are the query parameters that narrow the list."""
    listed: Callable[[Viewer, Any, Page], Awaitable[PageView]]
    page: type[PageView]
    """What `listed` gives."""

    find: Callable[[AsyncSession, Visibility, Key], Awaitable[Record]]
    """One record, if it is in sight; raises `NotFound` otherwise."""
    case_id: Callable[[Record], UUID]
    """The id by which its steps are taken."""
    shown: Callable[[Viewer, Record], Awaitable[View]]
    view: type[View]
    """What `shown` gives."""

    steps: Callable[[AsyncSession, Record, int, int], Awaitable[Sequence[Any]]] | None = None
    """Its step log from behind a number on, at most so many; none: all of it may be seen."""
    step: type[LoggedStep] = LoggedStep

    one: str = "/{case}"
    """The path of one record below `path`, and how its parameters, and a text, name a record."""
    key: Callable[..., Key] = by_id  # type: ignore[assignment]
    named: Callable[[str], Key] = UUID  # type: ignore[assignment]

    async def timeline(
        self, viewer: Viewer, record: Record, after: int, limit: int
    ) -> Sequence[LoggedStep]:
        if self.steps is not None:
            rows = await self.steps(viewer.session, record, after, limit)
        else:
            assert self.procedure is not None, "`steps` says whose log it is"
            id_ = self.case_id(record)
            rows = await logged_steps(viewer.session, self.procedure, id_, after, limit)
        return [self.step.model_validate(row) for row in rows]


def record_router(of: Records[Any, Any]) -> APIRouter:
    """`GET <path>`, `GET <path>/{case}`, `GET <path>/{case}/timeline`; and the steps' routes."""
    router = APIRouter(prefix=of.path, tags=[of.tag])
    filters, key = Depends(of.filters), Depends(of.key)

    @router.get("", response_model=of.page, description=inspect.getdoc(of.listed))
    async def listed(viewer: TheViewer, page: ThePage, filters: Annotated[Any, filters]) -> Any:
        return await of.listed(viewer, filters, page)

    @router.get(of.one, response_model=of.view, description=inspect.getdoc(of.shown))
    async def detail(viewer: TheViewer, key: Annotated[Any, key]) -> Any:
        return await of.shown(viewer, await of.find(viewer.session, viewer.visible, key))

    @router.get(f"{of.one}/timeline", response_model=Sequence[of.step])  # type: ignore[name-defined]
    async def timeline(
        viewer: TheViewer, key: Annotated[Any, key], after: AfterStep = 0, limit: Steps = MOST_STEPS
    ) -> Any:
        """Every step taken, in order, from behind `after` on: by whom, when, on which article."""
        return await of.timeline(
            viewer, await of.find(viewer.session, viewer.visible, key), after, limit
        )

    whole = APIRouter()
    whole.include_router(router)
    if of.procedure is not None:
        whole.include_router(step_router(of.procedure, of.path, finder(of)))
    return whole


def finder(of: Records[Any, Any], named: Callable[[str], Any] | None = None) -> Find:
    """Finds the record whose step is asked for, if the asker may see it."""
    read = named or of.named

    async def find(request: Request, asking: Principal, text: str) -> UUID:
        try:
            key = read(text)
        except ValueError as error:
            raise NotFound(of.noun, text) from error
        directory = ask.directory(request)
        visible = ask.visible(asking, directory, ask.clock(request))
        async with _looking(ask.record(request), asking, visible, directory) as viewer:
            return of.case_id(await of.find(viewer.session, viewer.visible, key))

    return find


_looking = asynccontextmanager(viewer)
