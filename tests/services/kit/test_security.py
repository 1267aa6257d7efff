"""A token proves who is asking; which roles that is worth is the directory's to say."""

import json
import os
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, OKPKey

from contracts.agencies import Directory, Principal, Role
from services.kit.clock import WallClock
from services.kit.errors import Forbidden, Unauthorised
from services.kit.rights.development_issuer import dev_jwks, dev_token, ensure_dev_key
from services.kit.rights.identity import Identity, require_role
from services.kit.settings import SteelyardSettings
from tests.support import directories

HEAD = "county.head"
FAR_OFF = 4_000_000_000
CLAIMS = {
    "iss": "steelyard-development",
    "aud": "steelyard",
    "sub": HEAD,
    "agency": "county",
    "exp": FAR_OFF,
}


def settings(folder: Path, **more: Any) -> SteelyardSettings:
    return SteelyardSettings(
        data_dir=folder, jurisdiction=folder / "j.toml", calendar=folder / "c.toml", **more
    )


def identity(of: SteelyardSettings, directory: Callable[[], Directory] | None = None) -> Identity:
    return Identity(of, directory or directories.directory)


class Later(WallClock):
    """Some time from now."""

    def __init__(self, by: timedelta) -> None:
        self._by = by

    def now(self) -> datetime:
        return super().now() + self._by


def test_a_token_gives_the_roles_held_at_its_agency(tmp_path: Path) -> None:
    ours = settings(tmp_path)

    asking = identity(ours).principal(dev_token(ours, HEAD, "county"))

    assert asking == Principal(id=HEAD, agency="county", roles=(Role.HEAD,))


def test_at_another_agency_the_same_person_holds_nothing(tmp_path: Path) -> None:
    ours = settings(tmp_path)

    assert identity(ours).principal(dev_token(ours, HEAD, "city")).roles == ()


def test_a_role_taken_away_is_gone_with_the_next_request(tmp_path: Path) -> None:
    ours = settings(tmp_path)
    now = directories.directory()
    current = [now]
    known = identity(ours, lambda: current[0])
    token = dev_token(ours, HEAD, "county")
    assert known.principal(token).roles == (Role.HEAD,)

    left = tuple(holder for holder in now.holders if holder.principal != HEAD)
    current[0] = Directory.model_validate(dict(now) | {"holders": left})

    assert known.principal(token).roles == ()


def test_a_token_runs_out(tmp_path: Path) -> None:
    ours = settings(tmp_path)
    token = dev_token(ours, HEAD, "county", lasts=timedelta(minutes=1))
    later = Identity(ours, directories.directory, Later(timedelta(minutes=2)))

    with pytest.raises(Unauthorised):
        later.principal(token)


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "somebody"},
        {"aud": "another"},
        {"exp": None},
        {"sub": None},
        {"sub": "system"},
        {"agency": None},
        {"agency": "No Agency"},
        {"agency": 7},
    ],
)
def test_a_token_that_says_less_or_else_is_refused(
    tmp_path: Path, change: dict[str, object]
) -> None:
    ours = settings(tmp_path)
    key = OKPKey.import_key(json.loads(ensure_dev_key(tmp_path).read_text()))
    good = jwt.decode(dev_token(ours, HEAD, "county"), key, algorithms=["Ed25519"]).claims
    claims = {name: said for name, said in (good | change).items() if said is not None}
    token = jwt.encode({"alg": "Ed25519"}, claims, key, algorithms=["Ed25519"])

    with pytest.raises(Unauthorised):
        identity(ours).principal(token)


@pytest.mark.parametrize("token", ["", "a", "a.b.c", "e30.e30.", "é.é.é"])
def test_what_is_no_token_is_refused(tmp_path: Path, token: str) -> None:
    with pytest.raises(Unauthorised):
        identity(settings(tmp_path)).principal(token)


def test_a_token_of_another_key_is_refused(tmp_path: Path) -> None:
    other = settings(tmp_path / "other")

    with pytest.raises(Unauthorised):
        identity(settings(tmp_path / "ours")).principal(dev_token(other, HEAD, "county"))


def test_a_token_signed_with_the_public_key_is_refused(tmp_path: Path) -> None:
    ours = settings(tmp_path)
    public = OctKey.import_key(json.dumps(dev_jwks(tmp_path)))
    header = {"alg": "HS256", "kid": "development"}

    with pytest.raises(Unauthorised):
        identity(ours).principal(jwt.encode(header, CLAIMS, public, algorithms=["HS256"]))


def test_a_token_not_signed_at_all_is_refused(tmp_path: Path) -> None:
    parts = [json.dumps(part).encode() for part in ({"alg": "none"}, CLAIMS)]
    token = b".".join(urlsafe_b64encode(part).rstrip(b"=") for part in (*parts, b"")).decode()

    with pytest.raises(Unauthorised):
        identity(settings(tmp_path)).principal(token)


def test_an_issuers_published_keys_are_used_and_read_again_when_they_change(
    tmp_path: Path,
) -> None:
    jwks = tmp_path / "jwks.json"
    theirs = settings(tmp_path, issuer="https://issuer.example", jwks=jwks)
    key = OKPKey.generate_key("Ed25519", {"kid": "a"}, private=True)
    jwks.write_text(json.dumps({"keys": [key.as_dict(private=False)]}))
    claims = {"iss": "https://issuer.example", "aud": "steelyard", "exp": FAR_OFF}
    claims |= {"sub": HEAD, "agency": "county"}
    token = jwt.encode({"alg": "Ed25519", "kid": "a"}, claims, key, algorithms=["Ed25519"])
    known = identity(theirs)
    assert known.principal(token).id == HEAD

    new = OKPKey.generate_key("Ed25519", {"kid": "b"}, private=True)
    jwks.write_text(json.dumps({"keys": [new.as_dict(private=False)]}))
    os.utime(jwks, (0, 0))

    with pytest.raises(Unauthorised):
        known.principal(token)


def test_the_development_issuer_serves_loopback_only(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="loopback"):
        identity(settings(tmp_path, http_host="0.0.0.0"))


def test_the_development_key_is_its_owners_alone_and_made_once(tmp_path: Path) -> None:
    first = ensure_dev_key(tmp_path)

    assert first.stat().st_mode & 0o077 == 0
    assert ensure_dev_key(tmp_path).read_bytes() == first.read_bytes()
    assert [file.name for file in first.parent.iterdir()] == ["private.jwk"]


def test_a_role_is_asked_for_by_name() -> None:
    head = directories.person(Role.HEAD)

    require_role(head, Role.CHIEF, Role.HEAD)
    with pytest.raises(Forbidden, match="evaluator"):
        require_role(head, Role.EVALUATOR)


@pytest.mark.parametrize(
    "wrong", [{}, {"issuer": "https://issuer.example"}, {"drills": True}, {"http_port": "x"}]
)
def test_production_is_refused_without_what_it_needs(
    tmp_path: Path, wrong: dict[str, object]
) -> None:
    with pytest.raises(ValueError, match=r"STEELYARD_|http_port"):
        settings(tmp_path, environment="production", **wrong)
