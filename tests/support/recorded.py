"""A procedure played without a server, with the record its service is asked to write."""

from typing import Any

from contracts.procedure import RecordStep
from tests.support.play import Play
from workflows.procedure.model import Procedure
from workflows.procedure.state import Taken, open_steps


class Recorded(Play):
    """Keeps each step as its owner is asked to write it down."""

    def __init__(self, procedure: Procedure, **opening: Any) -> None:
        self.records: list[RecordStep] = []
        super().__init__(procedure, **opening)

    @property
    def last(self) -> RecordStep:
        return self.records[-1]

    def _adopt(self, taken: Taken) -> None:
        told = len(self.told)
        super()._adopt(taken)
        asked = taken.step
        line = next((x for x in self.state.lines if x.key == taken.line), None)
        self.records.append(
            RecordStep(
                request_id=asked.request_id,
                digest=asked.digest,
                procedure=self.state.procedure,
                case_id=self.state.case_id,
                seq=self.state.seq,
                step=asked.step,
                line=taken.line,
                table=line.table if line else "",
                basis=taken.basis,
                by=asked.by,
                payload=asked.payload,
                taken_at=self.now,
                happened_at=taken.happened_at,
                state=self.state,
                open_steps=open_steps(self.procedure, self.state),
                tells=tuple(self.told[told:]),
            )
        )
