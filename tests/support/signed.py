"""Agencies with keys, and events as they sign them."""

from base64 import urlsafe_b64encode
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from nacl.signing import SigningKey as Ed25519

from contracts.agencies import Agency, Directory, SigningKey
from contracts.messages import Event
from services.kit.clock import WallClock
from services.kit.events.envelope import Envelope
from services.kit.events.signing import sign
from tests.support import directories
from tests.support.examples.intake import report

SEEDS = {code: bytes([number]) * 32 for number, code in enumerate(("county", "city"), 1)}
"""Private keys of the two agencies that send; the others have none."""
KIDS = {code: f"{code}-2026" for code in SEEDS}


def public_key(seed: bytes) -> str:
    return urlsafe_b64encode(bytes(Ed25519(seed).verify_key)).rstrip(b"=").decode()


def with_key(agency: Agency) -> Agency:
    if (seed := SEEDS.get(agency.code)) is None:
        return agency
    key = SigningKey(kid=KIDS[agency.code], x=public_key(seed), valid_from=directories.SINCE)
    return agency.model_copy(update={"keys": (key,), "drills": False})


def directory() -> Directory:
    """The small directory of the tests, with keys."""
    plain = directories.directory()
    return with_agencies(plain, [with_key(agency) for agency in plain.agencies])


def with_agencies(of: Directory, agencies: Sequence[Agency]) -> Directory:
    """The directory anew, because a copy would keep its index of agencies."""
    return Directory.model_validate(dict(of) | {"agencies": tuple(agencies)})


def enveloped(event: Event, *, agency: str = "county", **changes: object) -> Envelope:
    """An event in its envelope, not signed."""
    said: dict[str, object] = {
        "id": str(uuid4()),
        "source": f"/agencies/{agency}",
        "type": event.type,
        "subject": event.key,
        "time": event.occurred_at,
        "data": event.model_dump_json().encode(),
    }
    return Envelope(**said | changes)  # type: ignore[arg-type]


def signed(event: Event, *, agency: str = "county", **changes: object) -> Envelope:
    """The same, signed with the agency's key."""
    return sign(enveloped(event, agency=agency, **changes), SEEDS[agency], KIDS[agency])


def signed_report(
    reference: str, *, number: int = 0, at: datetime | None = None, summary: str = "涉嫌作弊"
) -> Envelope:
    """A report received now; `number` goes in as its crowd, to tell the order of a reference's."""
    at = at or WallClock().now() - timedelta(seconds=1)
    return signed(report(reference=reference, crowd=number, occurred_at=at, summary=summary))
