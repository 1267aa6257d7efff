"""Which part of a list is asked for, and what a list keeps to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Text, bindparam, cast

from contracts.agencies import AgencyCode
from contracts.says import Says
from services.kit.errors import Invalid


@dataclass(frozen=True)
class Page:
    """Which part of a list is asked for: so many, after the moment and id of the last one seen."""

    limit: int
    after: tuple[datetime, Any] | None = None

    @classmethod
    def of(cls, limit: int, after: str | None, id_of: Callable[[str], Any]) -> "Page":
        if after is None:
            return cls(limit)
        moment, _, id_ = after.partition("|")
        try:
            return cls(limit, (datetime.fromisoformat(moment).astimezone(), id_of(id_)))
        except (ValueError, OverflowError) as error:
            raise Invalid(
                Says("after 应为上一页的 next。", "`after` is what `next` of the last page was"),
                field="after",
                rule="cursor",
            ) from error

    def next(self, shown: Sequence[tuple[datetime, Any]]) -> str | None:
        """What `after` is for the part that follows; one more was asked for than is shown."""
        if len(shown) <= self.limit:
            return None
        moment, id_ = shown[self.limit - 1]
        return f"{moment.isoformat()}|{id_}"


def bound(agencies: frozenset[AgencyCode]) -> ColumnElement[Any]:
    """The agencies someone sees for, as one bound array."""
    return cast(bindparam("sight", sorted(agencies), unique=True), ARRAY(Text))
