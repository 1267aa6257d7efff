"""Procedures as the engine really plays them, written down as their workflow asks for it."""

from typing import Any

from contracts.procedure import RecordStep
from tests.support.play import Play
from workflows.procedure.model import Procedure
from workflows.procedure.state import Taken, open_steps


class Recorded(Play):
    """A play that keeps what the workflow would ask coordination to record, step by step."""

    def __init__(self, procedure: Procedure, **opening: Any) -> None:
        self.records: list[RecordStep] = []
        super().__init__(procedure, **opening)

    @property
    def last(self) -> RecordStep:
        return self.records[-1]

    def _adopt(self, taken: Taken) -> None:
        seen = len(self.told) if self.records else 0
        if not self.records:
            self.told = []
        super()._adopt(taken)
        line = next((x for x in self.state.lines if x.key == taken.line), None)
        self.records.append(
            RecordStep(
                request_id=taken.step.request_id,
                digest=taken.step.digest,
                procedure=self.state.procedure,
                case_id=self.state.case_id,
                seq=self.state.seq,
                step=taken.step.step,
                line=taken.line,
                table=line.table if line else "",
                basis=taken.basis,
                by=taken.step.by,
                payload=taken.step.payload,
                taken_at=self.now,
                happened_at=taken.happened_at,
                state=self.state,
                open_steps=open_steps(self.procedure, self.state),
                tells=tuple(self.told[seen:]),
            )
        )
