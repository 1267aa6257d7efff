"""What an effect of a check is given: the check's row, locked, the day, and the directory."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from contracts.agencies import Directory
from contracts.legal_day import legal_day
from contracts.procedure import Payload
from services.kit.effects import Effects, Reply, Step
from services.kit.transaction import Transaction
from services.net_content.models import Check
from services.net_content.queries import PROCEDURE

P = TypeVar("P", bound=Payload)


@dataclass(frozen=True, slots=True)
class At(Generic[P]):
    """A step about to have its effect on a check."""

    check: Check
    step: Step[P]
    directory: Directory

    @property
    def payload(self) -> P:
        return self.step.payload

    @property
    def on(self) -> date:
        """The legal day on which the step came about."""
        return legal_day(self.step.happened_at)


ActsOn = Callable[[Transaction, At[P]], Awaitable[Reply | None]]


class CheckEffects:
    """Effects of one concern of a check, registered all together by `add_to`."""

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
            effects.on(PROCEDURE, step, payload=payload)(_with_check(effect, directory))


def _with_check(
    effect: ActsOn[P], directory: Callable[[], Directory]
) -> Callable[[Transaction, Step[P]], Awaitable[Reply | None]]:
    async def act(tx: Transaction, step: Step[P]) -> Reply | None:
        # locked first: the check's events are told in the order of their commits
        check = await tx.lock(Check, step.case_id)
        return await effect(tx, At(check, step, directory()))

    return act
