"""One trace goes from the event an agency sends to all that follows from it."""

import dataclasses
from collections.abc import Iterator

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from contracts.procedure import StepOutcome
from deploy.embedded.temporal import Temporal
from services.kit.running.temporal import connect
from services.kit.running.tracing import continued, traced
from services.kit.settings import TemporalSettings
from services.kit.storage.database import Sessions
from tests.delivery.toy.handling import SWITCH
from tests.delivery.toy.stand import Stand
from tests.services.kit.test_take_step import KEYS, Case, asking, workers
from tests.support.signed import signed_report
from tests.support.waiting import eventually

TRACE = "0af7651916cd43dd8448eb211c80319c"
SAMPLED, UNSAMPLED = (f"00-{TRACE}-b7ad6b7169203331-{flag}" for flag in ("01", "00"))


@pytest.fixture(scope="session")
def exporter() -> InMemorySpanExporter:
    """Where spans go; OpenTelemetry lets a process choose only once."""
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    trace.set_tracer_provider(provider)
    return exporter


@pytest.fixture
def spans(exporter: InMemorySpanExporter) -> Iterator[InMemorySpanExporter]:
    exporter.clear()
    yield exporter
    exporter.clear()


def of_the_trace(spans: InMemorySpanExporter) -> set[str]:
    """Names of the spans recorded in the sender's trace."""
    found = spans.get_finished_spans()
    return {s.name for s in found if s.context and s.context.trace_id == int(TRACE, 16)}


@pytest.mark.parametrize(("parent", "recorded"), [(SAMPLED, True), (UNSAMPLED, False)])
async def test_what_is_told_belongs_to_the_trace_of_what_was_heard(
    stand: Stand, spans: InMemorySpanExporter, parent: str, *, recorded: bool
) -> None:
    SWITCH.broken = False
    report = dataclasses.replace(signed_report("R"), traceparent=parent)

    async with stand.hearing(), stand.relaying():
        await stand.send(report)
        [told] = await eventually(stand.told)

    assert told.envelope.causationid == report.id
    assert told.envelope.traceparent is not None
    assert TRACE in told.envelope.traceparent
    heard = f"hear {report.type}"
    assert (heard in of_the_trace(spans)) == recorded


async def test_an_event_without_a_trace_starts_none(
    stand: Stand, spans: InMemorySpanExporter
) -> None:
    async with stand.hearing(), stand.relaying():
        await stand.send(signed_report("R"))
        [told] = await eventually(stand.told)

    assert told.envelope.traceparent is None
    assert spans.get_finished_spans() == ()


async def test_a_procedure_goes_on_with_the_trace_it_was_started_in(
    temporal: Temporal, spans: InMemorySpanExporter, stand: Stand
) -> None:
    sessions: Sessions = stand.sessions
    client = await connect(TemporalSettings(address=temporal.address, codec_keys=KEYS))
    case = Case(client, sessions)
    with continued(SAMPLED, "call after an event"):
        await case.open()

    async with workers(client, sessions):
        outcome = await case.take(asking("note"))

    assert isinstance(outcome, StepOutcome)
    wanted = {"call after an event", "RunWorkflow:toy.v1", "RunActivity:toy.take_step"}
    assert wanted <= of_the_trace(spans)
    [(told,)] = await stand.rows("SELECT traceparent FROM outbox ORDER BY id DESC LIMIT 1")
    assert TRACE in told


def test_an_event_handed_in_without_a_trace_joins_its_requests() -> None:
    with continued(SAMPLED, "a request"):
        mine = traced(signed_report("R"))
        theirs = traced(dataclasses.replace(signed_report("R"), traceparent=UNSAMPLED))

    assert mine.traceparent is not None
    assert TRACE in mine.traceparent
    assert theirs.traceparent == UNSAMPLED
