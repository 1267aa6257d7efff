"""What an effect of a case is given: the case's row, locked, and the numbers of its papers."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import text

from contracts.agencies import Directory
from contracts.legal_day import legal_day
from contracts.procedure import Payload
from contracts.says import Says
from services.enforcement.models import Case, Document
from services.enforcement.rules.document_numbers import DocumentKind, document_number
from services.kit.effects import Effects, Reply, Step
from services.kit.errors import Refusal
from services.kit.transaction import Transaction

P = TypeVar("P", bound=Payload)
PROCEDURE = "enforcement_case"


@dataclass(frozen=True, slots=True)
class At(Generic[P]):
    """A step about to have its effect on a case."""

    case: Case
    step: Step[P]
    directory: Directory

    @property
    def payload(self) -> P:
        return self.step.payload

    @property
    def case_id(self) -> UUID:
        return self.case.id

    @property
    def seq(self) -> int:
        return self.step.record.seq

    @property
    def on(self) -> date:
        """The legal day on which the step came about."""
        return legal_day(self.step.happened_at)

    def new_line(self, table: str) -> str:
        """The line this step opened; lines are numbered, so it is the last of its table."""
        return [line.key for line in self.step.record.state.lines if line.table == table][-1]


ActsOn = Callable[[Transaction, At[P]], Awaitable[Reply | None]]


class CaseEffects:
    """Effects of one concern of an enforcement case, registered all together by `add_to`."""

    def __init__(self) -> None:
        self._found: list[tuple[str, type[Payload], ActsOn[Any]]] = []

    def on(self, *steps: str, payload: type[P]) -> Callable[[ActsOn[P]], ActsOn[P]]:
        """Register the function below as what these steps do."""

        def register(effect: ActsOn[P]) -> ActsOn[P]:
            self._found.extend((step, payload, effect) for step in steps)
            return effect

        return register

    def add_to(self, effects: Effects, directory: Callable[[], Directory]) -> None:
        for step, payload, effect in self._found:
            effects.on(PROCEDURE, step, payload=payload)(_with_case(effect, directory))


def _with_case(
    effect: ActsOn[P], directory: Callable[[], Directory]
) -> Callable[[Transaction, Step[P]], Awaitable[Reply | None]]:
    async def act(tx: Transaction, step: Step[P]) -> Reply | None:
        # locked first: the case's events are told in the order of their commits
        case = await tx.lock(Case, step.case_id)
        return await effect(tx, At(case, step, directory()))

    return act


async def issue(tx: Transaction, at: At[Any], kind: DocumentKind, stated: str | None = None) -> str:
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


async def _next_number(tx: Transaction, at: At[Any], kind: DocumentKind) -> str:
    agency = at.directory.agency(at.case.agency, at.on)
    if agency is None or agency.document_prefix is None:
        raise Refusal(
            "no_document_prefix",
            Says(
                f"辖区名录中没有 {at.case.agency} 的文书地区代字。",
                f"The directory has no area mark for the papers of {at.case.agency}",
            ),
            agency=at.case.agency,
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
