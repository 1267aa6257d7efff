"""What must hold before a step is taken, and what it is asked of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from contracts.agencies import Principal
from contracts.procedure import ClockState, Line, ProcedureState
from contracts.says import Says

Asks = Literal["state", "person", "payload"]
MAIN = "main"
"""The key of the line that a procedure opens with."""


@dataclass(frozen=True)
class Attempt:
    """A step about to be taken, as a guard sees it."""

    state: ProcedureState
    line: Line
    by: Principal | None
    payload: Mapping[str, Any] | None
    """None while only asking which steps are open."""

    def main(self) -> Line:
        return self.state.lines[0]

    def lines(self, table: str) -> list[Line]:
        return [line for line in self.state.lines if line.table == table]

    def clock(self, name: str, line: str = MAIN) -> ClockState | None:
        return next((c for c in self.state.clocks if (c.line, c.name) == (line, name)), None)


@dataclass(frozen=True)
class Guard:
    """A condition of a step. Pure; what it says is the refusal a person reads, with the article
    that closes the gate.
    """

    holds: Callable[[Attempt], bool]
    zh: str
    en: str
    basis: str
    asks: Asks = "state"
    """What it looks at: guards on a person or a payload are not asked while listing open steps."""

    @property
    def says(self) -> Says:
        """The refusal; the fields stay two, since fingerprints of released tables name them."""
        return Says(self.zh, self.en)


def guard(holds: Callable[[Attempt], bool], says: Says, basis: str, asks: Asks = "state") -> Guard:
    """A condition as new versions of tables write it."""
    return Guard(holds, says.zh, says.en, basis, asks)
