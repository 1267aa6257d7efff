"""The door to Temporal: one client for everyone, with sealed payloads and the trace carried on."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from temporalio.client import Client
from temporalio.contrib.opentelemetry import TracingInterceptor
from temporalio.contrib.pydantic import PydanticPayloadConverter
from temporalio.converter import (
    CompositePayloadConverter,
    DataConverter,
    DefaultFailureConverterWithEncodedAttributes,
)
from temporalio.worker import Worker

from services.kit.running.codec import SealedPayloads, parse_keys
from services.kit.settings import TemporalSettings
from services.kit.steps.refusals import RefusalsAreFinal

GRACE = timedelta(seconds=15)
"""What a stopping worker may still take to finish what is in hand."""

BUILD_ID = "steelyard"
"""Left out, each worker would name itself by a hash of every module loaded: 3 s of each start."""


_PYDANTIC = PydanticPayloadConverter()


class Pydantic(CompositePayloadConverter):
    """Pydantic's own, with what it has learned of types kept: Temporal makes converters without
    end, one for each payload.
    """

    def __init__(self) -> None:
        super().__init__(*_PYDANTIC.converters.values())


def converter(settings: TemporalSettings) -> DataConverter:
    """Pydantic models, sealed; so are the messages and traces of failures."""
    return DataConverter(
        payload_converter_class=Pydantic,
        payload_codec=SealedPayloads(parse_keys(settings.codec_keys.get_secret_value())),
        failure_converter_class=DefaultFailureConverterWithEncodedAttributes,
    )


async def connect(settings: TemporalSettings, *, lazy: bool = False) -> Client:
    """A client. Lazy: it connects at its first call, so that a unit starts without Temporal."""
    return await Client.connect(
        settings.address,
        namespace=settings.namespace,
        data_converter=converter(settings),
        interceptors=[TracingInterceptor()],
        lazy=lazy,
    )


def activities_worker(
    client: Client, unit: str, activities: Sequence[Callable[..., Any]], *, at_once: int = 20
) -> Worker:
    """The worker of a service: its activities, on the task queue of its name."""
    return Worker(
        client,
        task_queue=unit,
        activities=activities,
        build_id=BUILD_ID,
        interceptors=[RefusalsAreFinal()],
        max_concurrent_activities=at_once,
        graceful_shutdown_timeout=GRACE,
    )
