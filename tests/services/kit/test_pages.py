"""A list goes on where it stopped: cursors of today, and those handed out before."""

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest

from services.kit.errors import Invalid
from services.kit.http.pages import Page, cursor, number_id, place_of, text_id

AT = datetime(2026, 3, 2, 9, 30, 15, 123456, tzinfo=timezone(timedelta(hours=8)))
ID = UUID("4b5d0d57-3f0e-5a1c-9a7a-3c8f0b1f0d52")
ESCALATION = f"fast_response/{ID}/escalation/首报|1"


@pytest.mark.parametrize(
    ("id_", "id_of"), [(ID, UUID), (7, number_id), (2**63 - 1, number_id), (ESCALATION, text_id)]
)
def test_a_cursor_stands_in_an_address_and_is_read_as_it_was_written(id_: Any, id_of: Any) -> None:
    written = cursor(AT, id_)

    assert re.fullmatch(r"[A-Za-z0-9_-]+", written)
    assert place_of(written, id_of) == (AT, id_)


@pytest.mark.parametrize(
    ("written", "id_of", "id_"),
    [
        (f"{AT.isoformat()}/{ID}", UUID, ID),  # cases, checks, campaigns
        (f"{AT.isoformat()}|{ID}", UUID, ID),  # responses, matters
        (f"{AT.isoformat()}|{ESCALATION}", text_id, ESCALATION),
        (f"{AT.isoformat()}|7", number_id, 7),  # the stream
    ],
)
def test_a_cursor_handed_out_before_is_still_read(written: str, id_of: Any, id_: Any) -> None:
    assert place_of(written, id_of) == (AT, id_)


@pytest.mark.parametrize("id_of", [UUID, number_id, text_id])
@pytest.mark.parametrize(
    "rubbish",
    [
        "",
        "yesterday",
        "时间",
        "|",
        "/",
        f"|{ID}",
        f"/{ID}",
        f"yesterday|{ID}",
        f"{AT.isoformat()}|",
        f"{AT.isoformat()}",
        f"{AT.isoformat()}|\x00",
        "9999-12-31T23:59:59-23:00|7",
        "_w",  # bytes that are no text
        cursor(AT, "")[:-3],
        cursor(AT, "\x00"),
    ],
)
def test_what_is_no_cursor_is_refused_by_the_name_of_its_field(rubbish: str, id_of: Any) -> None:
    with pytest.raises(Invalid) as refused:
        place_of(rubbish, id_of)

    assert refused.value.status == 422
    assert refused.value.fields == {"field": "after", "rule": "cursor"}


@pytest.mark.parametrize("number", [2**63, -1, "7.5", "", "seven"])
def test_a_number_is_none_that_the_database_could_not_count(number: object) -> None:
    with pytest.raises(Invalid):
        place_of(f"{AT.isoformat()}|{number}", number_id)


def test_a_page_shows_what_was_asked_for_and_leads_to_the_rest() -> None:
    rows = [(AT - timedelta(hours=n), n) for n in range(3)]

    shown, following = Page(2).cut(rows, lambda row: row)
    rest, nothing = Page.of(2, following, number_id).cut(rows[2:], lambda row: row)

    assert list(shown) == rows[:2]
    assert following is not None
    assert place_of(following, number_id) == rows[1]
    assert (list(rest), nothing) == (rows[2:], None)


def test_a_moment_keeps_its_place_in_whatever_zone_it_is_written() -> None:
    assert place_of(cursor(AT.astimezone(UTC), ID), UUID) == (AT, ID)


def test_a_page_that_is_just_full_has_none_behind_it() -> None:
    rows = [(AT, 1), (AT, 2)]

    assert Page(2).cut(rows, lambda row: row) == (rows, None)
