"""What a step does to the world: functions of the owning service, found by the step's name."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from pydantic import JsonValue, ValidationError

from contracts.agencies import Principal
from contracts.procedure import Payload, RecordStep
from contracts.says import Says
from services.kit.errors import Invalid
from services.kit.faults import fields_of
from services.kit.storage.transaction import Transaction

P = TypeVar("P", bound=Payload)
Reply = dict[str, JsonValue]


@dataclass(frozen=True, slots=True)
class TakenStep(Generic[P]):
    """A step as its effect sees it."""

    payload: P
    record: RecordStep

    @property
    def case_id(self) -> UUID:
        return self.record.case_id

    @property
    def by(self) -> Principal:
        return self.record.by

    @property
    def line(self) -> str:
        return self.record.line

    @property
    def taken_at(self) -> datetime:
        """Legal time at which it was taken."""
        return self.record.taken_at

    @property
    def happened_at(self) -> datetime:
        """When the thing came about in law; the clocks count from this."""
        return self.record.happened_at


Effect = Callable[[Transaction, TakenStep[P]], Awaitable[Reply | None]]
Follow = Callable[[Transaction, RecordStep], Awaitable[None]]


class Effects:
    """The effects of one service. A step without one leaves its line in the step log only."""

    def __init__(self) -> None:
        self._effects: dict[tuple[str, str], tuple[type[Payload], Effect[Any]]] = {}
        self._follows: dict[str, Follow] = {}

    def on(
        self, procedure: str, step: str, *, payload: type[P]
    ) -> Callable[[Effect[P]], Effect[P]]:
        """Register the function below as what this step does."""

        def register(effect: Effect[P]) -> Effect[P]:
            if (procedure, step) in self._effects:
                raise ValueError(f"{procedure}.{step} has an effect already")
            self._effects[procedure, step] = (payload, effect)
            return effect

        return register

    def after_each(self, *procedures: str) -> Callable[[Follow], Follow]:
        """Register the function below as what follows every step of these procedures."""

        def register(follow: Follow) -> Follow:
            if twice := self._follows.keys() & set(procedures):
                raise ValueError(f"{min(twice)} is followed already")
            self._follows |= dict.fromkeys(procedures, follow)
            return follow

        return register

    @property
    def steps(self) -> frozenset[tuple[str, str]]:
        """Procedure and name of each step that has an effect."""
        return frozenset(self._effects)

    async def apply(self, tx: Transaction, record: RecordStep) -> Reply:
        """Run the step's effect; what it answers goes back to whoever took the step."""
        reply = await self._apply(tx, record)
        if follow := self._follows.get(record.procedure):
            await follow(tx, record)
        return reply

    async def _apply(self, tx: Transaction, record: RecordStep) -> Reply:
        found = self._effects.get((record.procedure, record.step))
        if found is None:
            return {}
        payload, effect = found
        try:
            parsed = payload.model_validate(record.payload)
        except ValidationError as error:
            says = fields_of(error)
            raise Invalid(
                Says("步骤内容不符合要求。", says), field="payload", rule="schema"
            ) from error
        return await effect(tx, TakenStep(parsed, record)) or {}
