"""Shows what is being waited for: one moving line at a terminal, a line now and then in a file."""

import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.text import Text

from deploy.stack.unit_log import WIDTH

QUIET_SECONDS = 2.0
"""In a file, something that changes faster is told at most this often."""
DONE = "ready"


class Progress:
    """A `Report`: called with a name and what it is doing, until it says that it is ready."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._doing: dict[str, str] = {}
        self._told_at: dict[str, float] = {}
        self._status = console.status("")

    def __enter__(self) -> Self:
        self._status.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._status.stop()

    def __call__(self, name: str, doing: str) -> None:
        if DONE in doing:
            self._doing.pop(name, None)
            self._print(name, doing)
        elif self._console.is_terminal:
            self._doing[name] = doing
        elif time.monotonic() - self._told_at.get(name, -QUIET_SECONDS) >= QUIET_SECONDS:
            self._told_at[name] = time.monotonic()
            self._print(name, doing)
        self._status.update(Text("  ".join(f"{who}: {what}" for who, what in self._doing.items())))

    def _print(self, name: str, doing: str) -> None:
        self._console.print(Text(f"{name:>{WIDTH}} │ ", style="bold") + Text(doing), soft_wrap=True)
