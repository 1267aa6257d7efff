"""The stories whose histories are recorded; each file of this folder has some, as `STORIES`."""

import importlib
import pkgutil
from collections.abc import Mapping

from tests.replay.telling import Story

STORIES: Mapping[str, tuple[Story, ...]] = {
    procedure: stories
    for module in pkgutil.iter_modules(__path__, f"{__name__}.")
    for procedure, stories in importlib.import_module(module.name).STORIES.items()
}
"""By procedure and version. A released version keeps its histories: add to them, replace none."""
