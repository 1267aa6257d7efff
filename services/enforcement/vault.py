"""The reporters' vault: identities under AES-256-GCM, bound to the reference they belong to."""

import os
import secrets
from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import SecretStr

from contracts.says import Says
from services.enforcement.models import Reporter
from services.enforcement.rules.reporters import PREFIX
from services.enforcement.views import ReporterIdentity
from services.kit.running.codec import BadKeys, parse_keys

NONCE_BYTES = 12
REFERENCE_BYTES = 16


class Vault:
    """Seals with the first key, opens with any: keys can be changed without reading anything."""

    def __init__(self, keys: SecretStr | None) -> None:
        if keys is None:
            raise BadKeys(
                Says(
                    "执法服务须设置 STEELYARD_REPORTER_KEYS。",
                    "enforcement needs STEELYARD_REPORTER_KEYS",
                )
            )
        found = parse_keys(keys.get_secret_value())
        self._ciphers = {kid: AESGCM(key) for kid, key in found.items()}
        self._kid = next(iter(found))

    def seal(self, identity: ReporterIdentity, agency: str, now: datetime) -> Reporter:
        """A new row of the vault, under a fresh reference."""
        reference = PREFIX + secrets.token_urlsafe(REFERENCE_BYTES)
        nonce = os.urandom(NONCE_BYTES)
        content = identity.model_dump_json().encode()
        sealed = self._ciphers[self._kid].encrypt(nonce, content, reference.encode())
        return Reporter(
            reference=reference,
            agency=agency,
            kid=self._kid,
            nonce=nonce,
            sealed=sealed,
            handed_in_at=now,
        )

    def open(self, row: Reporter) -> ReporterIdentity:
        cipher = self._ciphers.get(row.kid)
        if cipher is None:
            raise BadKeys(
                Says(
                    f"没有该举报人的密钥 {row.kid!r}。",
                    f"There is no key {row.kid!r} for this reporter",
                )
            )
        try:
            content = cipher.decrypt(row.nonce, row.sealed, row.reference.encode())
        except InvalidTag as error:
            raise BadKeys(
                Says(
                    f"该举报人不是以密钥 {row.kid!r} 加密的。",
                    f"The reporter was not sealed with the key {row.kid!r}",
                )
            ) from error
        return ReporterIdentity.model_validate_json(content)
