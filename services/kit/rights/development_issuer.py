"""The development issuer: signs tokens with a key of the data directory, for loopback only."""

import json
import os
from datetime import timedelta
from pathlib import Path

from joserfc import jwt
from joserfc.jwk import OKPKey

from services.kit.clock import WallClock
from services.kit.settings import SteelyardSettings

DEV_ISSUER = "steelyard-development"
ALGORITHM = "Ed25519"


def dev_token(
    settings: SteelyardSettings,
    principal_id: str,
    agency: str,
    *,
    lasts: timedelta = timedelta(hours=12),
    clock: WallClock | None = None,
) -> str:
    """A token for this principal at this agency; what it may do is the directory's to say."""
    if settings.environment == "production":
        raise ValueError("production has an issuer of its own")
    key = OKPKey.import_key(json.loads(ensure_dev_key(settings.data_dir).read_text()))
    now = (clock or WallClock()).now()
    claims = {
        "iss": DEV_ISSUER,
        "aud": settings.audience,
        "sub": principal_id,
        "agency": agency,
        "iat": int(now.timestamp()),
        "exp": int((now + lasts).timestamp()),
    }
    return jwt.encode({"alg": ALGORITHM}, claims, key, algorithms=[ALGORITHM])


def ensure_dev_key(data_dir: Path) -> Path:
    """The private key's file, made once even when several processes ask at the same time."""
    folder = data_dir / "issuer"
    path = folder / "private.jwk"
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    key = OKPKey.generate_key("Ed25519", {"kid": "development"}, private=True)
    mine = folder / f"private.{os.getpid()}.tmp"
    with os.fdopen(os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(key.as_dict(private=True), file)
    try:
        os.link(mine, path)  # fails if another was first, and then its key stands
    except FileExistsError:
        pass
    finally:
        mine.unlink()
    return path


def dev_jwks(data_dir: Path) -> dict[str, object]:
    """The public half, as the JWKS an issuer would publish."""
    key = OKPKey.import_key(json.loads(ensure_dev_key(data_dir).read_text()))
    return {"keys": [key.as_dict(private=False)]}
