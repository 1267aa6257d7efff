"""An event in its envelope (CloudEvents 1.0), and the Kafka binary binding of it.

Written out here, not taken from the `cloudevents` library: that raises on a null or non-UTF-8
header and parses the data, and we must keep the bytes exactly as they were sent. A test holds both
side by side.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from contracts.says import Says
from contracts.topics import MAX_EVENT_BYTES
from services.kit.errors import SteelyardError

SERVICES = "/services/"
MAX_ATTRIBUTE = 500
"""Longest attribute in characters; a signature may be longer."""

Headers = Sequence[tuple[str, bytes | None]]
_OPTIONAL = ("causationid", "dataschema", "signature", "traceparent")


class Unreadable(SteelyardError):
    """Bytes that are no event. `reason_code` is stable."""

    def __init__(self, reason_code: str, says: Says) -> None:
        super().__init__(says)
        self.reason_code = reason_code


@dataclass(frozen=True, slots=True)
class Envelope:
    """One event: who says what of which thing, and the data bytes exactly as sent."""

    id: str
    source: str
    type: str
    subject: str
    time: datetime
    data: bytes
    datacontenttype: str = "application/json"
    dataschema: str | None = None
    traceparent: str | None = None
    causationid: str | None = None
    signature: str | None = None
    """Detached JWS in compact form (RFC 7515 appendix F, RFC 7797)."""

    @property
    def key(self) -> str:
        """The Kafka key: what shares it keeps its order."""
        if self.source.startswith(SERVICES):
            return self.subject
        return f"{self.source}#{self.subject}"

    @property
    def digest(self) -> bytes:
        """Tells a repeat from an id used again for something else."""
        said = f"{self.type}\n{self.subject}\n".encode()
        return hashlib.sha256(said + self.data).digest()


def to_kafka(envelope: Envelope) -> tuple[bytes, bytes, list[tuple[str, bytes]]]:
    """Key, value and headers of the CloudEvents Kafka binding, binary mode."""
    headers = [
        ("ce_specversion", b"1.0"),
        ("ce_id", envelope.id.encode()),
        ("ce_source", envelope.source.encode()),
        ("ce_type", envelope.type.encode()),
        ("ce_subject", envelope.subject.encode()),
        ("ce_time", envelope.time.isoformat().encode()),
        ("content-type", envelope.datacontenttype.encode()),
    ]
    headers.extend(
        (_header(name), value.encode())
        for name in _OPTIONAL
        if (value := getattr(envelope, name)) is not None
    )
    return envelope.key.encode(), envelope.data, headers


def from_kafka(key: bytes | None, value: bytes | None, headers: Headers) -> Envelope:
    """Read a record; raises only `Unreadable`, whatever the bytes."""
    if value is None:
        raise Unreadable("null_value", Says("记录没有内容。", "The record has no value"))
    attributes = _attributes(headers)
    attributes.setdefault("datacontenttype", "application/json")
    envelope = build(attributes, value)
    if key is None or key != envelope.key.encode():
        raise Unreadable(
            "wrong_key",
            Says(f"记录的键应为 {envelope.key}。", f"The record's key is not {envelope.key}"),
        )
    return envelope


def build(attributes: dict[str, str], data: bytes) -> Envelope:
    """An envelope of attributes already read as text; the checks both bindings share."""
    if len(data) > MAX_EVENT_BYTES:
        raise Unreadable(
            "too_large",
            Says(
                f"数据超过 {MAX_EVENT_BYTES} 字节。",
                f"The data has more than {MAX_EVENT_BYTES} bytes",
            ),
        )
    # PostgreSQL keeps no NUL in a text; a text that spells the escape out literally is the price.
    if b"\x00" in data or b"\\u0000" in data:
        raise Unreadable(
            "nul_in_data", Says("数据含有空字符（NUL）。", "The data has a NUL character")
        )
    if attributes.get("specversion") != "1.0":
        raise Unreadable(
            "wrong_specversion",
            Says("CloudEvents 的 specversion 应为 1.0。", "CloudEvents specversion must be 1.0"),
        )
    for name in ("id", "source", "type", "subject", "time"):
        if not attributes.get(name):
            raise Unreadable(
                "missing_attribute", Says(f"缺少属性 {name}。", f"The attribute {name} is missing")
            )
    _check_text(attributes)
    if not attributes["datacontenttype"].partition(";")[0].strip().lower().endswith("json"):
        raise Unreadable(
            "wrong_content_type",
            Says("数据应为 application/json。", "The data must be application/json"),
        )
    return Envelope(
        id=attributes["id"],
        source=attributes["source"],
        type=attributes["type"],
        subject=attributes["subject"],
        time=parse_time(attributes["time"]),
        data=data,
        datacontenttype=attributes["datacontenttype"],
        dataschema=attributes.get("dataschema"),
        traceparent=attributes.get("traceparent"),
        causationid=attributes.get("causationid"),
        signature=attributes.get("signature"),
    )


def parse_time(text: str) -> datetime:
    """An RFC 3339 moment; it must say its offset."""
    try:
        time = datetime.fromisoformat(text)
    except ValueError as error:
        raise Unreadable(
            "bad_time", Says(f"{text!r} 不是 RFC 3339 时间。", f"{text!r} is no RFC 3339 time")
        ) from error
    if time.tzinfo is None:
        raise Unreadable("bad_time", Says(f"{text!r} 没有时区偏移。", f"{text!r} has no offset"))
    if not 1900 <= time.year < 3000:
        raise Unreadable(
            "bad_time",
            Says(f"{text!r} 不在1900至2999年之间。", f"{text!r} is not in the years 1900 to 2999"),
        )
    return time


def _attributes(headers: Iterable[tuple[str, bytes | None]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for header, raw in headers:
        name = _attribute(header)
        if name is None:
            continue  # not ours: a broker's or a client's own header
        if raw is None:
            raise Unreadable(
                "null_header", Says(f"消息头 {header} 为空。", f"The header {header} is null")
            )
        if name in found:
            raise Unreadable(
                "repeated_attribute",
                Says(f"消息头 {header} 重复。", f"The header {header} is given twice"),
            )
        try:
            found[name] = raw.decode()
        except UnicodeDecodeError as error:
            raise Unreadable(
                "non_utf8_header",
                Says(f"消息头 {header} 不是 UTF-8。", f"The header {header} is not UTF-8"),
            ) from error
    return found


def _attribute(header: str) -> str | None:
    if header.startswith("ce_"):
        return header[3:]
    if header == "content-type":
        return "datacontenttype"
    return "traceparent" if header == "traceparent" else None


def _header(attribute: str) -> str:
    return attribute if attribute == "traceparent" else f"ce_{attribute}"


def _check_text(attributes: dict[str, str]) -> None:
    for name, text in attributes.items():
        if len(text) > (4 * MAX_ATTRIBUTE if name == "signature" else MAX_ATTRIBUTE):
            raise Unreadable(
                "attribute_too_long",
                Says(f"属性 {name} 过长。", f"The attribute {name} is too long"),
            )
        if not text.isprintable():
            raise Unreadable(
                "unprintable_attribute",
                Says(f"属性 {name} 含有不可打印的字符。", f"The attribute {name} is not printable"),
            )
