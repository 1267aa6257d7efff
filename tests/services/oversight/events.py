"""Events as oversight hears them, dull but for what a test is about."""

from uuid import UUID, uuid4

from contracts import catalogue
from contracts.agencies import Role
from contracts.enforcement import CaseClosed, CaseFiled
from contracts.intake import ReportSubmitted
from contracts.messages import Event
from contracts.procedure import ProcedureState, StepTaken
from services.kit.events.envelope import Envelope
from services.kit.events.handling import Heard
from services.kit.events.inbox import Incoming
from services.kit.events.signing import sign
from tests.services.oversight.logs import CASE, NOW

SEED = bytes(range(32))


def filed(case_id: UUID = CASE) -> Event:
    return CaseFiled(occurred_at=NOW, case_id=case_id, number="1", filed_on=NOW.date())


def closed(case_id: UUID = CASE) -> Event:
    return CaseClosed(occurred_at=NOW, case_id=case_id, outcome="closed", closed_on=NOW.date())


def step_taken(seq: int, case_id: UUID = CASE, procedure: str = "enforcement_case") -> Event:
    state = ProcedureState(procedure=procedure, version=1, case_id=case_id, seq=seq)
    return StepTaken(
        occurred_at=NOW,
        case_id=case_id,
        procedure=procedure,
        procedure_version=1,
        seq=seq,
        step="investigate",
        line="main",
        by="qian",
        role=Role.INSPECTOR,
        agency="xining",
        request_id=uuid4(),
        taken_at=NOW,
        happened_at=NOW,
        payload_sha256="0" * 64,
        state=state,
    )


def report() -> ReportSubmitted:
    return ReportSubmitted(
        occurred_at=NOW,
        reference="2026-7",
        violation="short_measure",
        region="630102",
        subject_name="某加油站",
        summary="加油机计量作弊",
    )


def told(event: Event, service: str = "enforcement") -> Incoming:
    """An event of a service, as it comes by its topic."""
    envelope = Envelope(
        id=str(uuid4()),
        source=f"/services/{service}",
        type=event.type,
        subject=event.key,
        time=NOW,
        data=event.model_dump_json().encode(),
    )
    return Incoming(Heard(event, envelope, NOW), catalogue.unit(service).topic.name)


def submitted(data: bytes | None = None, type_: str = ReportSubmitted.type) -> Incoming:
    """An agency's signed event; the kit has verified it already."""
    event = report()
    envelope = Envelope(
        id=str(uuid4()),
        source="/agencies/xining",
        type=type_,
        subject=event.reference,
        time=NOW,
        data=event.model_dump_json().encode() if data is None else data,
    )
    return Incoming(Heard(event, sign(envelope, SEED, "xining-1"), NOW), "metrology.intake.v1")
