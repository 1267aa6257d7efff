"""A procedure played without a server, with the record its service is asked to write."""

from datetime import datetime
from typing import Any
from uuid import UUID

from contracts.agencies import Directory
from contracts.procedure import RecordStep
from tests.support.play import A_MONDAY, Play
from workflows.procedure.model import Procedure
from workflows.procedure.state import Taken, open_steps


class Recorded(Play):
    """Keeps each step as its owner is asked to write it down, for the case it is about."""

    def __init__(
        self,
        procedure: Procedure,
        case_id: UUID,
        where: Directory,
        *,
        at: datetime = A_MONDAY,
        **facts: Any,
    ) -> None:
        self.case_id = case_id
        self.records: list[RecordStep] = []
        super().__init__(procedure, where=where, at=at, **facts)

    def _adopt(self, taken: Taken) -> None:
        told = len(self.told)
        super()._adopt(taken)
        self.state = self.state.model_copy(update={"case_id": self.case_id})
        asked = taken.step
        line = next((x for x in self.state.lines if x.key == taken.line), None)
        self.records.append(
            RecordStep(
                request_id=asked.request_id,
                digest=asked.digest,
                procedure=self.state.procedure,
                case_id=self.case_id,
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
