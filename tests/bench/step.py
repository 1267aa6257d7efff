"""One step of a real procedure against a bare Temporal update with one empty activity.

    make bench-step

The step is everything: the step log asked, the update sealed and checked, deadlines reckoned, the
effect and the log written in PostgreSQL, the outcome known. Both sides have the same server, their
workflows in one process and their activities in another; they take turns, and the median counts.
"""

import argparse
import asyncio
from base64 import b64encode
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from pydantic import SecretStr
from temporalio.client import Client

from deploy.embedded.postgres import Postgres
from deploy.embedded.temporal import Temporal
from deploy.stack.environment import CALENDAR, JURISDICTION
from services.enforcement.app import NAME as ENFORCEMENT
from services.kit.running.temporal import connect
from services.kit.running.unit import loop_factory
from services.kit.settings import DatabaseSettings, TemporalSettings
from services.kit.steps.listening import StepListener
from services.kit.storage.database import DatabaseRole, dsn, engine, provision, sessions
from services.kit.storage.migrate import migrate
from tests.bench import bare
from tests.bench.contender import running
from tests.bench.figures import conclude, median, say, show
from tests.bench.walks import BareSide, Ours, Side, alone
from tests.support.servers import create_database, server_home
from tests.support.servers import running as serving
from workflows.app import NAME as WORKFLOWS

ROLE_KEY = "a key for benchmarks only"
ALONE, AT_ONCE = 4, 20
PARTS: tuple[DatabaseRole, DatabaseRole] = "app", "worker"
PROCESSES = (
    ("tests.bench.workers", WORKFLOWS),
    ("tests.bench.workers", ENFORCEMENT),
    ("tests.bench.bare_workers", bare.WORKFLOWS),
    ("tests.bench.bare_workers", bare.ACTIVITIES),
)


@asynccontextmanager
async def standing() -> AsyncIterator[Mapping[str, Side]]:
    """Both sides on their servers, warmed up."""
    async with AsyncExitStack() as stack:
        home = stack.enter_context(server_home())
        postgres = stack.enter_context(serving(Postgres(home)))
        temporal = stack.enter_context(serving(Temporal(home)))
        url = await create_database(postgres)
        database = DatabaseSettings.model_validate({"url": url, "role_key": ROLE_KEY})
        await provision(url, [ENFORCEMENT], ROLE_KEY)
        await migrate(database, ENFORCEMENT)
        environment = _environment(home, url, temporal.address)
        for module, name in PROCESSES:
            stack.enter_context(running(module, name, environment=environment))
        asked, written = (engine(database, ENFORCEMENT, part) for part in PARTS)
        stack.push_async_callback(asked.dispose)
        stack.push_async_callback(written.dispose)
        codec_keys = SecretStr(environment["TEMPORAL_CODEC_KEYS"])
        settings = TemporalSettings(address=temporal.address, codec_keys=codec_keys)
        outcomes = StepListener(ENFORCEMENT, dsn(database, ENFORCEMENT, "app"))
        stack.push_async_callback(outcomes.stop)
        sides = {
            "bare": BareSide(await Client.connect(temporal.address)),
            "ours": Ours(
                await connect(settings),
                outcomes,
                asked=sessions(asked, ENFORCEMENT),
                written=sessions(written, ENFORCEMENT),
            ),
        }
        await alone(sides, 1)
        yield sides


def _environment(home: Path, url: str, temporal: str) -> dict[str, str]:
    return {
        "DATABASE_URL": url,
        "DATABASE_ROLE_KEY": ROLE_KEY,
        "TEMPORAL_ADDRESS": temporal,
        "TEMPORAL_CODEC_KEYS": f"bench:{b64encode(bytes(range(32))).decode()}",
        "STEELYARD_DATA_DIR": str(home),
        "STEELYARD_JURISDICTION": str(JURISDICTION),
        "STEELYARD_CALENDAR": str(CALENDAR),
    }


async def compare(rounds: int, procedures: int, at_once: int) -> None:
    """Run the rounds, print what came out."""
    latency: defaultdict[str, list[float]] = defaultdict(list)
    rate: defaultdict[str, list[float]] = defaultdict(list)
    async with standing() as sides:
        for number in range(rounds):
            for name, seconds in (await alone(sides, procedures)).items():
                latency[name].append(median(seconds) * 1000)
            for name, side in sides.items():
                rate[name].append(await side.at_once(at_once))
            found = ", ".join(f"{n} {latency[n][-1]:.1f} ms {rate[n][-1]:.0f}/s" for n in sides)
            say(f"{number + 1}/{rounds} {found}")
    took = {name: median(found) for name, found in latency.items()}
    each = {name: median(found) for name, found in rate.items()}
    show(
        f"一个步骤  One step, alone and with {at_once} procedures at once",
        ("", "毫秒 ms", "每秒 steps/s"),
        [
            ("Steelyard", f"{took['ours']:.1f}", f"{each['ours']:.0f}"),
            ("Temporal，空更新 bare update", f"{took['bare']:.1f}", f"{each['bare']:.0f}"),
            (
                "倍 times",
                f"{took['ours'] / took['bare']:.2f}",
                f"{each['bare'] / each['ours']:.2f}",
            ),
        ],
    )
    conclude(
        "step",
        vs_bare=took["ours"] / took["bare"],
        vs_bare_throughput=each["bare"] / each["ours"],
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--alone", type=int, default=ALONE, help="procedures, one by one")
    parser.add_argument("--at-once", type=int, default=AT_ONCE)
    asked = parser.parse_args()
    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        runner.run(compare(asked.rounds, asked.alone, asked.at_once))


if __name__ == "__main__":
    main()
