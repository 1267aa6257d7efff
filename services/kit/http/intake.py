"""The HTTP door for signed events: the same for every unit that hears what agencies send."""

import hashlib
from collections.abc import Awaitable, Callable
from typing import TypeVar

from fastapi import APIRouter, Request, Response, status
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.messages import Instant, Message, Sha256
from contracts.says import Says
from services.kit.errors import NotFound
from services.kit.events.submitting import Submissions
from services.kit.http.dependencies import TheRecord, Visible
from services.kit.rights.visibility import seeing

AGENCIES = "/agencies/"
Status = TypeVar("Status", bound=Message)


class Receipt(Message):
    """A submission was received; what became of it is found at `status`."""

    source: str
    id: str
    sha256: Sha256
    """Of the data bytes as sent."""
    received_at: Instant
    status: str


def intake_router(
    view: type[Status], status_of: Callable[[AsyncSession, str, str], Awaitable[Status]]
) -> APIRouter:
    """`POST /events` and `GET /receipts/{agency}/{event_id}`, answered by `status_of`.

    The application's state holds `Submissions` as `submissions`.
    """
    router = APIRouter(tags=["intake 收件"])

    @router.post(
        "/events",
        status_code=status.HTTP_202_ACCEPTED,
        openapi_extra={
            "requestBody": {
                "required": True,
                "content": {"application/cloudevents+json": {"schema": {"type": "object"}}},
            }
        },
    )
    async def submit(request: Request, response: Response) -> Receipt:
        """Take a signed CloudEvent (structured mode); the signature proves the sender.

        202: it is on the same topic as all that agencies send, and will be judged there.
        """
        submissions: Submissions = request.app.state.submissions
        envelope, received_at = await submissions.submit(await request.body())
        where = f"/receipts/{envelope.source.removeprefix(AGENCIES)}/{envelope.id}"
        response.headers["location"] = where
        return Receipt(
            source=envelope.source,
            id=envelope.id,
            sha256=hashlib.sha256(envelope.data).hexdigest(),
            received_at=received_at,
            status=where,
        )

    @router.get("/receipts/{agency}/{event_id:path}", response_model=view)
    async def receipt(record: TheRecord, visible: Visible, agency: str, event_id: str) -> Status:
        """What became of a submission: for its sender, and whoever is above it."""
        if not visible.covers(agency):
            raise NotFound(Says("回执", "receipt"), event_id)
        async with seeing(record, visible) as session:
            return await status_of(session, f"{AGENCIES}{agency}", event_id)

    return router
