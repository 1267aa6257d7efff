"""Net content as its tests know it, and checks walked on its record step by step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import httpx

from contracts.agencies import SYSTEM, Principal, Role
from contracts.procedure import StepOutcome
from services.net_content.app import unit
from services.net_content.effects import effects
from tests.support.directories import COUNTY, person
from tests.support.net_content import (
    CODES,
    SHORT,
    directory,
    laboratory_entry,
    measurements,
    subjects_file,
)
from tests.support.owner import house
from tests.support.owner.house import Owner
from tests.support.play import A_MONDAY
from tests.support.recorded import Recorded
from workflows.net_content_check import NET_CONTENT_CHECK

OWNER = Owner("net_content", unit, effects(directory), directory())
HEAD = person(Role.HEAD)
SAMPLED: dict[str, Any] = {
    "lot": "20260215",
    "lot_size": 30,
    "sample_size": 10,
    "place": "warehouse",
    "method": "simple",
    "laboratory": "LAB-1",
    "attended_by": "producer",
}
TOLD: dict[str, Any] = {"served_by": "direct", "objection_right_told": True}
JSON_TYPE = {"content-type": "application/json"}


@dataclass
class Walk:
    """A check as its procedure goes on, each step written down by the service."""

    house: "House"
    play: Recorded
    written: int = 0

    @property
    def id(self) -> UUID:
        return self.play.state.case_id

    @property
    def drawn(self) -> list[str]:
        """The inspectors."""
        drawn = self.play.line().facts["inspectors"]
        assert isinstance(drawn, list)
        return [str(name) for name in drawn]

    @property
    def inspector(self) -> Principal:
        return person(Role.INSPECTOR, name=self.drawn[0])

    async def take(self, step: str, by: Principal | None = None, **payload: Any) -> StepOutcome:
        self.play.take(step, by or self.inspector, **payload)
        return await self.settle()

    async def settle(self) -> StepOutcome:
        """Write down what is not yet on record."""
        for record in self.play.records[self.written :]:
            outcome = await self.house.record.take(record)
            self.written += 1
        return outcome

    async def wait(self, **span: int) -> None:
        self.play.wait(**span)
        if self.written < len(self.play.records):
            await self.settle()

    async def notify(self) -> None:
        await self.take("notify_check", officers=self.drawn, served_by="direct")

    async def sample(self, **changes: Any) -> None:
        await self.notify()
        await self.take("record_sampling", **SAMPLED | changes)

    async def measure(self, nets: Sequence[str] = SHORT, **changes: Any) -> httpx.Response:
        said = measurements(nets, **changes)
        async with self.house.asked_by(Role.INSPECTOR) as client:
            return await client.post(f"/checks/{self.id}/measurements", json=said)

    async def measured(self, nets: Sequence[str] = SHORT, **changes: Any) -> dict[str, Any]:
        """Measured; what the procedure is told of it."""
        answer = await self.measure(nets, **changes)
        assert answer.status_code == 200, answer.text
        told = {name: answer.json()[name] for name in ("verdict", "finding_sha256")}
        return told | {"laboratory": changes.get("laboratory", "LAB-1")}

    async def found(
        self, nets: Sequence[str] = SHORT, step: str = "note_finding", **changes: Any
    ) -> None:
        """Measured, and the procedure has heard of it."""
        await self.take(step, SYSTEM, **await self.measured(nets, **changes))


class House(house.House):
    """The unit's application, its register furnished and its campaigns drawn over HTTP."""

    async def furnish(self, codes: Sequence[str] = CODES, **changes: str) -> None:
        """Subjects, products and two laboratories."""
        async with self.asked_by(Role.INSPECTOR) as client:
            answer = await client.post("/subjects", content=subjects_file(codes, **changes))
            assert answer.json()["wrong"] == 0, answer.text
            for code, balance in (("LAB-1", "BAL-1"), ("LAB-2", "BAL-2")):
                entry = laboratory_entry()
                entry["instruments"][0]["code"] = balance
                answer = await client.put(f"/laboratories/{code}", json=entry)
                assert answer.status_code == 200, answer.text

    async def drawn(self, wanted: int = 1, **changes: Any) -> dict[str, Any]:
        """A campaign opened and drawn."""
        said = {"name": "2026年大米抽查", "wanted": wanted} | changes
        async with self.asked_by(Role.HEAD) as client:
            opened = await client.post("/campaigns", json=said)
            assert opened.status_code == 201, opened.text
            path = f"/campaigns/{opened.json()['id']}/draw"
            answer = await client.post(path, json={"public_word": "开奖号 07 11 23"})
            assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    async def begun(self, wanted: int = 1, at: datetime = A_MONDAY, **changes: Any) -> list[Walk]:
        """Drawn checks whose procedures have begun, with nothing of them on record yet."""
        campaign = await self.drawn(wanted, **changes)
        rows = [
            r
            for r in await self.record.rows("lot_check")
            if str(r["campaign_id"]) == campaign["id"]
        ]
        walks = []
        for row in sorted(rows, key=lambda row: row["number"]):
            opening = {"case_id": row["id"], "where": OWNER.directory, "at": at}
            facts = {"drawn_by": COUNTY, "inspectors": row["inspectors"]}
            walks.append(Walk(self, Recorded(NET_CONTENT_CHECK, **opening, **facts)))
        return walks

    async def checks(self, wanted: int = 1, at: datetime = A_MONDAY, **changes: Any) -> list[Walk]:
        """Drawn checks whose procedures have begun."""
        walks = await self.begun(wanted, at, **changes)
        for walk in walks:
            await walk.settle()
        return walks
