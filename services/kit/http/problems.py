"""Every failure over HTTP is a problem+json (RFC 9457) with a stable code."""

from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from contracts.says import Says
from services.kit.errors import Refusal, Unavailable
from services.kit.faults import describe, is_the_databases

log = structlog.get_logger()

CODES = {404: "not_found", 405: "method_not_allowed", 413: "too_large"}
ZH = {404: "没有该地址。", 405: "该地址不支持此方法。", 413: "请求体过大。"}
"""What the framework says in English alone."""

NO_CHARACTER = frozenset({"22021", "22P05"})
"""SQLSTATEs of a text with a character that PostgreSQL cannot keep, such as NUL."""
NOT_KEPT = Says(
    "请求内容含有无法保存的字符。", "There is a character in it that cannot be kept, such as NUL."
)


def problem(status: int, code: str, says: Says, /, **fields: Any) -> JSONResponse:
    """What it says becomes the `detail`."""
    headers = {"retry-after": "2"} if status == 503 else {}
    if status == 401:
        headers["www-authenticate"] = "Bearer"
    body = {
        **fields,
        "type": f"urn:steelyard:problem:{code}",
        "title": code,
        "status": status,
        "detail": str(says),
        "code": code,
    }
    return JSONResponse(body, status, headers, media_type="application/problem+json")


def answer_problems(app: FastAPI) -> None:
    """Register how each kind of exception is answered."""
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(Unavailable, _unavailable)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(SQLAlchemyError, _database)
    app.add_exception_handler(OSError, _database)
    app.add_exception_handler(Exception, _fault)


async def _refused(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Refusal)
    return problem(error.status, error.code, error.says, **error.fields)


async def _unavailable(_request: Request, error: Exception) -> JSONResponse:
    log.warning("unavailable", says=describe(error))
    return problem(
        503, "unavailable", Says("服务暂不可用，请稍后重试。", "Unavailable, try again later.")
    )


async def _invalid(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    broken = [
        {"field": ".".join(str(part) for part in e["loc"]), "rule": e["type"], "says": e["msg"]}
        for e in error.errors()
    ]
    says = Says("请求内容不符合要求。", "; ".join(f"{b['field']}: {b['says']}" for b in broken))
    return problem(422, "invalid", says, errors=broken, **broken[0])


async def _http(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    code = CODES.get(error.status_code, "http")
    return problem(error.status_code, code, Says(ZH.get(error.status_code, ""), str(error.detail)))


async def _database(request: Request, error: Exception) -> JSONResponse:
    if getattr(getattr(error, "orig", None), "sqlstate", None) in NO_CHARACTER:
        return problem(422, "invalid", NOT_KEPT, field="request", rule="character")
    if is_the_databases(error):
        return await _unavailable(request, error)
    return await _fault(request, error)


async def _fault(request: Request, error: Exception) -> JSONResponse:
    log.error("request_failed", path=request.url.path, says=describe(error))
    return problem(500, "fault", Says("系统故障，已记录。", "A fault of ours; it is on record."))
