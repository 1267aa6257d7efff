"""An agency is who it can prove it is: detached JWS (Ed25519) over the data bytes as sent.

PyNaCl verifies in two thirds of the time `cryptography` (and so joserfc) takes; a test holds the
format against joserfc both ways.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from nacl.exceptions import CryptoError
from nacl.signing import SigningKey, VerifyKey

from contracts.agencies import Agency, Directory
from contracts.says import Says
from services.kit.clock import LEGAL_ZONE
from services.kit.errors import SteelyardError
from services.kit.events.envelope import Envelope, Unreadable, parse_time

ALGORITHMS = ("Ed25519", "EdDSA")
"""RFC 9864 names the curve; EdDSA is its older name, which senders' libraries may still write."""

TOLERANCE = timedelta(minutes=5)
"""How far a sender's clock may run ahead of ours."""


class Unverified(SteelyardError):
    """An event whose sender is not proved. `reason_code` is stable."""

    def __init__(self, reason_code: str, says: Says) -> None:
        super().__init__(says)
        self.reason_code = reason_code


def sign(envelope: Envelope, private_key: bytes, kid: str) -> Envelope:
    """The envelope with its signature; `private_key` is the 32-byte Ed25519 seed."""
    protected = {
        "alg": "Ed25519",
        "b64": False,
        "crit": ["b64"],
        "kid": kid,
        "type": envelope.type,
        "source": envelope.source,
        "id": envelope.id,
        "time": envelope.time.isoformat(),
        "subject": envelope.subject,
    }
    header = _to_b64(json.dumps(protected, separators=(",", ":"), ensure_ascii=False).encode())
    signature = SigningKey(private_key).sign(header + b"." + envelope.data).signature
    compact = (header + b".." + _to_b64(signature)).decode()
    return Envelope(**{name: getattr(envelope, name) for name in _UNSIGNED}, signature=compact)


def verify(
    envelope: Envelope, directory: Directory, received_at: datetime, *, drills: bool = False
) -> Agency:
    """Who sent it. Keys are judged on the day of receipt, whatever the event says of its time."""
    day = received_at.astimezone(LEGAL_ZONE).date()
    agency = directory.of_source(envelope.source, day)
    if agency is None:
        raise Unverified(
            "source_not_allowed",
            Says(
                f"{envelope.source} 不是本辖区的机关。",
                f"{envelope.source} is no agency of this place",
            ),
        )
    header, protected, signature = _read(envelope.signature)
    key = next((k for k in agency.keys if k.kid == protected.get("kid")), None)
    if key is None:
        raise _no_key_of(agency, protected.get("kid"), directory)
    if not key.holds_on(day):
        raise Unverified(
            "key_not_valid",
            Says(f"密钥 {key.kid} 在 {day} 无效。", f"The key {key.kid} is not valid on {day}"),
        )
    _check_signature(key.x, header + b"." + envelope.data, signature)
    _check_header(protected, envelope)
    check_not_future(envelope.time, received_at, shifted=drills and agency.drills)
    return agency


def check_not_future(moment: datetime, received_at: datetime, *, shifted: bool = False) -> None:
    """Refuse a moment that has not come yet, unless it is a drill's shifted one."""
    if not shifted and moment > received_at + TOLERANCE:
        raise Unverified(
            "from_the_future",
            Says(
                f"{moment.isoformat()} 比收到时间晚 {TOLERANCE} 以上。",
                f"{moment.isoformat()} is more than {TOLERANCE} after its receipt",
            ),
        )


_UNSIGNED = tuple(name for name in Envelope.__dataclass_fields__ if name != "signature")


def _read(compact: str | None) -> tuple[bytes, dict[str, Any], bytes]:
    if not compact:
        raise Unverified("signature_missing", Says("事件没有签名。", "The event is not signed"))
    header, _, rest = compact.partition(".")
    payload, _, signature = rest.partition(".")
    try:
        protected = json.loads(_from_b64(header))
        raw = _from_b64(signature)
    except (ValueError, RecursionError) as error:
        raise Unverified(
            "signature_malformed",
            Says("签名不是紧凑格式的 JWS。", "The signature is no compact JWS"),
        ) from error
    if payload or not isinstance(protected, dict) or len(raw) != 64:
        raise Unverified(
            "signature_malformed", Says("签名不是分离式 JWS。", "The signature is no detached JWS")
        )
    kind = (protected.get("b64"), protected.get("crit"))
    if protected.get("alg") not in ALGORITHMS or kind != (False, ["b64"]):
        raise Unverified(
            "signature_malformed",
            Says(
                "签名应为 Ed25519，且 b64 为 false。",
                "The signature must be Ed25519 with b64 false",
            ),
        )
    return header.encode(), protected, raw


def _no_key_of(agency: Agency, kid: object, directory: Directory) -> Unverified:
    owner = next((a for a in directory.agencies for k in a.keys if k.kid == kid), None)
    if owner is not None:
        return Unverified(
            "source_not_allowed",
            Says(
                f"密钥 {kid} 属于 {owner.code}，不属于 {agency.code}。",
                f"The key {kid} is of {owner.code}, not of {agency.code}",
            ),
        )
    return Unverified(
        "key_unknown",
        Says(f"{agency.code} 没有密钥 {kid!r}。", f"{agency.code} has no key {kid!r}"),
    )


def _check_signature(x: str, signed: bytes, signature: bytes) -> None:
    try:
        _key(x).verify(signed, signature)
    except CryptoError as error:
        raise Unverified(
            "signature_wrong", Says("签名与数据不符。", "The signature is not over these bytes")
        ) from error


@lru_cache(maxsize=10_000)
def _key(x: str) -> VerifyKey:
    return VerifyKey(_from_b64(x))


def _check_header(protected: dict[str, Any], envelope: Envelope) -> None:
    said = {
        "type": envelope.type,
        "source": envelope.source,
        "id": envelope.id,
        "subject": envelope.subject,
    }
    for name, value in said.items():
        if protected.get(name) != value:
            raise Unverified(
                "signature_header",
                Says(f"签名中的 {name} 与事件不一致。", f"The signed {name} is not the event's"),
            )
    try:
        same = parse_time(str(protected.get("time"))) == envelope.time
    except Unreadable:
        same = False
    if not same:
        raise Unverified(
            "signature_header",
            Says("签名中的 time 与事件不一致。", "The signed time is not the event's"),
        )


def _to_b64(raw: bytes) -> bytes:
    return urlsafe_b64encode(raw).rstrip(b"=")


def _from_b64(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
