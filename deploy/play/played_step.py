"""One step that a demonstration or a drill has somebody take."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class PlayedStep:
    """One step to be taken: by the holder of the role that the open step asks for."""

    step: str
    procedure: str = "enforcement_case"
    line: str = "main"
    payload: Mapping[str, Any] | None = None
    holder: int = 0
    """Which of several holders of the role takes it."""
    agency: str | None = None
    """At which of several agencies; at the first if none is named."""
