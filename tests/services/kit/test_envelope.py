"""An event's envelope: what goes in comes out, and bytes that are no event say why."""

import json
from datetime import UTC, datetime

import pytest
from cloudevents.core.bindings.kafka import KafkaMessage, from_binary_event, to_binary_event
from hypothesis import given
from hypothesis import strategies as st

from contracts.topics import MAX_EVENT_BYTES
from services.kit.events.envelope import Envelope, Headers, Unreadable, from_kafka, to_kafka
from services.kit.events.structured import from_structured, to_structured

TIME = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
SERVICE = "/services/enforcement"
TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


def envelope(data: bytes = b'{"a": 1}', source: str = SERVICE, **more: str) -> Envelope:
    return Envelope("id-1", source, "cn.metrology.x.y.v1", "R-1", TIME, data, **more)


def read(
    data: bytes | None = b"{}", key: bytes | None = b"R-1", **changes: bytes | None
) -> Envelope:
    """Read a good record, but for the changes; a header of `b"-"` is left out."""
    headers = dict[str, bytes | None](to_kafka(envelope())[2]) | changes
    said: Headers = [(name, raw) for name, raw in headers.items() if raw != b"-"]
    return from_kafka(key, data, said)


def reason(**changes: bytes | None) -> str:
    with pytest.raises(Unreadable) as refused:
        read(**changes)
    return refused.value.reason_code


def test_an_envelope_comes_back_from_kafka_as_it_went() -> None:
    sent = envelope(traceparent=TRACE, causationid="c-1", signature="a..b", dataschema="urn:x")

    assert from_kafka(*to_kafka(sent)) == sent


def test_an_agencys_events_are_keyed_by_source_and_reference() -> None:
    assert to_kafka(envelope(source="/agencies/county"))[0] == b"/agencies/county#R-1"
    assert to_kafka(envelope())[0] == b"R-1"


def test_the_cloudevents_library_reads_what_we_write() -> None:
    key, value, headers = to_kafka(envelope(causationid="c-1"))

    event = from_binary_event(KafkaMessage(dict(headers), key, value))

    assert (event.get_id(), event.get_source(), event.get_subject()) == ("id-1", SERVICE, "R-1")
    assert (event.get_time(), event.get_data()) == (TIME, {"a": 1})
    assert event.get_extension("causationid") == "c-1"


def test_we_read_what_the_cloudevents_library_writes() -> None:
    key, value, headers = to_kafka(envelope())
    written = to_binary_event(from_binary_event(KafkaMessage(dict(headers), key, value)))

    ours = from_kafka(key, written.value, list(written.headers.items()))

    assert (ours.id, ours.type, ours.time) == ("id-1", "cn.metrology.x.y.v1", TIME)
    assert json.loads(ours.data) == {"a": 1}


@pytest.mark.parametrize(
    ("name", "raw", "code"),
    [
        ("ce_id", None, "null_header"),
        ("ce_id", b"\xff\xfe", "non_utf8_header"),
        ("ce_id", b"-", "missing_attribute"),
        ("ce_id", b"", "missing_attribute"),
        ("ce_id", b"a\x00b", "unprintable_attribute"),
        ("ce_id", b"x" * 501, "attribute_too_long"),
        ("ce_specversion", b"0.3", "wrong_specversion"),
        ("ce_specversion", b"-", "wrong_specversion"),
        ("ce_time", b"yesterday", "bad_time"),
        ("ce_time", b"2026-03-02T09:15:00", "bad_time"),
        ("ce_time", b"0001-01-01T00:00:00+14:00", "bad_time"),
        ("ce_signature", b"s" * 2001, "attribute_too_long"),
        ("content-type", b"text/xml", "wrong_content_type"),
        ("ce_subject", b"R-2", "wrong_key"),
    ],
)
def test_a_bad_header_is_named(name: str, raw: bytes | None, code: str) -> None:
    assert reason(**{name: raw}) == code


def test_a_header_given_twice_is_refused() -> None:
    key, value, headers = to_kafka(envelope())

    with pytest.raises(Unreadable) as refused:
        from_kafka(key, value, [*headers, ("ce_id", b"other")])

    assert refused.value.reason_code == "repeated_attribute"


def test_headers_that_are_not_ours_are_left_alone() -> None:
    assert read(**{"x-broker": None, "x-other": b"\xff"}).id == "id-1"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (None, "null_value"),
        (b"x" * (MAX_EVENT_BYTES + 1), "too_large"),
        (b'{"a": "\x00"}', "nul_in_data"),
        (b'{"a": "\\u0000"}', "nul_in_data"),
    ],
)
def test_bad_data_is_refused(data: bytes | None, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(data)

    assert refused.value.reason_code == code


@pytest.mark.parametrize("key", [None, b"", b"\xff", b"R-2"])
def test_a_record_under_another_key_is_refused(key: bytes | None) -> None:
    with pytest.raises(Unreadable, match="key"):
        read(key=key)


@given(
    key=st.none() | st.binary(),
    value=st.none() | st.binary(),
    headers=st.lists(
        st.tuples(
            st.sampled_from(["ce_id", "ce_time", "ce_type", "content-type", "traceparent"])
            | st.text(),
            st.none() | st.binary(),
        )
    ),
)
def test_no_bytes_raise_anything_else(
    key: bytes | None, value: bytes | None, headers: list[tuple[str, bytes | None]]
) -> None:
    with pytest.raises(Unreadable):
        from_kafka(key, value, headers)


# ── structured mode ──────────────────────────────────────────────────────────────────────────────


def structured(data: str, **changes: object) -> bytes:
    head = {
        "specversion": "1.0",
        "id": "id-1",
        "source": "/agencies/county",
        "type": "t.v1",
        "subject": "R-1",
        "time": "2026-03-02T09:15:00+08:00",
    } | changes
    return (json.dumps(head)[:-1] + f', "data" : {data} }}').encode()


@pytest.mark.parametrize("data", ['{ "b":1,\n "a":  2.50 }', '"文"', "[1, 2]", '{"a": "\\u6587"}'])
def test_data_stays_byte_for_byte_as_sent(data: str) -> None:
    assert from_structured(structured(data)).data == data.encode()


def test_an_envelope_comes_back_from_structured_mode_as_it_went() -> None:
    sent = envelope('{ "名" : 1.0 }'.encode(), traceparent=TRACE, signature="a..b")

    assert from_structured(to_structured(sent)) == sent


@pytest.mark.parametrize("data", [b"no json", b"\xff", b" 1 ", b"NaN", b""])
def test_data_that_is_no_json_text_goes_as_base64(data: bytes) -> None:
    assert from_structured(to_structured(envelope(data))).data == data


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "malformed_json"),
        (b"\xff", "malformed_json"),
        (b"[1]", "malformed_json"),
        (b"{", "malformed_json"),
        (b'{"data": {}', "malformed_json"),
        (b'{"data": NaN}', "malformed_json"),
        (b'{"data": 1} x', "malformed_json"),
        (b'{"id": "1", "id": "2"}', "malformed_json"),
        (b'{"data":' + b"[" * 100_000, "malformed_json"),
        (b'{"id": 7, "data": 1}', "bad_attribute"),
        (b'{"id": "1"}', "missing_data"),
        (b'{"data": 1, "data_base64": "MQ=="}', "missing_data"),
        (b'{"data_base64": "?"}', "bad_base64"),
        (b'{"data_base64": 5}', "bad_base64"),
        (structured("1", time="soon"), "bad_time"),
        (structured("1", id=""), "missing_attribute"),
    ],
)
def test_a_body_that_is_no_event_says_why(body: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        from_structured(body)

    assert refused.value.reason_code == code


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists))
def test_any_json_data_survives_with_its_bytes(data: object) -> None:
    spelled = json.dumps(data, ensure_ascii=False)
    if "\\u0000" not in spelled:
        assert from_structured(structured(spelled)).data == spelled.encode()
