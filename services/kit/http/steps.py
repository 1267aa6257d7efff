"""The HTTP door to the steps of a procedure: the same for every service that owns one."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from pydantic import Field, JsonValue
from sqlalchemy import text
from temporalio.client import Client

from contracts.agencies import Principal
from contracts.messages import Message
from contracts.procedure import StepOutcome, TakeStep, procedure_id
from services.kit.errors import Refusal
from services.kit.http.dependencies import clock, directory, visible
from services.kit.rights.identity import Asking
from services.kit.rights.visibility import Visibility, seeing
from services.kit.running.temporal import connect
from services.kit.settings import TemporalSettings
from services.kit.steps.listening import StepListener
from services.kit.steps.taking import Pending, take_step
from services.kit.storage.database import Sessions

Find = Callable[[Request, Principal, str], Awaitable[UUID]]
"""The case a path names, if the asker may see it; raises `NotFound` otherwise."""

STATUS = {"wrong_role": 403, "invalid": 422}
"""What the engine refuses with another status than 409."""
ASK_AGAIN_S = "2"


class StepAsked(Message):
    """A step someone asks for; the step itself is named by the path, who asks by the token."""

    request_id: UUID
    """Chosen by the asker. Asking again with it never takes the step twice."""
    line: str = "main"
    expected_version: int | None = None
    """The line's version the asker saw."""
    payload: dict[str, JsonValue] = Field(default_factory=dict)


class Taker:
    """Takes steps for one service's API; connects to Temporal when the first one is asked for."""

    def __init__(
        self,
        sessions: Sessions,
        settings: TemporalSettings,
        outcomes: StepListener | None = None,
        *,
        within: timedelta = timedelta(seconds=10),
    ) -> None:
        self.sessions = sessions
        self._settings = settings
        self._outcomes = outcomes
        self._within = within
        self._client: Client | None = None

    async def take(self, procedure: str, request: TakeStep) -> StepOutcome | Pending:
        if self._client is None:
            self._client = await connect(self._settings, lazy=True)
        try:
            return await take_step(
                self._client,
                self.sessions,
                procedure,
                request,
                outcomes=self._outcomes,
                within=self._within,
            )
        except Refusal as refusal:
            refusal.status = STATUS.get(refusal.code, refusal.status)
            raise

    async def outcome(
        self, procedure: str, request_id: UUID, visible: Visibility
    ) -> StepOutcome | None:
        """What is on record of a request: for who asked it, and whoever sees for their agency."""
        async with seeing(self.sessions, visible) as session:
            bound = {"procedure": procedure, "request_id": request_id}
            row = (await session.execute(_LOGGED, bound)).first()
        if row is None or not visible.covers(row.agency):
            return None
        return StepOutcome(seq=row.seq, line=row.line, version=row.line_version, reply=row.reply)


def step_router(procedure: str, prefix: str, find: Find) -> APIRouter:
    """`POST <prefix>/{case}/steps/{step}` and `GET <prefix>/{case}/requests/{request_id}`.

    The application's state holds a `Taker` as `taker`.
    """
    router = APIRouter(prefix=prefix, tags=["steps"])

    @router.post("/{case}/steps/{step}", response_model=StepOutcome, responses=_RESPONSES)
    async def take(
        request: Request, asking: Asking, case: str, step: str, body: StepAsked
    ) -> Response | StepOutcome:
        """Take a step. 202: not yet known; ask again with the same request id."""
        case_id = await find(request, asking, case)
        taker: Taker = request.app.state.taker
        taking = TakeStep(
            request_id=body.request_id,
            step=step,
            line=body.line,
            by=asking,
            expected_version=body.expected_version,
            payload=body.payload,
        )
        outcome = await taker.take(procedure_id(procedure, case_id), taking)
        if isinstance(outcome, Pending):
            return _not_yet_known(f"{prefix}/{case}/requests/{body.request_id}", body.request_id)
        return outcome

    @router.get("/{case}/requests/{request_id}", response_model=StepOutcome, responses=_RESPONSES)
    async def outcome(
        request: Request, asking: Asking, case: str, request_id: UUID
    ) -> Response | StepOutcome:
        """What became of a request."""
        case_id = await find(request, asking, case)
        taker: Taker = request.app.state.taker
        own = visible(asking, directory(request), clock(request))
        known = await taker.outcome(procedure_id(procedure, case_id), request_id, own)
        return known or _not_yet_known(str(request.url.path), request_id)

    return router


def _not_yet_known(location: str, request_id: UUID) -> JSONResponse:
    body = {
        "status": "not_yet_known",
        "request_id": str(request_id),
        "says": "尚无结果，请以同一请求编号再次查询。 Not yet known: ask again with this id.",
    }
    return JSONResponse(body, 202, {"location": location, "retry-after": ASK_AGAIN_S})


_RESPONSES: dict[int | str, dict[str, Any]] = {
    202: {"description": "尚无结果 Not yet known; `Location` gives the outcome"},
    403: {"description": "无此权限 The asker does not hold the role"},
    409: {"description": "不可实施 Refused, with the article and what is open instead"},
}
_LOGGED = text(
    """
    SELECT seq, line, line_version, reply, agency FROM step_log
    WHERE procedure_id = :procedure AND request_id = :request_id
    """
)
