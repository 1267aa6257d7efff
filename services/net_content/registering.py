"""Writes the register: a hundred thousand rows in a handful of statements."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from services.net_content.rules.sheets.register import Register

AT_ONCE = 20_000
Row = TypeVar("Row")


async def keep(session: AsyncSession, register: Register, agency: str) -> None:
    """What is there already is brought up to date; nothing is taken away."""
    for subjects in _parts(register.subjects.values()):
        bound: dict[str, Any] = {"agency": agency}
        for name in ("code", "name", "region", "credit_class"):
            bound[name] = [getattr(subject, name) for subject in subjects]
        await session.execute(_SUBJECTS, bound)
    for products in _parts(register.products.values()):
        names = ("id", "subject_code", "name", "category", "nominal", "unit")
        await session.execute(
            _PRODUCTS, {name: [getattr(product, name) for product in products] for name in names}
        )


def _parts(rows: Iterable[Row]) -> Iterator[Sequence[Row]]:
    left = iter(rows)
    while part := list(islice(left, AT_ONCE)):
        yield part


_SUBJECTS = text(
    """
    INSERT INTO subject (code, name, region, credit_class, agency)
    SELECT c, n, r, k, CAST(:agency AS text)
    FROM unnest(
        CAST(:code AS text[]), CAST(:name AS text[]), CAST(:region AS text[]),
        CAST(:credit_class AS text[])
    ) AS said (c, n, r, k)
    ORDER BY c
    ON CONFLICT (code) DO UPDATE
    SET name = excluded.name, region = excluded.region, agency = excluded.agency,
        credit_class = coalesce(excluded.credit_class, subject.credit_class)
    """
)
_PRODUCTS = text(
    """
    INSERT INTO product (id, subject_code, name, category, nominal, unit)
    SELECT i, s, n, c, q, u
    FROM unnest(
        CAST(:id AS uuid[]), CAST(:subject_code AS text[]), CAST(:name AS text[]),
        CAST(:category AS text[]), CAST(:nominal AS text[]), CAST(:unit AS text[])
    ) AS said (i, s, n, c, q, u)
    ORDER BY i
    ON CONFLICT (id) DO UPDATE SET category = excluded.category
    """
)
