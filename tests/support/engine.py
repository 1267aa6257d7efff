"""The engine on real servers, in this process: its worker, and the worker of a record's owner."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Self
from uuid import UUID, uuid4

from pydantic import SecretStr
from sqlalchemy import text
from temporalio.client import Client
from temporalio.worker import Worker

from contracts.agencies import Directory, Principal
from contracts.legal_day import SHANGHAI
from contracts.procedure import OpenProcedure, ProcedureState, StepOutcome, TakeStep
from services.kit.running.temporal import activities_worker, connect
from services.kit.settings import DatabaseSettings, TemporalSettings
from services.kit.steps.activity import step_activity
from services.kit.steps.effects import Effects
from services.kit.steps.taking import Pending, take_step
from services.kit.storage.database import engine, sessions
from tests.support.directories import COUNTY, directory
from tests.support.play import SHIPPED
from tests.support.servers import ROLE_KEY
from workflows import registry
from workflows.app import Reckoning, worker

CODEC_KEY = "test:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="


class Fixed:
    """A file that never changes: what `Reckoning` reads in tests."""

    def __init__(self, content: Any) -> None:
        self.content = content

    def current(self) -> Any:
        return self.content


class Engine:
    """Workers and a client; `owner` is the service whose record, in that database, they keep."""

    def __init__(
        self,
        database_url: str,
        temporal_address: str,
        *,
        owner: str = "enforcement",
        effects: Effects | None = None,
        where: Directory | None = None,
        version: int | None = None,
    ) -> None:
        self.version = version
        """Of the procedures it opens; the latest, if none is said."""
        self.owner = owner
        self.effects = effects or Effects()
        self.database = DatabaseSettings(url=SecretStr(database_url), role_key=SecretStr(ROLE_KEY))
        self.temporal = TemporalSettings(address=temporal_address, codec_keys=SecretStr(CODEC_KEY))
        self.reckoning = Reckoning(Fixed(where or directory()), Fixed(SHIPPED))  # type: ignore[arg-type]
        self.workers: dict[str, Worker] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}

    async def __aenter__(self) -> Self:
        self.pool = engine(self.database, self.owner)
        self.sessions = sessions(self.pool, self.owner)
        self.client: Client = await connect(self.temporal)
        self.start_worker()
        self.start_owner()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for name in list(self._tasks):
            await self.stop(name)
        await self.pool.dispose()

    def start_worker(self) -> None:
        self._start("workflows", worker(self.client, self.reckoning))

    def start_owner(self) -> None:
        activity = step_activity(self.owner, self.sessions, self.effects)
        self._start(self.owner, activities_worker(self.client, self.owner, [activity]))

    def _start(self, name: str, one: Worker) -> None:
        self.workers[name] = one
        self._tasks[name] = asyncio.create_task(one.run())

    async def stop(self, name: str) -> None:
        await self.workers[name].shutdown()
        await self._tasks.pop(name)

    async def open(
        self,
        procedure: str = "enforcement_case",
        *,
        at: datetime | None = None,
        agencies: tuple[str, ...] = (COUNTY,),
        **facts: Any,
    ) -> str:
        """Open one now; or at a moment of another time, to which legal time is then shifted."""
        now = datetime.now(SHANGHAI)
        case_id = uuid4()
        id_ = f"{procedure}/{case_id}"
        await self.client.start_workflow(
            "procedure.v1",
            OpenProcedure(
                procedure=procedure,
                version=self.version or registry.latest(procedure).version,
                case_id=case_id,
                agencies=agencies,
                opened_at=at or now,
                shift_s=round(((at or now) - now).total_seconds()),
                request_id=uuid4(),
                facts=facts,
            ),
            id=id_,
            task_queue="workflows",
        )
        return id_

    async def take(
        self,
        id_: str,
        step: str,
        by: Principal,
        /,
        *,
        request_id: UUID | None = None,
        version: int | None = None,
        line: str = "main",
        within: timedelta = timedelta(seconds=10),
        **payload: Any,
    ) -> StepOutcome | Pending:
        asked = TakeStep(
            request_id=request_id or uuid4(),
            step=step,
            line=line,
            by=by,
            expected_version=version,
            payload=payload,
        )
        return await take_step(self.client, self.sessions, id_, asked, within=within)

    async def state(self, id_: str) -> ProcedureState:
        handle = self.client.get_workflow_handle(id_)
        state: ProcedureState = await handle.query("state", result_type=ProcedureState)
        return state

    async def rows(self, sql: str, **bound: Any) -> Sequence[Any]:
        async with self.sessions() as session:
            return (await session.execute(text(sql), bound)).all()

    async def agrees(self, id_: str) -> ProcedureState:
        """Row, step log, workflow and events say the same; the state they agree on."""
        [row] = await self.rows("SELECT seq, state FROM procedure WHERE id = :id", id=id_)
        logged = await self.rows(
            "SELECT seq FROM step_log WHERE procedure_id = :id ORDER BY seq", id=id_
        )
        told = await self.rows(
            "SELECT (convert_from(data, 'UTF8')::jsonb)->>'seq' AS seq FROM outbox"
            " WHERE subject = :case AND type LIKE '%step_taken%' ORDER BY id",
            case=id_.partition("/")[2],
        )
        kept = ProcedureState.model_validate(row.state)
        assert [x.seq for x in logged] == list(range(1, row.seq + 1))
        assert [int(x.seq) for x in told] == list(range(1, row.seq + 1))
        assert kept.seq == row.seq
        return kept
