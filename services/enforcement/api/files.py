"""Files: handed in by content, fetched by hash."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, status
from fastapi.responses import FileResponse
from sqlalchemy.dialects.postgresql import insert

from contracts.says import Says
from services.enforcement.folder import Folder
from services.enforcement.models import File
from services.enforcement.queries import may_see_file
from services.enforcement.views import StoredFile
from services.kit.errors import Forbidden, NotFound
from services.kit.http.dependencies import TheClock, TheRecord, Visible
from services.kit.rights.identity import Asking
from services.kit.rights.visibility import seeing
from services.kit.storage.transaction import transaction

router = APIRouter(prefix="/files", tags=["files 文件"])
UNKNOWN = "application/octet-stream"


def folder(request: Request) -> Folder:
    found: Folder = request.app.state.folder
    return found


TheFolder = Annotated[Folder, Depends(folder)]
Hash = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]


@router.post("", status_code=status.HTTP_201_CREATED)
async def hand_in(
    *,
    request: Request,
    asking: Asking,
    visible: Visible,
    record: TheRecord,
    folder: TheFolder,
    now: TheClock,
) -> StoredFile:
    """Keep the body under its SHA-256; evidence then names it by that hash."""
    if not asking.roles:
        raise Forbidden(Says("仅限任职人员提交文件。", "Only holders of a role hand in files"))
    sha256, size = await folder.keep(request.stream())
    media_type = request.headers.get("content-type", UNKNOWN)[:100]
    row = {
        "sha256": sha256,
        "size": size,
        "media_type": media_type,
        "agency": asking.agency,
        "stored_at": now.now(),
    }
    async with transaction(record, visible=visible) as tx:
        await tx.session.execute(insert(File).values(**row).on_conflict_do_nothing())
    return StoredFile(sha256=sha256, size=size, media_type=media_type)


@router.get("/{sha256}", response_class=FileResponse)
async def fetch(
    visible: Visible, record: TheRecord, folder: TheFolder, sha256: Hash
) -> FileResponse:
    """For whoever handed it in, and whoever may see a case that holds it."""
    async with seeing(record, visible) as session:
        row = await session.get(File, sha256)
        may = row and (visible.covers(row.agency) or await may_see_file(session, visible, sha256))
    if row is None or not may:
        raise NotFound(Says("文件", "file"), sha256)
    return FileResponse(
        folder.where(sha256),
        media_type=row.media_type,
        filename=sha256,  # as an attachment: a browser never runs what an agency handed in
        headers={"x-content-type-options": "nosniff"},
    )
