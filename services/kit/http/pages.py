"""Which part of a list is asked for, and the cursor that leads from one part to the next."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, TypeVar
from uuid import UUID

from fastapi import Depends, Query
from sqlalchemy import Select, literal, tuple_
from sqlalchemy.orm import Mapped

from contracts.says import Says
from services.kit.errors import Invalid

Shown = TypeVar("Shown")
Place = tuple[datetime, Any]
"""Where a row stands in its list: by its moment, then by its id."""

Limit = Annotated[int, Query(ge=1, le=200)]
"""How many of a list are shown at most."""


@dataclass(frozen=True, slots=True)
class Page:
    """So many rows of a list, from behind a place on."""

    limit: int
    after: Place | None = None

    @classmethod
    def of(cls, limit: int, after: str | None, id_of: Callable[[str], Any] = UUID) -> "Page":
        """`after` is the `next` of the page before; `id_of` reads the id in it."""
        return cls(limit, None if after is None else place_of(after, id_of))

    def cut(
        self, rows: Sequence[Shown], place: Callable[[Shown], Place]
    ) -> tuple[Sequence[Shown], str | None]:
        """What is shown of the rows found, and the cursor of the next page, if there is one.

        One more row was asked for than is shown: that it is there says that a page follows.
        """
        shown = rows[: self.limit]
        return shown, cursor(*place(shown[-1])) if len(rows) > self.limit else None


def page(limit: Limit = 50, after: str | None = None) -> Page:
    return Page.of(limit, after)


ThePage = Annotated[Page, Depends(page)]
"""The part of a list that a request asks for; `after` is the `next` of the part before."""


def newest_first(
    query: Select[Any], page: Page, at: Mapped[datetime], id_: Mapped[UUID]
) -> Select[Any]:
    """The rows of a page, and one more: by their moment and, within one moment, by their id."""
    if page.after is not None:
        query = query.where(tuple_(at, id_) < tuple_(*map(literal, page.after)))
    return query.order_by(at.desc(), id_.desc()).limit(page.limit + 1)


def cursor(moment: datetime, id_: object) -> str:
    """A place as `next` gives it: base64url, so that it stands in an address as it is."""
    return urlsafe_b64encode(f"{moment.isoformat()}|{id_}".encode()).decode().rstrip("=")


def place_of(after: str, id_of: Callable[[str], Any]) -> Place:
    """The place a cursor names; also one of the plain forms `moment|id` and `moment/id` of old."""
    try:
        plain = after if "|" in after or "/" in after else _decoded(after)
        separator = "|" if "|" in plain else "/"
        at, _, id_ = plain.partition(separator)
        return datetime.fromisoformat(at).astimezone(), id_of(id_)
    except (ValueError, OverflowError) as error:
        raise Invalid(
            Says("after 应为上一页的 next。", "`after` is what `next` of the last page was"),
            field="after",
            rule="cursor",
        ) from error


def number_id(written: str) -> int:
    """A row's number, where rows are numbered: as large as the database counts."""
    if not written.isdecimal() or (found := int(written)) >= 2**63:
        raise ValueError("no number of a row")
    return found


def text_id(written: str) -> str:
    """An id that is a text."""
    if not written or not written.isprintable():
        raise ValueError("no id of a row")
    return written


def _decoded(after: str) -> str:
    return urlsafe_b64decode(after + "=" * (-len(after) % 4)).decode()
