"""Traces: off, to the console, or to a collector (OTLP, by OpenTelemetry's own settings)."""

import sys

from opentelemetry import trace
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import (
    BatchSpanProcessor,
    ConsoleSpanExporter,
    SimpleSpanProcessor,
)

from services.kit.settings import SteelyardSettings


def configure_telemetry(settings: SteelyardSettings, unit: str) -> None:
    """Once, when a process starts. Off: trace context is still handed on."""
    if settings.telemetry == "off":
        return
    provider = TracerProvider(resource=Resource.create({"service.name": f"steelyard-{unit}"}))
    provider.add_span_processor(_processor(settings))
    trace.set_tracer_provider(provider)


def _processor(settings: SteelyardSettings) -> SpanProcessor:
    if settings.telemetry == "console":
        return SimpleSpanProcessor(
            ConsoleSpanExporter(out=sys.stderr, formatter=lambda span: span.to_json(None) + "\n")
        )
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

    return BatchSpanProcessor(OTLPSpanExporter())
