"""Who is asking: a token proves who and at which agency, the directory says which roles, now."""

import ipaddress
import json
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends, Request
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from pydantic import ValidationError

from contracts.agencies import Directory, Principal, Role
from contracts.says import Says
from services.kit.clock import LEGAL_ZONE, WallClock
from services.kit.errors import Forbidden, Unauthorised
from services.kit.rights.development_issuer import DEV_ISSUER, dev_jwks
from services.kit.settings import SteelyardSettings

ALGORITHMS = ["Ed25519", "ES256", "RS256", "PS256"]


class Identity:
    """Turns tokens into principals."""

    def __init__(
        self,
        settings: SteelyardSettings,
        directory: Callable[[], Directory],
        clock: WallClock | None = None,
    ) -> None:
        if settings.issuer is None and not _is_loopback(settings.http_host):
            raise ValueError(
                "the development issuer serves loopback only: set STEELYARD_ISSUER and "
                "STEELYARD_JWKS, or STEELYARD_HTTP_HOST to a loopback address"
            )
        self._settings = settings
        self._directory = directory
        self._clock = clock or WallClock()
        self._stamp = 0.0
        self._keys: KeySet | None = None

    def principal(self, token: str) -> Principal:
        """Who this is, with the roles held at this moment. Raises `Unauthorised`."""
        now = self._clock.now()
        claims = self._claims(token, int(now.timestamp()))
        who, agency = claims.get("sub"), claims.get("agency")
        if not isinstance(who, str) or not isinstance(agency, str) or who == "system":
            raise Unauthorised(
                Says("令牌未载明人员和机关。", "The token names no principal and agency")
            )
        day = now.astimezone(LEGAL_ZONE).date()
        try:
            return self._directory().principal(who, agency, day)
        except ValidationError as error:
            raise Unauthorised(Says("令牌所载机关有误。", "The token names no agency")) from error

    def _claims(self, token: str, now: int) -> dict[str, Any]:
        registry = jwt.JWTClaimsRegistry(
            now=now,
            iss={"essential": True, "value": self._settings.issuer or DEV_ISSUER},
            aud={"essential": True, "value": self._settings.audience},
            exp={"essential": True},
        )
        try:
            decoded = jwt.decode(token, self._key_set(), algorithms=ALGORITHMS)
            registry.validate(decoded.claims)
        except (JoseError, ValueError) as error:
            raise Unauthorised(Says("令牌无效或已过期。", "The token is not valid")) from error
        return decoded.claims

    def _key_set(self) -> KeySet:
        """The issuer's keys, read again when the file changes."""
        path = self._settings.jwks
        if path is None:
            if self._keys is None:
                self._keys = KeySet.import_key_set(dev_jwks(self._settings.data_dir))  # type: ignore[arg-type]
            return self._keys
        stamp = path.stat().st_mtime
        if self._keys is None or stamp != self._stamp:
            self._keys = KeySet.import_key_set(json.loads(path.read_text()))
            self._stamp = stamp
        return self._keys


def asking(request: Request) -> Principal:
    """Whoever asks, from the bearer token. A FastAPI dependency."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthorised(Says("请携带令牌（Bearer）。", "Send a bearer token"))
    identity: Identity = request.app.state.identity
    return identity.principal(token.strip())


Asking = Annotated[Principal, Depends(asking)]
"""A parameter of this type is who asks: `async def cases(asking: Asking) -> …`."""


def require_role(principal: Principal, *roles: Role) -> None:
    """Refuse whoever holds none of these roles at the agency they act for."""
    if not set(roles) & set(principal.roles):
        names = ", ".join(roles)
        raise Forbidden(
            Says(
                f"需具备 {principal.agency} 的下列角色之一：{names}。",
                f"This needs one of the roles {names} at {principal.agency}",
            ),
            roles=list(roles),
        )


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
