"""Each event once in effect: a batch is claimed, decided and written in one transaction."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.says import Says
from services.kit.errors import Refusal
from services.kit.events.claiming import claim
from services.kit.events.handling import Handler, Heard, Reaction
from services.kit.events.incoming import BatchOutcome, Incoming
from services.kit.events.outbox import owe
from services.kit.faults import describe, is_the_databases
from services.kit.held import store
from services.kit.held.store import Aside, set_aside
from services.kit.running.tracing import continued
from services.kit.storage.database import Sessions
from services.kit.storage.writing import write_changes, write_rows

__all__ = ["EventFault", "Inbox", "Incoming"]

AT_ONCE = 20
"""Keys whose calls run at the same time."""


class EventFault(Exception):
    """The database refused something of this batch: one of its events is at fault."""


class Inbox:
    """Takes events for one unit."""

    def __init__(self, unit: str, sessions: Sessions, handlers: Mapping[str, Handler]) -> None:
        self._unit = unit
        self._sessions = sessions
        self._handlers = handlers

    def handler(self, incoming: Incoming) -> Handler:
        return self._handlers.get(incoming.heard.envelope.type) or self._handlers[""]

    async def take(self, batch: Sequence[Incoming]) -> None:
        """Take a batch. Raises only what is the database's: then ask again with the same batch."""
        try:
            await self._once(batch)
        except EventFault:
            for incoming in batch:
                await self._alone(incoming)

    async def keep_aside(self, asides: Sequence[Aside]) -> None:
        async with self._transaction() as session:
            await set_aside(session, asides)

    async def decide(
        self, session: AsyncSession, batch: Sequence[Incoming], stuck: set[str]
    ) -> BatchOutcome:
        """Let the handlers decide in order; nothing is written. `stuck`: keys that wait."""
        known = await self._known(session, [i for i in batch if i.key not in stuck])
        outcome = BatchOutcome()
        for incoming in batch:
            if incoming.key in stuck:
                outcome.held.append((incoming, None))
                continue
            envelope, handler = incoming.heard.envelope, self.handler(incoming)
            try:
                with continued(envelope.traceparent, f"hear {envelope.type}") as trace:
                    decision = handler(incoming.heard, known.get(handler.knowing))
            except Refusal as refusal:
                outcome.set_aside(incoming, refusal.code, refusal.says)
            except Exception as fault:
                outcome.held.append((incoming, fault))
                stuck.add(incoming.key)
            else:
                outcome.done.append((incoming, decision, trace))
        await self._call(outcome)
        # a key's events must be held in the order they came, whichever of them failed how
        place = {id(incoming): at for at, incoming in enumerate(batch)}
        outcome.held.sort(key=lambda entry: place[id(entry[0])])
        return outcome

    async def write(self, session: AsyncSession, outcome: BatchOutcome) -> None:
        """Write what was decided, in bulk."""
        decisions = [decision for _, decision, _ in outcome.done]
        connection = await session.connection()
        await write_rows(connection, (row for d in decisions for row in d.rows))
        await write_changes(connection, [change for d in decisions for change in d.changes])
        owed = [
            (event, incoming.heard.envelope.id, trace)
            for incoming, decision, trace in outcome.done
            for event in decision.events
        ]
        await owe(session, self._unit, owed)
        await set_aside(session, outcome.asides)

    async def _once(self, batch: Sequence[Incoming]) -> None:
        async with self._transaction() as session:
            new, asides = await claim(session, batch)
            if new:
                # a statement of its own, after the claim: READ COMMITTED then sees what another
                # consumer of these events has just held
                stuck = await store.held_keys(session, {incoming.key for incoming in new})
                outcome = await self.decide(session, new, stuck)
                await self.write(session, outcome)
                await store.hold(session, [(i.heard, i.topic, f) for i, f in outcome.held])
            await set_aside(session, asides)

    async def _alone(self, incoming: Incoming) -> None:
        try:
            await self._once([incoming])
        except EventFault as fault:
            await self._hold_alone(incoming, fault)

    async def _hold_alone(self, incoming: Incoming, fault: EventFault) -> None:
        try:
            async with self._transaction() as session:
                new, asides = await claim(session, [incoming])
                cause = fault.__cause__ or fault
                await store.hold(session, [(i.heard, i.topic, cause) for i in new])
                await set_aside(session, asides)
        except EventFault:
            says = Says("既不能接收，也不能滞留。", "It can neither be taken nor held")
            aside = Aside.of(incoming.heard, incoming.topic, "cannot_be_held", says)
            await self.keep_aside([aside])

    async def _known(self, session: AsyncSession, batch: Iterable[Incoming]) -> dict[Any, Any]:
        """What each look-up answered; handlers that share a look-up share its answer."""
        asked: defaultdict[Any, list[Heard[Any]]] = defaultdict(list)
        for incoming in batch:
            knowing = self.handler(incoming).knowing
            if knowing is not None:
                asked[knowing].append(incoming.heard)
        return {knowing: await knowing(session, heard) for knowing, heard in asked.items()}

    async def _call(self, outcome: BatchOutcome) -> None:
        """Do the calls, one by one for a key; a failing one holds its event and what follows it."""
        keys: defaultdict[str, list[int]] = defaultdict(list)
        for at, (incoming, _, _) in enumerate(outcome.done):
            keys[incoming.key].append(at)
        if not any(decision.calls for _, decision, _ in outcome.done):
            return
        gate = asyncio.Semaphore(AT_ONCE)
        failed: dict[int, BaseException | None] = {}

        async def call(ats: list[int]) -> None:
            async with gate:
                for place, at in enumerate(ats):
                    fault = await self._call_one(outcome.done[at])
                    if isinstance(fault, Refusal):
                        failed[at] = fault
                    elif fault is not None:
                        failed[at] = fault
                        failed.update(dict.fromkeys(ats[place + 1 :]))
                        return

        await asyncio.gather(*(call(ats) for ats in keys.values()))
        _drop(outcome, failed)

    async def _call_one(self, done: tuple[Incoming, Reaction, str | None]) -> Exception | None:
        incoming, decision, trace = done
        with continued(trace, f"call after {incoming.heard.envelope.type}"):
            try:
                for call in decision.calls:
                    await call()
            except Exception as fault:
                return fault
        return None

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[AsyncSession]:
        try:
            async with self._sessions() as session, session.begin():
                yield session
        except Exception as error:
            if is_the_databases(error):
                raise
            raise EventFault(describe(error)) from error


def _drop(outcome: BatchOutcome, failed: Mapping[int, BaseException | None]) -> None:
    done, outcome.done = outcome.done, []
    for at, entry in enumerate(done):
        if at not in failed:
            outcome.done.append(entry)
        elif isinstance(fault := failed[at], Refusal):
            outcome.set_aside(entry[0], fault.code, fault.says)
        else:
            outcome.held.append((entry[0], fault))
