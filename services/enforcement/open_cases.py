"""The open cases a batch of reports may join, looked up once and kept up while it is decided."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.agencies import Directory
from contracts.intake import ReportSubmitted
from services.enforcement.rules.subjects import subject_key
from services.enforcement.rules.triage import is_higher

CaseKey = tuple[str, str]
"""A subject's identity and a kind of violation: of one such there is one open case."""


@dataclass(frozen=True, slots=True)
class OpenCase:
    """What a further report needs to know of the case it joins."""

    id: UUID
    agency: str
    level: str
    drill_shift_s: int = 0

    def outranked_by(self, level: str) -> bool:
        return is_higher(level, than=self.level)

    def raised_to(self, level: str) -> "OpenCase":
        return replace(self, level=level)


class OpenCases:
    """Open cases by subject and violation, and the directory the batch is judged by."""

    def __init__(
        self,
        directory: Directory,
        cases: dict[CaseKey, OpenCase] | None = None,
        *,
        drills: bool = False,
    ) -> None:
        self.directory = directory
        self.drills = drills
        self._cases = cases or {}

    def get(self, key: CaseKey) -> OpenCase | None:
        return self._cases.get(key)

    def set(self, key: CaseKey, case: OpenCase) -> None:
        self._cases[key] = case


def key_of(report: ReportSubmitted) -> CaseKey:
    """Subject and violation; a drill's subjects are never those of a real case."""
    subject = subject_key(report.subject_name, report.subject_code, report.region)
    return (f"drill:{subject}" if report.drill_shift_s else subject), report.violation


async def open_cases(
    session: AsyncSession,
    reports: Sequence[ReportSubmitted],
    directory: Directory,
    *,
    drills: bool = False,
) -> OpenCases:
    """Look the batch's cases up, locked: what joins them is told in the order of its commit."""
    keys = sorted({key_of(report) for report in reports})
    bound = {"subjects": [subject for subject, _ in keys], "violations": [v for _, v in keys]}
    rows = await session.execute(_OPEN, bound)
    cases = {
        (row.subject_key, row.violation): OpenCase(row.id, row.agency, row.level, row.drill_shift_s)
        for row in rows
    }
    return OpenCases(directory, cases, drills=drills)


_OPEN = text(
    """
    SELECT id, agency, level, drill_shift_s, subject_key, violation
    FROM enforcement_case
    WHERE open AND (subject_key, violation) IN (
        SELECT s, v
        FROM unnest(CAST(:subjects AS text[]), CAST(:violations AS text[])) AS asked (s, v)
    )
    ORDER BY id
    FOR UPDATE
    """
)
