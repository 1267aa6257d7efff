"""How lists of coordination keep to their page: the newest first, and within one moment by id."""

from typing import Any

from sqlalchemy import ColumnElement, or_

from services.kit.http.pages import Page


def behind(page: Page, at: Any, id_: Any) -> list[ColumnElement[bool]]:
    """What is older than the last one seen, or as old with a larger id."""
    if page.after is None:
        return []
    moment, last = page.after
    return [at <= moment, or_(at < moment, id_ > last)]
