"""One trace from hand to hand: what a sender began goes on here, where its sampled flag asks."""

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider

from services.kit.running import tracing

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


def parent(flags: str) -> str:
    return f"00-{TRACE}-00f067aa0ba902b7-{flags}"


@pytest.fixture(autouse=True)
def provider(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trace, "get_tracer", TracerProvider().get_tracer)


@pytest.mark.parametrize("flags", ["01", "03"])
def test_a_sampled_trace_goes_on_in_a_span_of_ours(flags: str) -> None:
    with tracing.continued(parent(flags), "hear") as handed_on:
        assert handed_on is not None
        assert handed_on == tracing.traceparent()

    assert handed_on.split("-")[1] == TRACE
    assert handed_on != parent(flags)


@pytest.mark.parametrize("flags", ["00", "02", "zz"])
def test_a_trace_not_sampled_is_handed_on_as_it_came(flags: str) -> None:
    with tracing.continued(parent(flags), "hear") as handed_on:
        assert handed_on == parent(flags)
        assert tracing.traceparent() is None


def test_without_a_trace_none_is_begun() -> None:
    with tracing.continued(None, "hear") as handed_on:
        assert handed_on is None
        assert tracing.traceparent() is None


def test_what_is_handed_on_is_continued_by_the_next() -> None:
    with tracing.continued(parent("03"), "hear") as first:
        pass
    with tracing.continued(first, "call") as second:
        assert second is not None

    assert second.split("-")[1] == TRACE
    assert second != first
