"""Encrypts whatever Temporal keeps: AES-256-GCM, with the id of the key beside each payload.

What is long is compressed first: the state of a procedure, written three times a step, to a fifth.
"""

import base64
import binascii
import os
import zlib
from collections.abc import Iterable, Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from temporalio.api.common.v1 import Payload
from temporalio.converter import PayloadCodec

from contracts.says import Says
from services.kit.errors import Fault

ENCODING = b"binary/encrypted"
COMPRESSED = b"binary/zlib"
NONCE_BYTES = 12
LONG = 1_000
"""Bytes from which compressing is worth its time."""


class BadKeys(Fault):
    """Keys that are not written as `kid:base64,kid:base64`."""


def parse_keys(spelled: str) -> dict[str, bytes]:
    """AES-256 keys by id, in their order: the first encrypts."""
    keys: dict[str, bytes] = {}
    for part in filter(None, (part.strip() for part in spelled.split(","))):
        kid, colon, encoded = part.partition(":")
        if not colon:  # not repeated: it may be the key itself
            raise BadKeys(Says("密钥写作 编号:base64。", "A key is written as id:base64"))
        try:
            key = base64.b64decode(encoded, validate=True)
        except binascii.Error as error:
            raise BadKeys(
                Says(f"密钥 {kid!r} 不是 base64。", f"The key {kid!r} is not base64")
            ) from error
        if not kid or len(key) != 32 or kid in keys:
            raise BadKeys(
                Says(
                    f"密钥 {kid!r} 须有单独的编号，长32字节。",
                    f"The key {kid!r} must have an id of its own and 32 bytes",
                )
            )
        keys[kid] = key
    if not keys:
        raise BadKeys(Says("没有密钥。", "There is no key"))
    return keys


class SealedPayloads(PayloadCodec):
    """The codec every client and worker has."""

    def __init__(self, keys: dict[str, bytes]) -> None:
        self._ciphers = {kid: AESGCM(key) for kid, key in keys.items()}
        self._kid = next(iter(keys))

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return [self._seal(payload) for payload in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return list(self._open_all(payloads))

    def _open_all(self, payloads: Iterable[Payload]) -> Iterable[Payload]:
        for payload in payloads:
            yield self._open(payload) if payload.metadata.get("encoding") == ENCODING else payload

    def _seal(self, payload: Payload) -> Payload:
        nonce = os.urandom(NONCE_BYTES)
        kid = self._kid.encode()
        sealed = self._ciphers[self._kid].encrypt(nonce, _packed(payload), kid)
        return Payload(
            metadata={"encoding": ENCODING, "encryption-key-id": kid}, data=nonce + sealed
        )

    def _open(self, payload: Payload) -> Payload:
        kid = payload.metadata["encryption-key-id"]
        cipher = self._ciphers.get(kid.decode())
        if cipher is None:
            name = kid.decode()
            raise BadKeys(
                Says(f"没有该内容的密钥 {name!r}。", f"There is no key {name!r} for this payload")
            )
        nonce, sealed = payload.data[:NONCE_BYTES], payload.data[NONCE_BYTES:]
        try:
            return _unpacked(cipher.decrypt(nonce, sealed, kid))
        except InvalidTag as error:
            name = kid.decode()
            raise BadKeys(
                Says(
                    f"该内容不是以密钥 {name!r} 加密的。",
                    f"The payload was not sealed with the key {name!r}",
                )
            ) from error


def _packed(payload: Payload) -> bytes:
    raw = payload.SerializeToString()
    if len(raw) < LONG:
        return raw
    compressed = Payload(metadata={"encoding": COMPRESSED}, data=zlib.compress(raw, 1))
    return compressed.SerializeToString()


def _unpacked(raw: bytes) -> Payload:
    payload = Payload.FromString(raw)
    if payload.metadata.get("encoding") != COMPRESSED:
        return payload
    return Payload.FromString(zlib.decompress(payload.data))
