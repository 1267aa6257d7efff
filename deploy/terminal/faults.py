"""What may go wrong at a terminal, each told in one line."""

import asyncpg
import httpx
from aiokafka.errors import KafkaError
from pydantic import ValidationError
from pydantic_settings import BaseSettings
from sqlalchemy.exc import DBAPIError
from temporalio.service import RPCError

from deploy.embedded.errors import ServerUnavailable
from services.kit import settings as all_settings
from services.kit.errors import Refusal, SteelyardError
from services.kit.faults import describe, fields_of
from services.oversight.keys import AuditSettings

EXPECTED = (
    SteelyardError,
    ServerUnavailable,
    ValidationError,
    httpx.HTTPError,
    KafkaError,
    DBAPIError,
    asyncpg.PostgresError,
    RPCError,
    OSError,
)


def one_line(wrong: Exception) -> str:
    """The sentence for whoever sits at the terminal."""
    if isinstance(wrong, Refusal):
        return " ".join([str(wrong).strip(), *_why(wrong)])
    if isinstance(wrong, ValidationError):
        return _settings(wrong)
    if isinstance(wrong, httpx.HTTPError):
        return f"服务无响应 No answer from the service: {wrong}"
    if isinstance(wrong, KafkaError | DBAPIError | RPCError):
        return f"服务不可用 A server is unavailable: {describe(wrong)}"
    return " ".join(str(wrong).split()) or type(wrong).__name__


def _why(wrong: Refusal) -> list[str]:
    """The article and the code, for who wants to look it up."""
    basis = wrong.fields.get("basis")
    field = wrong.fields.get("field")
    said = [f"〔{basis}〕"] if basis else []
    return [*said, f"({wrong.code}{f', {field}' if field else ''})"]


def _settings(wrong: ValidationError) -> str:
    """Settings by the names they are set by."""
    kinds = [*vars(all_settings).values(), AuditSettings]
    kind = next(
        (k for k in kinds if isinstance(k, type) and k.__name__ == wrong.title),
        None,
    )
    if kind is None or not issubclass(kind, BaseSettings):
        return fields_of(wrong)
    prefix = kind.model_config.get("env_prefix", "")
    errors = wrong.errors(include_input=False, include_url=False, include_context=False)
    names = [f"{prefix}{'_'.join(map(str, e['loc']))}".upper() for e in errors]
    missing = [n for n, e in zip(names, errors, strict=True) if e["type"] == "missing"]
    if missing:
        return f"缺少设置 These settings are missing: {', '.join(missing)}"
    said = (f"{n}: {e['msg']}" for n, e in zip(names, errors, strict=True))
    return f"设置有误 These settings are wrong: {'; '.join(said)}"
