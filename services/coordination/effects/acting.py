"""What an effect of a matter is given: its row, locked, and the directory of the day."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID

from contracts.agencies import AgencyCode, Directory
from contracts.legal_day import legal_day
from contracts.procedure import Line, Payload
from contracts.says import Says
from services.coordination.effects.matters import follow, put_on_record
from services.coordination.models import Matter, Paper
from services.coordination.rules.sharing import Audience
from services.kit.effects import Effects, Reply, Step
from services.kit.errors import Invalid
from services.kit.transaction import Transaction

P = TypeVar("P", bound=Payload)


@dataclass(frozen=True, slots=True)
class At(Generic[P]):
    """A step about to have its effect on a matter."""

    matter: Matter
    step: Step[P]
    directory: Directory

    @property
    def payload(self) -> P:
        return self.step.payload

    @property
    def id(self) -> UUID:
        return self.matter.id

    @property
    def on(self) -> date:
        """The legal day on which the step came about."""
        return legal_day(self.step.happened_at)

    @property
    def line(self) -> Line:
        """The step's line, as it is after it."""
        return next(x for x in self.step.record.state.lines if x.key == self.step.line)

    def opened(self, table: str, number: int) -> tuple[Line, ...]:
        """The lines this step opened: the last ones of their table."""
        lines = [line for line in self.step.record.state.lines if line.table == table]
        return tuple(lines[-number:])

    def known(self, code: AgencyCode, field: str) -> AgencyCode:
        """The code of an agency there is on that day; refused otherwise."""
        if self.directory.agency(code, self.on) is None:
            raise Invalid(
                Says(
                    f"本辖区名录中没有 {code}。",
                    f"{code} is no agency of this jurisdiction on {self.on}",
                ),
                field=field,
                rule="directory",
            )
        return code

    def paper(
        self,
        kind: str,
        number: int = 1,
        *,
        audience: Audience,
        line: str | None = None,
        **stated: Any,
    ) -> Paper:
        """A paper this step brings to the file; of its own line, if no other is named."""
        return Paper(
            matter_id=self.id,
            seq=self.step.record.seq,
            number=number,
            kind=kind,
            line=line or self.step.line,
            agency=self.step.by.agency,
            audience=audience,
            filed_at=self.step.happened_at,
            **stated,
        )


ActsOn = Callable[[Transaction, At[P]], Awaitable[Reply | None]]


class MatterEffects:
    """Effects of one procedure between agencies, registered all together by `add_to`."""

    def __init__(self, procedure: str) -> None:
        self._procedure = procedure
        self._found: list[tuple[str, type[Payload], ActsOn[Any]]] = []

    def on(self, *steps: str, payload: type[P]) -> Callable[[ActsOn[P]], ActsOn[P]]:
        """Register the function below as what these steps do."""

        def register(effect: ActsOn[P]) -> ActsOn[P]:
            self._found.extend((step, payload, effect) for step in steps)
            return effect

        return register

    def add_to(self, effects: Effects, directory: Callable[[], Directory]) -> None:
        own = {step: (payload, effect) for step, payload, effect in self._found}
        _, opening = own.pop("open", (Payload, None))
        effects.on(self._procedure, "open", payload=Payload)(_opening(opening, directory))
        effects.after_each(self._procedure)(follow)
        for step, (payload, effect) in own.items():
            acting = _with_matter(effect, directory)
            effects.on(self._procedure, step, payload=payload)(acting)


def _opening(
    effect: ActsOn[Any] | None, directory: Callable[[], Directory]
) -> Callable[[Transaction, Step[Payload]], Awaitable[Reply | None]]:
    """Every matter is put on record first; its own effect, if it has one, comes after."""

    async def act(tx: Transaction, step: Step[Payload]) -> Reply | None:
        await put_on_record(tx, step)
        return await _with_matter(effect, directory)(tx, step) if effect else None

    return act


def _with_matter(
    effect: ActsOn[P], directory: Callable[[], Directory]
) -> Callable[[Transaction, Step[P]], Awaitable[Reply | None]]:
    async def act(tx: Transaction, step: Step[P]) -> Reply | None:
        # locked first: the matter's events are told in the order of their commits
        matter = await tx.lock(Matter, step.case_id)
        return await effect(tx, At(matter, step, directory()))

    return act
