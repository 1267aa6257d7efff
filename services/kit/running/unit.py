"""One process, one unit, one event loop: starts everything, stops finishing what is in hand."""

import asyncio
import contextlib
import gc
import signal
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass

import structlog
import uvicorn
from fastapi import FastAPI
from temporalio.client import Client
from temporalio.worker import Worker

from contracts.says import Says
from services.kit.errors import Unavailable
from services.kit.events.hearing import Hearing
from services.kit.events.outbox_relay import Relay
from services.kit.faults import describe
from services.kit.running.logs import configure_logs
from services.kit.running.telemetry import configure_telemetry
from services.kit.running.temporal import connect
from services.kit.settings import Settings

log = structlog.get_logger()

STOP_S = 25.0
"""What all of a stopping unit may take together."""

Background = Callable[[], Awaitable[None]]
WorkerOf = Callable[[Client], Worker]


@dataclass(frozen=True)
class Unit:
    """All that a process runs. `app.py` puts it together; `run` runs it."""

    name: str
    settings: Settings
    app: FastAPI
    hearing: Hearing | None = None
    relay: Relay | None = None
    workers: Sequence[WorkerOf] = ()
    background: Sequence[Background] = ()
    """Loops that run until they are cancelled."""
    closing: Sequence[Background] = ()
    """Called last, in this order: engines, producers."""


def run(unit: Unit) -> int:
    """Run until SIGTERM or SIGINT; the process's exit code."""
    configure_logs(unit.settings.steelyard, unit.name)
    configure_telemetry(unit.settings.steelyard, unit.name)
    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        return runner.run(serve(unit))


async def serve(unit: Unit, stop: asyncio.Event | None = None) -> int:
    """The same, inside a loop; `stop` ends it as a signal would."""
    running = _Running(unit, stop or asyncio.Event())
    return await running.until_stopped()


class _Server(uvicorn.Server):
    """uvicorn without its own signal handlers: the unit stops as a whole."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class _Running:
    def __init__(self, unit: Unit, stop: asyncio.Event) -> None:
        self.unit = unit
        self.stop = stop
        settings = unit.settings.steelyard
        self.server = _Server(
            uvicorn.Config(
                unit.app,
                host=settings.http_host,
                port=settings.http_port,
                log_config=None,
                access_log=False,
                lifespan="off",
                timeout_graceful_shutdown=10,
                server_header=False,
            )
        )
        self.polling = [False] * len(unit.workers)
        self._checks()

    async def until_stopped(self) -> int:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stop.set)
        tasks = self._start()
        calm_gc()
        log.info("unit_started", name=self.unit.name)
        waiting = asyncio.create_task(self.stop.wait())
        await asyncio.wait([waiting, *tasks.values()], return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        failed = [name for name, task in tasks.items() if task.done() and not self.stop.is_set()]
        for name in failed:
            fault = tasks[name].exception()
            log.error("part_ended", part=name, says=describe(fault) if fault else "it returned")
        await self._stop(tasks)
        log.info("unit_stopped", name=self.unit.name)
        return 1 if failed else 0

    def _start(self) -> dict[str, asyncio.Task[None]]:
        unit = self.unit
        parts: dict[str, Awaitable[None]] = {"http": self.server.serve()}
        if unit.relay is not None:
            parts["relay"] = unit.relay.run()
        if unit.hearing is not None:
            parts["hearing"] = self._hear(unit.hearing)
        for number, worker_of in enumerate(unit.workers):
            parts[f"worker{number}"] = self._work(number, worker_of)
        for number, background in enumerate(unit.background):
            parts[f"background{number}"] = background()
        return {name: asyncio.ensure_future(part) for name, part in parts.items()}

    async def _stop(self, tasks: dict[str, asyncio.Task[None]]) -> None:
        """Doors first, what is in hand next, the relay after it: it pays what was still owed."""
        self.stop.set()
        self.server.should_exit = True
        try:
            async with asyncio.timeout(STOP_S):
                if self.unit.hearing is not None:
                    await self.unit.hearing.stop()
                first = [task for name, task in tasks.items() if name.startswith(("http", "work"))]
                await asyncio.gather(*first, return_exceptions=True)
                if self.unit.relay is not None:
                    self.unit.relay.stop()
                    await asyncio.wait([tasks["relay"]])
        except TimeoutError:
            log.warning("stop_cut_short", name=self.unit.name)
        for task in tasks.values():
            task.cancel()
        await asyncio.gather(*tasks.values(), return_exceptions=True)
        for close in self.unit.closing:
            await close()

    async def _hear(self, hearing: Hearing) -> None:
        await hearing.start()
        await self.stop.wait()

    async def _work(self, number: int, worker_of: WorkerOf) -> None:
        """A worker, and another one when Temporal goes away for longer than it bears."""
        while not self.stop.is_set():
            try:
                client = await connect(self.unit.settings.temporal)
                async with worker_of(client):
                    self.polling[number] = True
                    await self.stop.wait()
            except Exception as fault:
                log.warning("worker_ended", says=describe(fault))
                await asyncio.sleep(1)
            finally:
                self.polling[number] = False

    def _checks(self) -> None:
        async def parts_are_up() -> None:
            if self.unit.hearing is not None and not self.unit.hearing.started:
                raise Unavailable(Says("尚未开始收取事件。", "not yet hearing"))
            if not all(self.polling):
                raise Unavailable(Says("有工作者尚未轮询。", "a worker is not polling"))

        self.unit.app.state.checks["parts"] = parts_are_up


def calm_gc() -> None:
    """What start-up made stays: never looked at again (20 µs an event, measured)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop
    except ImportError:  # not on Windows
        return None
    return uvloop.new_event_loop
