"""How two processes share the suite: a file at a time, the journeys together, longest first."""

from collections.abc import Sequence

import pytest
from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("tests/journeys",)
"""Folders whose tests stand on one thing that is dear to start."""


def together(nodeid: str) -> str:
    """What must run in one process: a test's file, or its folder."""
    file = nodeid.partition("::")[0]
    return next((folder for folder in TOGETHER if file.startswith(f"{folder}/")), file)


def longest_first(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """So that no process is left alone with a long file at the end."""
    return sorted(items, key=_rank)


def _rank(item: pytest.Item) -> int:
    if item.nodeid.startswith(TOGETHER):
        return 0
    ranks = {"journey": 1, "servers": 2}
    return min((rank for mark, rank in ranks.items() if item.get_closest_marker(mark)), default=3)


class Sharing(LoadScopeScheduling):  # type: ignore[misc] # xdist has no types
    """Hands out what `together` says, in the order of the collection."""

    def __init__(self, config: pytest.Config, log: object) -> None:
        config.option.loadscopereorder = False
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        return together(nodeid)
