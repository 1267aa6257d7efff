"""What every effect of a case may use: the procedure's name, and the numbers of its papers."""

from typing import Any

from sqlalchemy import text

from contracts.says import Says
from services.enforcement.models import Case, Document
from services.enforcement.queries import PROCEDURE
from services.enforcement.rules.document_numbers import DocumentKind, document_number
from services.kit.errors import Refusal
from services.kit.steps.record_effects import At, RecordEffects
from services.kit.storage.transaction import Transaction


def case_effects() -> RecordEffects[Case]:
    """For the effects of one concern of a case."""
    return RecordEffects(PROCEDURE, Case)


async def issue(
    tx: Transaction, at: At[Case, Any], kind: DocumentKind, stated: str | None = None
) -> str:
    """Give a paper of the case its number: the one stated, or the next of its agency and year."""
    number = stated or await _next_number(tx, at, kind)
    tx.add(
        Document(
            case_id=at.case_id,
            seq=at.seq,
            kind=kind,
            number=number,
            line=at.step.line,
            issued_on=at.on,
        )
    )
    return number


async def _next_number(tx: Transaction, at: At[Case, Any], kind: DocumentKind) -> str:
    agency = at.directory.agency(at.row.agency, at.on)
    if agency is None or agency.document_prefix is None:
        raise Refusal(
            "no_document_prefix",
            Says(
                f"辖区名录中没有 {at.row.agency} 的文书地区代字。",
                f"The directory has no area mark for the papers of {at.row.agency}",
            ),
            agency=at.row.agency,
        )
    bound = {"prefix": agency.document_prefix, "kind": kind, "year": at.on.year}
    serial = (await tx.session.execute(_NEXT, bound)).scalar_one()
    return document_number(agency.document_prefix, kind, at.on.year, serial)


# The counter's row stays locked until the commit, so a number that is rolled back is not lost.
_NEXT = text(
    """
    INSERT INTO serial (prefix, kind, year, last) VALUES (:prefix, :kind, :year, 1)
    ON CONFLICT (prefix, kind, year) DO UPDATE SET last = serial.last + 1
    RETURNING last
    """
)
