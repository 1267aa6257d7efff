"""The stack of one machine as `up` and `demo` run it: with keys for the agencies that have none."""

import os
from pathlib import Path

from deploy.embedded.server import ProgressReport, quietly
from deploy.keys import ensure_keys
from deploy.stack.environment import JURISDICTION
from deploy.stack.supervise import Stack
from deploy.stack.unit_log import Say
from services.kit.directory.file import load_directory


def local_stack(
    data_dir: Path, *, report: ProgressReport = quietly, say: Say = quietly, drills: bool = False
) -> Stack:
    """Servers and units in this folder, ready to be entered."""
    jurisdiction = Path(os.environ.get("STEELYARD_JURISDICTION", JURISDICTION))
    env = {"STEELYARD_DRILLS": "true"} if drills else {}
    if "STEELYARD_JURISDICTION_KEYS" not in os.environ:
        overlay = ensure_keys(load_directory(jurisdiction), data_dir.absolute())
        env["STEELYARD_JURISDICTION_KEYS"] = str(overlay)
    return Stack(data_dir, report=report, say=say, env=env)
