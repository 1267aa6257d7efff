"""The CloudEvents JSON format (structured mode over HTTP and in files), data bytes kept as sent."""

import base64
import binascii
import json
from json import JSONDecoder
from typing import Any, NoReturn

from contracts.says import Says
from services.kit.events.envelope import Envelope, Unreadable, build


def from_structured(body: bytes) -> Envelope:
    """Read one event; `data` stays the exact span of bytes the sender wrote."""
    try:
        members = _members(body.decode())
    except (ValueError, RecursionError) as error:
        raise Unreadable(
            "malformed_json", Says("内容不是 JSON 对象。", f"The body is no JSON object: {error}")
        ) from error
    attributes: dict[str, str] = {}
    for name, (value, _) in members.items():
        if name in {"data", "data_base64"} or value is None:
            continue
        if not isinstance(value, str):
            raise Unreadable(
                "bad_attribute",
                Says(f"属性 {name} 应为字符串。", f"The attribute {name} must be a string"),
            )
        attributes[name] = value
    attributes.setdefault("datacontenttype", "application/json")
    return build(attributes, _data(members))


def to_structured(envelope: Envelope) -> bytes:
    """Write one event; JSON data goes in as the bytes they are, anything else as base64."""
    attributes = {
        "specversion": "1.0",
        "id": envelope.id,
        "source": envelope.source,
        "type": envelope.type,
        "subject": envelope.subject,
        "time": envelope.time.isoformat(),
        "datacontenttype": envelope.datacontenttype,
        "dataschema": envelope.dataschema,
        "traceparent": envelope.traceparent,
        "causationid": envelope.causationid,
        "signature": envelope.signature,
    }
    said = {name: value for name, value in attributes.items() if value is not None}
    head = json.dumps(said, ensure_ascii=False).encode()[:-1]
    return head + b"," + _spelled(envelope.data) + b"}"


def _spelled(data: bytes) -> bytes:
    try:
        _DECODER.decode(data.decode())
    except (ValueError, RecursionError):
        return b'"data_base64":"' + base64.b64encode(data) + b'"'
    # The span a reader takes has no space around it, and the signature is over every byte.
    if data != data.strip():
        return b'"data_base64":"' + base64.b64encode(data) + b'"'
    return b'"data":' + data


def _data(members: dict[str, tuple[Any, str]]) -> bytes:
    if ("data" in members) == ("data_base64" in members):
        raise Unreadable(
            "missing_data",
            Says("data 与 data_base64 应给出其一。", "Give either data or data_base64"),
        )
    if "data" in members:
        return members["data"][1].encode()
    value = members["data_base64"][0]
    try:
        return base64.b64decode(value, validate=True)
    except (TypeError, ValueError, binascii.Error) as error:
        raise Unreadable(
            "bad_base64", Says("data_base64 不是 base64。", "data_base64 is not base64")
        ) from error


def _members(text: str) -> dict[str, tuple[Any, str]]:
    """The top object's members: each value, and the text that spells it."""
    found: dict[str, tuple[Any, str]] = {}
    at = _past(text, _skip(text, 0), "{")
    if text[at : at + 1] == "}":
        return found
    while True:
        if text[at : at + 1] != '"':
            raise ValueError(f"expected a name at {at}")
        name, at = _DECODER.raw_decode(text, at)
        start = _past(text, _skip(text, at), ":")
        value, end = _DECODER.raw_decode(text, start)
        if name in found:
            raise ValueError(f"{name} is given twice")
        found[name] = (value, text[start:end])
        at = _skip(text, end)
        if text[at : at + 1] == "}":
            break
        at = _past(text, at, ",")
    if _skip(text, at + 1) != len(text):
        raise ValueError("something follows the object")
    return found


def _skip(text: str, index: int) -> int:
    while text[index : index + 1] in {" ", "\t", "\n", "\r"}:
        index += 1
    return index


def _past(text: str, index: int, mark: str) -> int:
    if text[index : index + 1] != mark:
        raise ValueError(f"expected {mark} at {index}")
    return _skip(text, index + 1)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


_DECODER = JSONDecoder(parse_constant=_no_constant)
