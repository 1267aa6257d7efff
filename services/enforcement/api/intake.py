"""Reports handed in over HTTP, and what became of them."""

import hashlib

from fastapi import APIRouter, Request, Response, status

from services.enforcement import intake
from services.enforcement.views import Receipt, ReceiptStatus
from services.kit.asked import Seen, TheRecord
from services.kit.errors import NotFound
from services.kit.submitting import Submissions

router = APIRouter(tags=["intake 收件"])
AGENCIES = "/agencies/"


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

    202: it is on the same topic as every other report, and will be judged there.
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


@router.get("/receipts/{agency}/{event_id:path}")
async def receipt(record: TheRecord, seen: Seen, agency: str, event_id: str) -> ReceiptStatus:
    """What became of a submission: for its sender, and whoever is above it."""
    if not seen.covers(agency):
        raise NotFound("receipt", event_id)
    async with record() as session:
        return await intake.status_of(session, f"{AGENCIES}{agency}", event_id)
