"""Findings as they were frozen, and worked out again."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.kit.http.records import TheViewer, Viewer
from services.net_content.models import Finding
from services.net_content.queries import checks as queries
from services.net_content.rules.checks.freezing import again
from services.net_content.views import Recomputed

router = APIRouter(prefix="/checks/{check_id}/findings", tags=["checks 批次检查"])


@router.get("/{number}")
async def frozen_finding(viewer: TheViewer, check_id: UUID, number: int) -> Response:
    """The finding as it was frozen, byte for byte: its SHA-256 is the entity tag."""
    row = await _finding(viewer, check_id, number)
    headers = {"etag": f'"{row.sha256}"'}
    return Response(row.body.encode(), media_type="application/json", headers=headers)


@router.get("/{number}/recomputed")
async def recomputed(viewer: TheViewer, check_id: UUID, number: int) -> Recomputed:
    """The finding worked out again from its own inputs, by today's program."""
    row = await _finding(viewer, check_id, number)
    anew = again(row.body)
    return Recomputed(
        frozen_sha256=row.sha256, recomputed_sha256=anew.sha256, same=anew.body == row.body
    )


async def _finding(viewer: Viewer, check_id: UUID, number: int) -> Finding:
    await queries.check(viewer.session, viewer.visible, check_id)
    return await queries.finding(viewer.session, check_id, number)
