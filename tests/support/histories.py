"""A workflow's history as a person may read it: its payloads opened."""

import json
from base64 import b64decode
from collections.abc import Iterator
from typing import Any

from google.protobuf.json_format import MessageToDict, ParseDict
from temporalio.api.common.v1 import Payload
from temporalio.client import WorkflowHistory
from temporalio.converter import PayloadCodec

from services.kit.running.temporal import converter
from services.kit.settings import TemporalSettings


async def opened(history: WorkflowHistory, settings: TemporalSettings) -> Any:
    """The history as JSON, each payload in it as it was before it was sealed."""
    codec = converter(settings).payload_codec
    assert codec is not None, "payloads are sealed"
    return await _opened(json.loads(history.to_json()), codec)


async def _opened(node: Any, codec: PayloadCodec) -> Any:
    if isinstance(node, list):
        return [await _opened(item, codec) for item in node]
    if not isinstance(node, dict):
        return node
    if node.keys() == {"metadata", "data"}:
        [payload] = await codec.decode([ParseDict(node, Payload())])
        return MessageToDict(payload)
    return {name: await _opened(value, codec) for name, value in node.items()}


def strings(node: Any) -> Iterator[str]:
    """Every string of an opened history, those within payloads too."""
    if isinstance(node, dict):
        if isinstance(node.get("data"), str):
            yield b64decode(node["data"]).decode(errors="replace")
        for value in node.values():
            yield from strings(value)
    elif isinstance(node, list):
        for item in node:
            yield from strings(item)
    elif isinstance(node, str):
        yield node
