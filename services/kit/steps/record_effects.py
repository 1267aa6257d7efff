"""Effects that change one record: each is given its row, locked, and the directory of the day."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlmodel import SQLModel

from contracts.agencies import Directory
from contracts.legal_day import legal_day
from contracts.procedure import Line, Payload
from services.kit.steps.effects import Effect, Effects, Follow, Reply, TakenStep
from services.kit.storage.transaction import Transaction

Row = TypeVar("Row", bound=SQLModel)
P = TypeVar("P", bound=Payload)
Current = Callable[[], Directory]


@dataclass(frozen=True, slots=True)
class At(Generic[Row, P]):
    """A step about to have its effect on the row of its case."""

    row: Row
    step: TakenStep[P]
    directory: Directory

    @property
    def payload(self) -> P:
        return self.step.payload

    @property
    def case_id(self) -> UUID:
        return self.step.case_id

    @property
    def seq(self) -> int:
        """The step's number in its procedure."""
        return self.step.record.seq

    @property
    def on(self) -> date:
        """The legal day on which the step came about."""
        return legal_day(self.step.happened_at)

    @property
    def line(self) -> Line:
        """The step's line, as it is after it."""
        return next(x for x in self.step.record.state.lines if x.key == self.step.line)

    @property
    def main(self) -> Line:
        """The procedure's main line, as it is after the step."""
        return self.step.record.state.lines[0]

    def opened(self, table: str, number: int = 1) -> tuple[Line, ...]:
        """The lines this step opened: the last ones of their table."""
        lines = [line for line in self.step.record.state.lines if line.table == table]
        return tuple(lines[len(lines) - number :])


ActsOn = Callable[[Transaction, At[Row, P]], Awaitable[Reply | None]]


class RecordEffects(Generic[Row]):
    """Effects of one procedure on rows of one kind, registered all together by `add_to`.

    The primary key of a row is the id of its case. The row is locked before an effect runs, so that
    a case's events are told in the order of their commits.
    """

    def __init__(self, procedure: str, row: type[Row]) -> None:
        self.procedure = procedure
        self._row = row
        self._effects: list[tuple[str, type[Payload], ActsOn[Row, Any]]] = []
        self._opening: Effect[Payload] | None = None
        self._follow: Follow | None = None

    def on(self, *steps: str, payload: type[P]) -> Callable[[ActsOn[Row, P]], ActsOn[Row, P]]:
        """Register the function below as what these steps do."""

        def register(effect: ActsOn[Row, P]) -> ActsOn[Row, P]:
            self._effects.extend((step, payload, effect) for step in steps)
            return effect

        return register

    def opening(self, effect: Effect[Payload]) -> Effect[Payload]:
        """Register what makes the row when the procedure opens, where nobody made it before.

        What is registered for `open` beside it runs after it, on the row it made.
        """
        self._opening = effect
        return effect

    def after_each(self, follow: Follow) -> Follow:
        """Register what follows every step of the procedure."""
        self._follow = follow
        return follow

    def add_to(self, effects: Effects, directory: Current) -> None:
        opening = self._opening
        if opening is not None and all(step != "open" for step, _, _ in self._effects):
            effects.on(self.procedure, "open", payload=Payload)(opening)
        for step, payload, act in self._effects:
            effect = self._locked(act, directory)
            if step == "open" and opening is not None:
                effect = _in_turn(opening, effect)
            effects.on(self.procedure, step, payload=payload)(effect)
        if self._follow is not None:
            effects.after_each(self.procedure)(self._follow)

    def _locked(self, act: ActsOn[Row, P], directory: Current) -> Effect[P]:
        async def effect(tx: Transaction, step: TakenStep[P]) -> Reply | None:
            row = await tx.lock(self._row, step.case_id)
            return await act(tx, At(row, step, directory()))

        return effect


def effects_of(directory: Current, *concerns: RecordEffects[Any]) -> Effects:
    """All effects of a service, with the directory they are given."""
    found = Effects()
    for concern in concerns:
        concern.add_to(found, directory)
    return found


def _in_turn(first: Effect[Any], then: Effect[Any]) -> Effect[Any]:
    async def both(tx: Transaction, step: TakenStep[Any]) -> Reply | None:
        await first(tx, step)
        return await then(tx, step)

    return both
