"""Whatever is put on the intake topic: what is no event is set aside, with a reason."""

import asyncio
import dataclasses
import os
import sys
from collections.abc import Callable
from datetime import timedelta

import pytest
from aiokafka.errors import MessageSizeTooLargeError

from contracts.enforcement import ReportLinked
from contracts.topics import MAX_EVENT_BYTES
from services.kit.clock import WallClock
from services.kit.events.envelope import Envelope, to_kafka
from services.kit.events.signing import sign
from tests.delivery.toy.handling import case_of
from tests.delivery.toy.launch import ROOT
from tests.delivery.toy.stand import Stand
from tests.support.examples.intake import report
from tests.support.signed import KIDS, SEEDS, enveloped, signed, signed_report
from tests.support.waiting import eventually

Record = tuple[bytes | None, bytes | None, list[tuple[str, bytes | None]]]


def record(envelope: Envelope) -> Record:
    key, value, headers = to_kafka(envelope)
    return key, value, list(headers)


def with_header(name: str, raw: bytes | None) -> Record:
    key, value, headers = record(signed_report("bad"))
    return key, value, [(n, raw if n == name else r) for n, r in headers]


def with_data(data: bytes) -> Record:
    return record(sign(_with(signed_report("bad"), data=data), SEEDS["county"], KIDS["county"]))


def of_type(type_: str) -> Record:
    said = _with(signed_report("bad"), type=type_)
    return record(sign(said, SEEDS["county"], KIDS["county"]))


def _with(envelope: Envelope, data: bytes | None = None, type: str | None = None) -> Envelope:
    return dataclasses.replace(
        envelope, data=envelope.data if data is None else data, type=type or envelope.type
    )


def missing_field() -> Record:
    return with_data(report(reference="bad").model_dump_json(exclude={"violation"}).encode())


def wrong_signature() -> Record:
    return record(_with(signed_report("bad"), data=signed_report("bad", number=9).data))


def signed_by_another() -> Record:
    city = enveloped(report(reference="bad", occurred_at=WallClock().now()), agency="city")
    return record(sign(city, SEEDS["county"], KIDS["county"]))


def unsigned() -> Record:
    return record(enveloped(report(reference="bad", occurred_at=WallClock().now())))


def from_the_future() -> Record:
    return record(signed_report("bad", at=WallClock().now() + timedelta(minutes=6)))


def an_old_envelope_with_a_future_fact() -> Record:
    late = report(reference="bad", occurred_at=WallClock().now() + timedelta(days=1))
    return record(signed(late, time=WallClock().now()))


def a_services_event() -> Record:
    linked = ReportLinked(
        occurred_at=WallClock().now(),
        case_id=case_of("bad"),
        source="/agencies/county",
        reference="1",
    )
    return record(enveloped(linked, source="/services/enforcement"))


def under_anothers_key() -> Record:
    _, value, headers = record(signed_report("bad"))
    return b"/agencies/city#bad", value, headers


def of_another_subject() -> Record:
    return record(signed(report(reference="bad", occurred_at=WallClock().now()), subject="good"))


BAD: list[tuple[str, Callable[[], Record]]] = [
    ("malformed_json", lambda: with_data(b'{"reference": ')),
    ("malformed_json", lambda: with_data(b"\xff\xfe")),
    ("malformed_json", lambda: with_data(b"[" * 200_000)),
    ("unknown_type", lambda: of_type("cn.metrology.intake.rumour_heard.v1")),
    ("newer_version", lambda: of_type("cn.metrology.intake.report_submitted.v2")),
    ("missing_field", missing_field),
    (
        "bad_field",
        lambda: with_data(report(reference="bad", region="X").model_dump_json().encode()),
    ),
    ("nul_in_data", lambda: with_data(b'{"reference": "\\u0000"}')),
    ("signature_wrong", wrong_signature),
    ("signature_missing", unsigned),
    ("source_not_allowed", signed_by_another),
    ("source_not_allowed", a_services_event),
    ("null_header", lambda: with_header("ce_id", None)),
    ("non_utf8_header", lambda: with_header("ce_subject", b"\xff\xfe\x00")),
    ("missing_attribute", lambda: with_header("ce_type", b"")),
    ("null_value", lambda: (b"k", None, [])),
    ("wrong_specversion", lambda: (None, b"{}", [])),
    ("wrong_key", under_anothers_key),
    ("wrong_subject", of_another_subject),
    ("too_large", lambda: with_data(b'"' + b"x" * MAX_EVENT_BYTES + b'"')),
    ("from_the_future", from_the_future),
    ("from_the_future", an_old_envelope_with_a_future_fact),
]


async def test_each_bad_record_is_set_aside_with_its_reason_and_holds_nothing(stand: Stand) -> None:
    bad = [make() for _, make in BAD]

    async with stand.hearing():
        # one by one, so that the order they are set aside in is the order they were sent in
        for number, one in enumerate(bad, 1):
            await stand.send_raw(one)
            await eventually(lambda n=number: _set_aside(stand, n))  # type: ignore[misc]
        await stand.send(signed_report("bad", number=1), signed_report("good", number=2))
        await eventually(lambda: _seen(stand, {"bad": [1], "good": [2]}))

    assert await stand.reasons() == [reason for reason, _ in BAD]
    assert await stand.held() == []


async def test_bad_records_among_good_ones_take_no_good_one_with_them(stand: Stand) -> None:
    for number, (_, make) in enumerate(BAD):
        await stand.send(signed_report("good", number=number))
        await stand.send_raw(make())

    async with stand.hearing():
        await eventually(lambda: _seen(stand, {"good": list(range(len(BAD)))}))
        await eventually(lambda: _set_aside(stand, len(BAD)))


async def test_the_same_bad_bytes_are_kept_once(stand: Stand) -> None:
    bad = unsigned()

    async with stand.hearing():
        await stand.send_raw(bad, bad)
        await stand.send_raw(bad)
        await stand.send(signed_report("end"))
        await eventually(lambda: _seen(stand, {"end": [0]}))

    assert await stand.reasons() == ["signature_missing"]


async def test_a_header_name_that_is_not_utf8_stops_nobody(stand: Stand) -> None:
    await stand.send(*(signed_report(f"R{n}", number=1) for n in range(20)))
    for partition in range(stand.topic.partitions):
        await _send_foul(stand, partition)
    await stand.send(*(signed_report(f"R{n}", number=2) for n in range(20)))

    async with stand.hearing():
        await eventually(lambda: _seen(stand, {f"R{n}": [1, 2] for n in range(20)}))
        await eventually(lambda: _set_aside(stand, 1))

    [row] = await stand.rows("SELECT headers, reason FROM set_aside")
    assert (row.headers, row.reason) == ([["\\xff\\xfe\\xfd", ""]], "wrong_specversion")


async def test_the_topic_takes_no_body_of_five_megabytes(stand: Stand) -> None:
    with pytest.raises(MessageSizeTooLargeError):
        await stand.send_raw((b"k", b"x" * 5_000_000, []))


async def test_what_is_set_aside_keeps_its_bytes(stand: Stand) -> None:
    key, value, headers = wrong_signature()

    async with stand.hearing():
        await stand.send_raw((key, value, headers))
        await eventually(lambda: _set_aside(stand, 1))

    [row] = await stand.rows("SELECT value, source, says FROM set_aside")
    assert bytes(row.value) == value
    assert (row.source, row.says) == (
        "/agencies/county",
        "签名与数据不符。 The signature is not over these bytes",
    )


async def _send_foul(stand: Stand, partition: int) -> None:
    sender = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.delivery.toy.foul",
        stand.kafka.bootstrap_servers,
        stand.topic.name,
        str(partition),
        cwd=ROOT,
        env=os.environ | {"AIOKAFKA_NO_EXTENSIONS": "1"},
    )
    assert await sender.wait() == 0


async def _set_aside(stand: Stand, number: int) -> bool:
    return len(await stand.reasons()) == number


async def _seen(stand: Stand, wanted: dict[str, list[int]]) -> bool:
    return await stand.seen() == wanted
