"""An agency is who it can prove it is."""

import dataclasses
import json
from base64 import urlsafe_b64encode
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from joserfc import jws
from joserfc.jwk import OKPKey
from nacl.signing import SigningKey as Ed25519

from contracts.agencies import Directory, SigningKey
from services.kit.events.envelope import Envelope
from services.kit.events.signing import Unverified, sign, verify
from tests.support import signed
from tests.support.examples.intake import report

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
DIRECTORY = signed.directory()
LENIENT = jws.JWSRegistry(algorithms=["Ed25519"], strict_check_header=False)
"""joserfc, told to bear members of the header it does not know."""


def sent(**changes: Any) -> Envelope:
    return signed.signed(report(occurred_at=NOW), **changes)


def reason(envelope: Envelope, directory: Directory = DIRECTORY, at: datetime = NOW) -> str:
    with pytest.raises(Unverified) as refused:
        verify(envelope, directory, at)
    return refused.value.reason_code


def with_keys(*keys: SigningKey) -> Directory:
    agencies = [
        a.model_copy(update={"keys": keys}) if a.code == "county" else a for a in DIRECTORY.agencies
    ]
    return signed.with_agencies(DIRECTORY, agencies)


def key(**changes: Any) -> SigningKey:
    said: dict[str, Any] = {
        "kid": "county-2026",
        "x": signed.public_key(signed.SEEDS["county"]),
        "valid_from": date(2026, 1, 1),
    }
    return SigningKey(**said | changes)


def test_the_sender_is_the_agency_whose_key_signed() -> None:
    assert verify(sent(), DIRECTORY, NOW).code == "county"


@pytest.mark.parametrize("data", [b"{}", b'{"fine": 1}', b""])
def test_changed_bytes_are_found(data: bytes) -> None:
    assert reason(dataclasses.replace(sent(), data=data)) == "signature_wrong"


@pytest.mark.parametrize(
    "change",
    [
        {"id": "another"},
        {"type": "another.v1"},
        {"subject": "another"},
        {"time": NOW - timedelta(seconds=1)},
    ],
)
def test_a_changed_attribute_is_found(change: dict[str, Any]) -> None:
    assert reason(dataclasses.replace(sent(), **change)) == "signature_header"


def test_another_agencys_source_is_refused() -> None:
    assert reason(dataclasses.replace(sent(), source="/agencies/city")) == "source_not_allowed"


@pytest.mark.parametrize("source", ["/agencies/nobody", "/services/enforcement", "county", ""])
def test_a_source_that_is_no_agency_is_refused(source: str) -> None:
    assert reason(dataclasses.replace(sent(), source=source)) == "source_not_allowed"


@pytest.mark.parametrize("signature", [None, "", "a", "a..b", "..", "e30..e30", "a.b.c"])
def test_what_is_no_signature_is_refused(signature: str | None) -> None:
    code = reason(dataclasses.replace(sent(), signature=signature))

    assert code in {"signature_missing", "signature_malformed"}


@pytest.mark.parametrize(
    "change",
    [{"alg": "none"}, {"alg": "HS256"}, {"b64": True}, {"crit": []}, {"crit": ["b64", "exp"]}],
)
def test_only_the_one_kind_of_signature_is_taken(change: dict[str, Any]) -> None:
    envelope = sent()
    assert envelope.signature is not None
    header = json.loads(_decoded(envelope.signature.split(".")[0])) | change
    spelled = urlsafe_b64encode(json.dumps(header).encode()).rstrip(b"=")
    raw = Ed25519(signed.SEEDS["county"]).sign(spelled + b"." + envelope.data).signature
    forged = spelled + b".." + urlsafe_b64encode(raw).rstrip(b"=")

    assert reason(dataclasses.replace(envelope, signature=forged.decode())) == "signature_malformed"


def test_an_unknown_key_is_refused() -> None:
    assert reason(sign(sent(), bytes(32), "county-2099")) == "key_unknown"


def test_the_right_key_id_with_another_key_is_refused() -> None:
    assert reason(sign(sent(), bytes(32), "county-2026")) == "signature_wrong"


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "good"),
    [
        (date(2026, 3, 2), None, True),
        (date(2026, 3, 3), None, False),
        (date(2026, 1, 1), date(2026, 3, 2), False),
        (date(2026, 1, 1), date(2026, 3, 3), True),
    ],
)
def test_a_key_is_judged_on_the_day_of_receipt(
    valid_from: date, valid_to: date | None, good: bool
) -> None:
    directory = with_keys(key(valid_from=valid_from, valid_to=valid_to))

    if good:
        assert verify(sent(), directory, NOW).code == "county"
    else:
        assert reason(sent(), directory) == "key_not_valid"


def test_the_day_of_receipt_is_a_shanghai_day() -> None:
    evening = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)  # 3 March in Shanghai already

    assert verify(sent(), with_keys(key(valid_from=date(2026, 3, 3))), evening).code == "county"


def test_an_event_may_be_five_minutes_ahead_and_no_more() -> None:
    ahead = timedelta(minutes=5)

    assert verify(sent(time=NOW + ahead), DIRECTORY, NOW).code == "county"
    assert reason(sent(time=NOW + ahead + timedelta(seconds=1))) == "from_the_future"


def test_only_a_drills_agency_may_send_shifted_times() -> None:
    agencies = [a.model_copy(update={"drills": True}) for a in DIRECTORY.agencies]
    drilling = signed.with_agencies(DIRECTORY, agencies)
    later = sent(time=NOW + timedelta(days=30))

    assert verify(later, drilling, NOW, drills=True).code == "county"
    assert reason(later, drilling) == "from_the_future"
    with pytest.raises(Unverified):
        verify(later, DIRECTORY, NOW, drills=True)


def test_joserfc_verifies_what_we_sign() -> None:
    envelope = sent()
    assert envelope.signature is not None
    public = OKPKey.import_key(
        {"kty": "OKP", "crv": "Ed25519", "x": signed.public_key(signed.SEEDS["county"])}
    )

    found = jws.deserialize_compact(
        envelope.signature, public, payload=envelope.data, registry=LENIENT
    )

    assert found.headers()["source"] == "/agencies/county"


def test_we_verify_what_joserfc_signs() -> None:
    envelope = sent()
    protected = {"alg": "Ed25519", "b64": False, "crit": ["b64"], "kid": "county-2026"} | {
        "type": envelope.type,
        "source": envelope.source,
        "id": envelope.id,
        "time": envelope.time.isoformat(),
        "subject": envelope.subject,
    }
    seed = signed.SEEDS["county"]
    private = OKPKey.import_key(
        {
            "kty": "OKP",
            "crv": "Ed25519",
            "x": signed.public_key(seed),
            "d": urlsafe_b64encode(seed).rstrip(b"=").decode(),
        }
    )

    compact = jws.serialize_compact(protected, envelope.data, private, registry=LENIENT)

    theirs = dataclasses.replace(envelope, signature=jws.detach_content(compact))
    assert verify(theirs, DIRECTORY, NOW).code == "county"


def _decoded(text: str) -> bytes:
    from base64 import urlsafe_b64decode

    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
