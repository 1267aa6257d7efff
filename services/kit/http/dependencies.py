"""What every route starts from: the record, the directory, and what the asker may see of it."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request

from contracts.agencies import Directory
from contracts.legal_day import legal_day
from services.kit.clock import Clock
from services.kit.rights.identity import Asking
from services.kit.rights.visibility import Sight, sight
from services.kit.storage.database import Sessions


def record(request: Request) -> Sessions:
    sessions: Sessions = request.app.state.sessions
    return sessions


def directory(request: Request) -> Directory:
    current: Callable[[], Directory] = request.app.state.directory
    return current()


def clock(request: Request) -> Clock:
    found: Clock = request.app.state.clock
    return found


TheRecord = Annotated[Sessions, Depends(record)]
TheDirectory = Annotated[Directory, Depends(directory)]
TheClock = Annotated[Clock, Depends(clock)]


def seen(asking: Asking, where: TheDirectory, now: TheClock) -> Sight:
    return sight(asking, where, legal_day(now.now()))


Seen = Annotated[Sight, Depends(seen)]
"""What the asker may see, at this moment."""
