"""Signed reports from topic to committed case: the product, a plain handler, and the limit.

    make bench-ingest

Each contender reads the same records into a fresh database, in a process of its own. While they
start, the inbox is locked; the clock runs from the moment the lock is let go until the last event
is committed. Rounds are interleaved and the median counts, so that what else the machine does
falls on all alike.
"""

import argparse
import asyncio
import subprocess
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import asyncpg

from deploy.embedded.kafka import Kafka
from deploy.embedded.postgres import Postgres
from deploy.keys import ensure_keys
from deploy.stack.environment import CALENDAR, JURISDICTION
from deploy.topics import ensure_topics
from services.enforcement.app import NAME
from services.kit.directory.file import load_directory
from services.kit.settings import DatabaseSettings
from services.kit.storage.database import provision
from services.kit.storage.migrate import migrate
from tests.bench import reports
from tests.bench.contender import check_alive, running
from tests.bench.figures import conclude, median, say, show
from tests.support.servers import create_database, drop_database, server_home
from tests.support.servers import running as serving

ROLE_KEY = "a key for benchmarks only"
TABLES = ("inbox", "enforcement_case", "report", "outbox")
START_S, ROUND_S = 60.0, 120.0


@dataclass(frozen=True)
class Contender:
    says: str
    module: str
    processes: int = 1
    share: int = 1
    """It takes one part in so many of the records."""


OURS, PLAIN, LIMIT, TWO = "ours", "plain", "limit", "two"
CONTENDERS = {
    OURS: Contender("Steelyard，一个进程 one process", "tests.bench.ours"),
    PLAIN: Contender("FastStream + SQLModel，逐条 per message", "tests.bench.plain", share=30),
    LIMIT: Contender("极限 limit: aiokafka + COPY, unsigned", "tests.bench.limit"),
    TWO: Contender("Steelyard，两个进程 two processes", "tests.bench.ours", processes=2),
}


@dataclass
class Stand:
    """The servers, with the records on the topic and a database to copy."""

    postgres: Postgres
    template: str
    environment: Mapping[str, str]
    count: int

    async def round(self, contender: Contender) -> float:
        """Events a second."""
        url = await create_database(self.postgres, self.template)
        count = self.count // contender.share
        try:
            async with self._gate(url) as watching:
                with running(
                    contender.module,
                    f"bench-{uuid4()}",
                    processes=contender.processes,
                    environment={**self.environment, "DATABASE_URL": url},
                ) as processes:
                    seconds = await _timed(watching, processes, count)
                await _check(watching, count)
        finally:
            await drop_database(self.postgres, url)
        return count / seconds

    @asynccontextmanager
    async def _gate(self, url: str) -> AsyncIterator["Watching"]:
        async with AsyncExitStack() as stack:
            gate, eye = await asyncpg.connect(url), await asyncpg.connect(url)
            stack.push_async_callback(gate.close)
            stack.push_async_callback(eye.close)
            await gate.execute(f"BEGIN; LOCK TABLE {NAME}.inbox IN ACCESS EXCLUSIVE MODE")
            yield Watching(gate, eye)


@dataclass(frozen=True)
class Watching:
    gate: asyncpg.Connection
    eye: asyncpg.Connection

    async def waiting(self) -> int:
        """How many stand at the gate, each with its first batch in hand."""
        found: int = await self.eye.fetchval(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return found

    async def told(self) -> int:
        """Events told so far; asked of the index, so that watching costs next to nothing."""
        last: int | None = await self.eye.fetchval(f"SELECT max(id) FROM {NAME}.outbox")
        return last or 0


async def _timed(
    watching: Watching, processes: Sequence[subprocess.Popen[bytes]], count: int
) -> float:
    async with asyncio.timeout(START_S):
        while await watching.waiting() < len(processes):
            check_alive(processes)
            await asyncio.sleep(0.05)
    await watching.gate.execute("COMMIT")
    began = time.perf_counter()
    async with asyncio.timeout(ROUND_S):
        while await watching.told() < count or await _fewest(watching.eye) < count:
            check_alive(processes)
            await asyncio.sleep(0.02)
    return time.perf_counter() - began


async def _fewest(eye: asyncpg.Connection) -> int:
    return min(await _counts(eye))


async def _counts(eye: asyncpg.Connection) -> list[int]:
    return [await eye.fetchval(f"SELECT count(*) FROM {NAME}.{table}") for table in TABLES]


async def _check(watching: Watching, count: int) -> None:
    """Every event left one row in each table, and nothing was held or set aside."""
    counts = await _counts(watching.eye)
    if len(set(counts)) != 1 or counts[0] < count:
        raise RuntimeError(f"{dict(zip(TABLES, counts, strict=True))}, {count} events were due")
    apart = "SELECT (SELECT count(*) FROM {0}.held) + (SELECT count(*) FROM {0}.set_aside)"
    if await watching.eye.fetchval(apart.format(NAME)):
        raise RuntimeError("events were held or set aside")


@asynccontextmanager
async def standing(count: int) -> AsyncIterator[Stand]:
    with server_home() as home, serving(Postgres(home)) as postgres, serving(Kafka(home)) as kafka:
        plain = load_directory(JURISDICTION)
        keys = ensure_keys(plain, home)
        say(f"写入 {count} 份已签名的报告  Putting {count} signed reports on the topic ...")
        await ensure_topics(kafka.address)
        directory = load_directory(JURISDICTION, keys)
        size = await reports.produce(kafka.address, directory, home, count)
        say(f"平均 {size} 字节  {size} bytes each on average")
        environment = _environment(home, keys, kafka.address)
        yield Stand(postgres, await _template(postgres), environment, count)


def _environment(home: Path, keys: Path, servers: str) -> dict[str, str]:
    return {
        "DATABASE_ROLE_KEY": ROLE_KEY,
        "KAFKA_BOOTSTRAP_SERVERS": servers,
        "STEELYARD_DATA_DIR": str(home),
        "STEELYARD_JURISDICTION": str(JURISDICTION),
        "STEELYARD_JURISDICTION_KEYS": str(keys),
        "STEELYARD_CALENDAR": str(CALENDAR),
    }


async def _template(postgres: Postgres) -> str:
    url = await create_database(postgres)
    await provision(url, [NAME], ROLE_KEY)
    await migrate(DatabaseSettings.model_validate({"url": url, "role_key": ROLE_KEY}), NAME)
    return url.rpartition("/")[2]


async def compare(count: int, rounds: int) -> None:
    """Run the rounds, print what came out."""
    rates: defaultdict[str, list[float]] = defaultdict(list)
    async with standing(count) as stand:
        for number in range(rounds):
            for name, contender in CONTENDERS.items():
                rates[name].append(await stand.round(contender))
                say(f"{number + 1}/{rounds} {contender.says}: {rates[name][-1]:.0f}/s")
    middle = {name: median(found) for name, found in rates.items()}
    show(
        "已签名的报告：从主题到案件入库  Signed reports, from topic to committed case",
        ("", "每秒 events/s", "对逐条 vs plain", "对极限 vs limit"),
        [
            (
                contender.says,
                f"{middle[name]:.0f}",
                f"{middle[name] / middle[PLAIN]:.1f}",
                f"{middle[name] / middle[LIMIT]:.2f}",
            )
            for name, contender in CONTENDERS.items()
        ],
    )
    conclude(
        "ingest",
        vs_plain=middle[OURS] / middle[PLAIN],
        vs_limit=middle[OURS] / middle[LIMIT],
        vs_limit_two_processes=middle[TWO] / middle[LIMIT],
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=30_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    asyncio.run(compare(asked.events, asked.rounds))


if __name__ == "__main__":
    main()
