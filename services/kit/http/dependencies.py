"""What every route starts from: the record, the directory, and what the asker may see of it."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request

from contracts.agencies import Directory
from contracts.legal_day import legal_day
from services.kit.clock import WallClock
from services.kit.rights.identity import Asking
from services.kit.rights.visibility import Visibility, visibility_of
from services.kit.storage.database import Sessions


def record(request: Request) -> Sessions:
    sessions: Sessions = request.app.state.sessions
    return sessions


def directory(request: Request) -> Directory:
    current: Callable[[], Directory] = request.app.state.directory
    return current()


def clock(request: Request) -> WallClock:
    found: WallClock = request.app.state.clock
    return found


TheRecord = Annotated[Sessions, Depends(record)]
TheDirectory = Annotated[Directory, Depends(directory)]
TheClock = Annotated[WallClock, Depends(clock)]


def visible(asking: Asking, where: TheDirectory, now: TheClock) -> Visibility:
    return visibility_of(asking, where, legal_day(now.now()))


Visible = Annotated[Visibility, Depends(visible)]
"""What the asker may see, at this moment."""
