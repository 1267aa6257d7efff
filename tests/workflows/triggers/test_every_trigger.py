"""Every row of the table of triggers, heard while its step is not open, while it is, and twice."""

from collections.abc import AsyncIterator
from datetime import datetime
from uuid import UUID, uuid4

import pytest
import pytest_asyncio
from temporalio.client import Client
from temporalio.service import RPCError

from contracts.coordination import JurisdictionFixed
from contracts.legal_day import SHANGHAI
from contracts.messages import CaseEvent
from deploy.embedded.temporal import Temporal
from tests.replay.telling import come
from tests.support.directories import CITY, COUNTY, NEIGHBOUR, POLICE, directory
from tests.support.engine import Engine
from tests.support.examples import EXAMPLES
from tests.support.servers import Templates
from tests.workflows.triggers.test_triggers import heard
from tests.workflows.triggers.ways import WAYS
from workflows import registry
from workflows.registry import TRIGGERS
from workflows.triggers.model import Trigger
from workflows.triggers.runner import TriggerNotOpen, TriggerRunner

pytestmark = pytest.mark.asyncio(loop_scope="module")
OPENING = [t for t in TRIGGERS if t.opens]
STEPS = [t for t in TRIGGERS if t.step]
REFUSED = {"note": None, "alarm": TriggerNotOpen}


def name(trigger: Trigger) -> str:
    procedure = trigger.procedure
    return procedure if isinstance(procedure, str) else procedure(example(trigger, uuid4()))


def row(trigger: Trigger) -> str:
    return f"{trigger.event.__name__}: {name(trigger)}.{trigger.step or 'open'}"


def example(trigger: Trigger, of: UUID) -> CaseEvent:
    """An event of the row's kind about this procedure, said now by an agency of the directory."""
    found = next(e for e in EXAMPLES if type(e) is trigger.event)
    said = {
        "case_id": of,
        "of_case": of,
        "handoff": of,
        "occurred_at": datetime.now(SHANGHAI),
        "agency": COUNTY,
        "agencies": (COUNTY,),
        "inspectors": ("wang", "li"),
        "level": "I",
        "mobilises": True,
        "region": "370202",
        "parties": (COUNTY, NEIGHBOUR),
        "to": NEIGHBOUR,
        "police": POLICE,
        "drill_shift_s": 0,
    }
    changed = {field: said[field] for field in trigger.event.model_fields if field in said}
    if trigger.event is JurisdictionFixed:
        changed |= {"by": CITY}
    return trigger.event.model_validate(dict(found) | changed)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def engines(templates: Templates, temporal: Temporal) -> AsyncIterator[dict[str, Engine]]:
    """One for each owner of a procedure that a row is about."""
    owners = {registry.latest(name(trigger)).owner for trigger in TRIGGERS}
    found: dict[str, Engine] = {}
    for owner in sorted(owners):
        engine = Engine(await templates.copy(owner), temporal.address, owner=owner)
        found[owner] = await engine.__aenter__()
    yield found
    for engine in found.values():
        await engine.__aexit__(None, None, None)


class Row:
    """One row on the engine of its procedure's owner."""

    def __init__(self, trigger: Trigger, engines: dict[str, Engine]) -> None:
        self.trigger = trigger
        self.engine = engines[registry.latest(name(trigger)).owner]

    async def hear(self, of: UUID, *, times: int = 1) -> None:
        async def client() -> Client:
            return self.engine.client

        runner = TriggerRunner(client, directory, (self.trigger,))
        what = heard(example(self.trigger, of))
        for _ in range(times):
            await runner.carry_out(self.trigger, what)

    async def goes_unheard(self, of: UUID) -> None:
        """On record, and on; or loudly, as the row says."""
        raises = REFUSED[self.trigger.if_not_open]
        if raises is None:
            await self.hear(of)
        else:
            with pytest.raises(raises):
                await self.hear(of)

    async def steps(self, of: UUID) -> list[str]:
        """On record, once its procedure has begun."""
        id_ = f"{name(self.trigger)}/{of}"
        await come(self.engine, id_, "open")
        rows = await self.engine.rows(
            "SELECT step FROM step_log WHERE procedure_id = :id ORDER BY seq", id=id_
        )
        return [one.step for one in rows]


async def test_every_row_that_takes_a_step_has_its_ways() -> None:
    assert {f"{name(trigger)}.{trigger.step}" for trigger in STEPS} == WAYS.keys()


@pytest.mark.parametrize("trigger", OPENING, ids=row)
async def test_a_row_that_opens_does_so_once(trigger: Trigger, engines: dict[str, Engine]) -> None:
    opening, of = Row(trigger, engines), uuid4()

    await opening.hear(of, times=2)
    await opening.hear(of)

    assert (await opening.steps(of)).count("open") == 1
    assert (await opening.engine.state(f"{name(trigger)}/{of}")).lines[0].agencies == (COUNTY,)


@pytest.mark.parametrize("trigger", STEPS, ids=row)
async def test_a_row_whose_procedure_does_not_run_starts_none(
    trigger: Trigger, engines: dict[str, Engine]
) -> None:
    nobody, of = Row(trigger, engines), uuid4()

    await nobody.goes_unheard(of)

    with pytest.raises(RPCError):
        await nobody.engine.state(f"{name(trigger)}/{of}")


@pytest.mark.parametrize("trigger", STEPS, ids=row)
async def test_a_row_whose_step_is_not_open_changes_nothing(
    trigger: Trigger, engines: dict[str, Engine]
) -> None:
    _, way = WAYS[f"{name(trigger)}.{trigger.step}"]
    closed_row = Row(trigger, engines)
    id_ = await way(closed_row.engine)
    of = UUID(id_.rpartition("/")[2])
    before = await closed_row.steps(of)

    await closed_row.goes_unheard(of)

    assert await closed_row.steps(of) == before


@pytest.mark.parametrize("trigger", STEPS, ids=row)
async def test_a_row_whose_step_is_open_takes_it_once_however_often_it_is_heard(
    trigger: Trigger, engines: dict[str, Engine]
) -> None:
    way, _ = WAYS[f"{name(trigger)}.{trigger.step}"]
    open_row = Row(trigger, engines)
    of = UUID((await way(open_row.engine)).rpartition("/")[2])
    before = await open_row.steps(of)

    await open_row.hear(of, times=2)

    assert await open_row.steps(of) == [*before, trigger.step]
