"""A unit's HTTP side: problem+json, a limit on bodies, liveness and readiness, OpenAPI."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, MutableMapping, Sequence
from types import MappingProxyType
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse
from fastapi_swagger import patch_fastapi
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from contracts.says import Says
from services.kit.faults import describe
from services.kit.http.problems import answer_problems, problem
from services.kit.rights.identity import Identity
from services.kit.settings import SteelyardSettings

ReadinessCheck = Callable[[], Awaitable[None]]
"""Raises while something is not ready."""

CHECK_S = 2.0
TOO_LARGE = Says("请求体过大。", "The body is too large.")


def create_app(
    unit: str,
    settings: SteelyardSettings,
    *,
    routers: Sequence[APIRouter] = (),
    identity: Identity | None = None,
    checks: MutableMapping[str, ReadinessCheck] | None = None,
    larger: Mapping[str, int] | None = None,
    **state: Any,
) -> FastAPI:
    """The application of a unit; `state` is what its routes find in `request.app.state`.

    `larger`: paths whose bodies may have more bytes than the settings' limit.
    """
    app = FastAPI(
        title=f"Steelyard {unit}",
        version="1",
        description=f"杆秤 {unit} 接口",
        docs_url=None,
        redoc_url=None,
        swagger_ui_oauth2_redirect_url=None,
    )
    patch_fastapi(app)  # /docs with a viewer of our own: an office's network may have no internet
    app.state.identity = identity
    app.state.checks = checks if checks is not None else {}
    for name, value in state.items():
        setattr(app.state, name, value)
    answer_problems(app)
    app.include_router(_health)
    for router in routers:
        app.include_router(router)
    app.add_middleware(BodyLimit, limit=settings.max_body_bytes, larger=larger or {})
    if settings.telemetry != "off":
        from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor

        FastAPIInstrumentor.instrument_app(app, excluded_urls="health")
    return app


def database_check(engine: AsyncEngine) -> ReadinessCheck:
    """Ready while the database answers."""

    async def check() -> None:
        async with engine.connect() as connection:
            await connection.execute(text("SELECT 1"))

    return check


class BodyLimit:
    """Refuses a body beyond the limit with 413, whether or not it says its length."""

    def __init__(
        self, app: ASGIApp, limit: int, larger: Mapping[str, int] = MappingProxyType({})
    ) -> None:
        self._app = app
        self._limit = limit
        self._larger = larger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._larger.get(scope["path"], self._limit)
        length = dict(scope["headers"]).get(b"content-length", b"")
        if length.isdigit() and int(length) > limit:
            await self._drain(receive)
            await problem(413, "too_large", TOO_LARGE)(scope, receive, send)
            return
        await self._app(scope, self._counted(receive, limit), send)

    def _counted(self, receive: Receive, limit: int) -> Receive:
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                await self._drain(receive)
                raise HTTPException(413, TOO_LARGE.en)
            return message

        return counted

    async def _drain(self, receive: Receive) -> None:
        """Read some of the rest, or the sender sees a broken connection instead of the answer."""
        left = 20 * self._limit
        while left > 0:
            message = await receive()
            left -= len(message.get("body", b""))
            if message["type"] != "http.request" or not message.get("more_body"):
                return


_health = APIRouter(prefix="/health", tags=["health"])


@_health.get("/live")
async def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "live"}


@_health.get("/ready")
async def ready(request: Request) -> JSONResponse:
    """Everything it needs answers too."""
    checks: MutableMapping[str, ReadinessCheck] = request.app.state.checks
    results = await asyncio.gather(*(_checked(check) for check in checks.values()))
    found = dict(zip(checks, results, strict=True))
    good = all(result == "ready" for result in results)
    return JSONResponse(
        {"status": "ready" if good else "not_ready", "checks": found}, 200 if good else 503
    )


async def _checked(check: ReadinessCheck) -> str:
    try:
        async with asyncio.timeout(CHECK_S):
            await check()
    except Exception as fault:
        return describe(fault)
    return "ready"
