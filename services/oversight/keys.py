"""The keys of the log: the one it signs its checkpoints with, and those it may have signed with."""

from nacl.signing import SigningKey
from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from contracts.says import Says
from services.kit.errors import Fault
from services.kit.running.codec import parse_keys
from services.oversight.rules.checkpoints import CheckpointKey


class AuditSettings(BaseSettings):
    """What makes a checkpoint the log's own."""

    model_config = SettingsConfigDict(env_prefix="AUDIT_", frozen=True)

    signing_key: SecretStr | None = None
    """`kid:base64`: Ed25519 seed of 32 bytes. Oversight alone needs it."""
    public_keys: str = ""
    """`kid:base64,…`: public keys of earlier checkpoints; or of all, for who only verifies."""


class NoKey(Fault):
    """The setting that is missing is named in the message."""


def checkpoint_key(settings: AuditSettings) -> CheckpointKey:
    """The key to sign with."""
    if settings.signing_key is None:
        raise NoKey(
            Says(
                "未设置 AUDIT_SIGNING_KEY，审计日志无法签署检查点。",
                "AUDIT_SIGNING_KEY is not set: the audit log cannot sign its checkpoints",
            )
        )
    [(kid, seed), *more] = parse_keys(settings.signing_key.get_secret_value()).items()
    if more:
        raise NoKey(
            Says(
                "AUDIT_SIGNING_KEY 只能有一个密钥，先前的写入 AUDIT_PUBLIC_KEYS。",
                "AUDIT_SIGNING_KEY has more than one key; earlier ones: AUDIT_PUBLIC_KEYS",
            )
        )
    return CheckpointKey(kid, SigningKey(seed))


def public_keys(settings: AuditSettings) -> dict[str, bytes]:
    """Every key whose signature counts, by its id."""
    known = parse_keys(settings.public_keys) if settings.public_keys else {}
    if settings.signing_key is not None:
        own = checkpoint_key(settings)
        known[own.kid] = own.public
    if not known:
        raise NoKey(
            Says(
                "未设置 AUDIT_PUBLIC_KEYS 或 AUDIT_SIGNING_KEY。",
                "Neither AUDIT_PUBLIC_KEYS nor AUDIT_SIGNING_KEY is set",
            )
        )
    return known
