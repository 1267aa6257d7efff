"""The people and agencies of a jurisdiction, acting on a running stack through its public APIs."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, Self, TypeVar
from uuid import UUID, uuid4

import httpx

from contracts.agencies import Directory, Holder, Role
from contracts.intake import MatterSubmitted, ReportSubmitted
from contracts.legal_day import legal_day
from contracts.says import Says
from deploy.keys import private_key
from deploy.named import procedure_named
from deploy.play.played_step import PlayedStep
from deploy.stack.whereabouts import Whereabouts
from services.coordination.rules.openings import MATTERS
from services.kit.clock import WallClock
from services.kit.directory.file import load_directory
from services.kit.errors import Fault, Refusal
from services.kit.events.envelope import Envelope
from services.kit.events.signing import sign
from services.kit.events.structured import to_structured
from services.kit.rights.development_issuer import dev_token
from services.kit.settings import SteelyardSettings

Found = TypeVar("Found")
Answered = dict[str, Any]

READER = Role.EVALUATOR
PATIENCE_S = 60.0


class Stuck(Fault):
    """Something that should have come about did not."""


class Cast:
    """Everyone who acts. `async with Cast.of(where, data_dir)`."""

    def __init__(self, where: Whereabouts, settings: SteelyardSettings, directory: Directory):
        self._where = where
        self._settings = settings
        self.directory = directory
        self._http = httpx.AsyncClient(timeout=30, trust_env=False)

    @classmethod
    def of(cls, where: Whereabouts, data_dir: Path) -> Self:
        told = {k.removeprefix("STEELYARD_").lower(): v for k, v in where.env.items()}
        wanted = ("jurisdiction", "jurisdiction_keys", "calendar")
        paths = {name: Path(told[name]) for name in wanted if told.get(name)}
        settings = SteelyardSettings(data_dir=data_dir, **paths)  # type: ignore[arg-type]
        directory = load_directory(settings.jurisdiction, settings.jurisdiction_keys)
        return cls(where, settings, directory)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    # ── agencies ─────────────────────────────────────────────────────────────────────────────────

    async def submit(
        self, agency: str, event: ReportSubmitted | MatterSubmitted, unit: str = "enforcement"
    ) -> str:
        """Hand in an event as the agency's system does, signed; the receipt's path."""
        key = private_key(self._settings.data_dir, agency)
        envelope = Envelope(
            id=str(uuid4()),
            source=f"/agencies/{agency}",
            type=event.type,
            subject=event.key,
            time=event.occurred_at,
            data=event.model_dump_json(exclude_defaults=True).encode(),
        )
        body = to_structured(sign(envelope, key.seed, key.kid))
        kind = {"content-type": "application/cloudevents+json"}
        answer = await self._http.post(
            f"{self._where.urls[unit]}/events", content=body, headers=kind
        )
        return str(_checked(answer)["status"])

    async def case_of(self, receipt: str) -> UUID:
        """The case a report became; raises when it was set aside or held."""
        return UUID((await self._accepted("enforcement", receipt))["case_id"])

    async def open_matter(self, agency: str, matter: MatterSubmitted) -> UUID:
        """Open a matter between agencies, and wait until it is on record; its id."""
        receipt = await self.submit(agency, matter, "coordination")
        return UUID((await self._accepted("coordination", receipt))["matter"])

    async def _accepted(self, unit: str, receipt: str) -> Answered:
        async def look() -> Answered | None:
            fate: Answered = await self.get(unit, receipt)
            if fate["status"] in ("set_aside", "held"):
                raise Stuck(
                    Says(
                        f"{receipt} 未被接收：",
                        f"{fate['status']} {fate.get('reason')} {fate.get('says')}",
                    )
                )
            return fate if fate["status"] == "accepted" else None

        return await self.until(look, f"{receipt} is accepted")

    async def opened(self, case_id: UUID) -> Answered:
        """The record of a case once its procedure has begun."""

        async def look() -> Answered | None:
            record = await self.record("enforcement_case", case_id)
            return record if record and record["procedure"] else None

        return await self.until(look, f"{case_id} has a procedure")

    # ── people ───────────────────────────────────────────────────────────────────────────────────

    async def take(self, case_id: UUID, act: PlayedStep) -> Answered:
        """Take a step as whoever holds the role it asks for; waits until the step is open."""

        async def look() -> Answered | None:
            record = await self.record(act.procedure, case_id)
            steps = record["open_steps"] if record else ()
            found = (s for s in steps if (s["line"], s["step"]) == (act.line, act.step))
            return next(found, None)

        opened = await self.until(look, f"{act.procedure} {act.line}: {act.step} is open")
        agency = act.agency or opened["agencies"][0]
        holder = self.holder(Role(opened["role"]), agency, act.holder)
        return await self.ask(case_id, act, holder, opened["expected_version"])

    async def ask(
        self, case_id: UUID, act: PlayedStep, holder: Holder, version: int | None = None
    ) -> Answered:
        """Ask for a step, open or not, until there is an outcome; raises the refusal."""
        procedure = procedure_named(act.procedure)
        asked = {
            "request_id": str(uuid4()),
            "line": act.line,
            "expected_version": version,
            "payload": self._filled(act.payload or {}, holder.agency),
        }
        at = f"{procedure.steps_at(case_id)}/{act.step}"
        url = f"{self._where.urls[procedure.owner.command]}{at}"

        async def look() -> Answered | None:
            answer = await self._http.post(url, json=asked, headers=self.signed_in(holder))
            return None if answer.status_code == 202 else _checked(answer)

        return await self.until(look, f"{act.step} has an outcome")

    def holder(self, role: Role, agency: str, number: int = 0) -> Holder:
        """Who holds the role at an agency today; the last one where there are fewer."""
        held = self.directory.holding(role, agency, legal_day(WallClock().now()))
        if not held:
            raise Stuck(Says(f"{agency} 无人任 {role}。", f"nobody holds {role} at {agency}"))
        return held[min(number, len(held) - 1)]

    async def get(self, unit: str, path: str, **query: Any) -> Any:
        """Read as the evaluator, who sees every case."""
        national = self.holder(READER, self.directory.national)
        answer = await self._http.get(
            f"{self._where.urls[unit]}{path}", params=query, headers=self.signed_in(national)
        )
        return _checked(answer)

    async def send(self, unit: str, method: str, path: str, holder: Holder, **what: Any) -> Any:
        """Anything else a person may ask of a unit."""
        url, headers = f"{self._where.urls[unit]}{path}", self.signed_in(holder)
        return _checked(await self._http.request(method, url, headers=headers, **what))

    async def record(self, procedure: str, case_id: UUID) -> Answered | None:
        """The record of a procedure on a case; none while there is none."""
        kept = procedure_named(procedure)
        try:
            found: Answered = await self.get(kept.owner.command, f"{kept.path}/{case_id}")
        except Refusal as refusal:
            if refusal.status == 404:
                return None
            raise
        return found

    async def matters(self, case_id: UUID) -> list[Answered]:
        """Every matter between agencies that serves a case, the newest first."""
        page = await self.get("coordination", "/matters", of_case=str(case_id), limit=100)
        found: list[Answered] = page["matters"]
        return found

    async def matter_of(self, procedure: str, case_id: UUID) -> UUID:
        """The id under which a procedure of this case runs: its own, or its newest matter's."""
        if procedure not in MATTERS:
            return case_id

        async def look() -> UUID | None:
            found = (m for m in await self.matters(case_id) if m["procedure"] == procedure)
            return next((UUID(matter["id"]) for matter in found), None)

        return await self.until(look, f"{procedure} of {case_id} is on record")

    async def timeline(self, procedure: str, case_id: UUID) -> list[Answered]:
        """Every step of a procedure, in order."""
        kept, page = procedure_named(procedure), {"limit": 500}
        path = f"{kept.path}/{case_id}/timeline"
        steps: list[Answered] = await self.get(kept.owner.command, path, **page)
        return steps

    async def until(self, look: Callable[[], Awaitable[Found | None]], what: str) -> Found:
        """What `look` finds; asked again, ever more slowly, until it finds something."""
        deadline, pause = time.monotonic() + PATIENCE_S, 0.02
        while (found := await look()) is None:
            if time.monotonic() > deadline:
                raise Stuck(Says(f"{PATIENCE_S:.0f} s 内未等到", f"waited in vain: {what}"))
            await asyncio.sleep(pause)
            pause = min(pause * 1.5, 0.5)
        return found

    def signed_in(self, holder: Holder) -> dict[str, str]:
        """The header that says who asks."""
        token = dev_token(self._settings, holder.principal, holder.agency)
        return {"authorization": f"Bearer {token}"}

    def _filled(self, payload: Mapping[str, Any], agency: str) -> Any:
        """`{inspectors}` in a payload stands for the two inspectors of the agency."""
        on = legal_day(WallClock().now())
        inspectors = [h.principal for h in self.directory.holding(Role.INSPECTOR, agency, on)][:2]
        text = json.dumps(dict(payload), ensure_ascii=False, default=str)
        return json.loads(text.replace('"{inspectors}"', json.dumps(inspectors)))


def _checked(answer: httpx.Response) -> Any:
    if answer.is_success:
        return answer.json()
    try:
        problem = answer.json()
        code, says = problem.pop("code"), problem.pop("detail")
    except (ValueError, KeyError, TypeError, AttributeError):
        code, says = "http", f"服务拒绝 {answer.request.url} answered {answer.status_code}"
        problem = {}
    kept = {k: v for k, v in problem.items() if k not in {"type", "title", "status"}}
    raise Refusal(code, Says(says, ""), status=answer.status_code, **kept)
