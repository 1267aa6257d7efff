"""What a process is told from outside; built once, in `app.py`, and passed down."""

from functools import cached_property
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

WELL_KNOWN = frozenset({"", "admin", "changeme", "demo", "password", "postgres", "secret", "test"})
"""Secrets everyone would try first; refused in production."""


class KafkaSettings(BaseSettings):
    """Where events come from and go to."""

    model_config = SettingsConfigDict(env_prefix="KAFKA_", frozen=True)

    bootstrap_servers: str
    instance_id: str | None = None
    """Name of this replica, the same after a restart: its partitions then wait for it (KIP-345)."""
    session_timeout_ms: int = 10_000
    """Silence after which a consumer's partitions go to another."""


class DatabaseSettings(BaseSettings):
    """Where the records are."""

    model_config = SettingsConfigDict(env_prefix="DATABASE_", frozen=True)

    url: SecretStr
    """`postgresql://user:password@host:port/database`; only its host and database are used by the
    units, the user and password by `steelyard migrate` alone."""
    role_key: SecretStr = Field(min_length=16)
    """Key from which the password of each role is derived (HMAC-SHA256 of the role's name)."""
    pool_size: int = 8


class TemporalSettings(BaseSettings):
    """Where procedures wait."""

    model_config = SettingsConfigDict(env_prefix="TEMPORAL_", frozen=True)

    address: str
    namespace: str = "default"
    codec_keys: SecretStr
    """`kid:base64,…`: AES-256 keys of the payload codec. The first encrypts, all decrypt."""


class SteelyardSettings(BaseSettings):
    """What is our own."""

    model_config = SettingsConfigDict(env_prefix="STEELYARD_", frozen=True)

    environment: Literal["development", "production"] = "development"
    data_dir: Path
    jurisdiction: Path
    """TOML file of agencies, roles, levels and local clocks."""
    jurisdiction_keys: Path | None = None
    """Overlay with the agencies' public keys, where they are not in the jurisdiction itself."""
    calendar: Path
    """TOML file of working days."""
    http_host: str = "127.0.0.1"
    http_port: int = 8000
    files: Path | None = None
    """Folder of files kept by their hash; `files` in the data directory unless told."""
    reporter_keys: SecretStr | None = None
    """`kid:base64,…`: AES-256 keys of reporters' identities; only enforcement needs them."""
    issuer: str | None = None
    """Issuer of tokens (OIDC `iss`); without one, the development issuer, on loopback only."""
    jwks: Path | None = None
    """File with the issuer's public keys (JWKS)."""
    audience: str = "steelyard"
    telemetry: Literal["off", "console", "otlp"] = "off"
    drills: bool = False
    """Whether agencies marked for drills may send shifted times, and procedures skip time."""
    max_body_bytes: int = 1_048_576
    max_file_bytes: int = 50_000_000
    """Largest file taken by `POST /files`."""

    @property
    def files_dir(self) -> Path:
        return self.files or self.data_dir / "files"

    @model_validator(mode="after")
    def _production_is_no_playground(self) -> Self:
        if self.environment == "production":
            if self.issuer is None or self.jwks is None:
                raise ValueError("production needs STEELYARD_ISSUER and STEELYARD_JWKS")
            if self.drills:
                raise ValueError("drills are not allowed in production (STEELYARD_DRILLS)")
        return self


class Settings:
    """All of them; each part is read when it is first asked for, so a unit needs only its own."""

    @cached_property
    def kafka(self) -> KafkaSettings:
        return KafkaSettings()

    @cached_property
    def database(self) -> DatabaseSettings:
        settings = DatabaseSettings()
        secret = settings.role_key.get_secret_value()
        if self.steelyard.environment == "production" and secret.strip("0") in WELL_KNOWN:
            raise ValueError("DATABASE_ROLE_KEY is a well-known secret")
        return settings

    @cached_property
    def temporal(self) -> TemporalSettings:
        return TemporalSettings()

    @cached_property
    def steelyard(self) -> SteelyardSettings:
        return SteelyardSettings()
