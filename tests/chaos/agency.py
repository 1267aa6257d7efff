"""An agency's own system: a process that hears of its part by the event stream and answers by
signed events, and knows nothing else; run with `-m`.

It may be killed on any line. The cursor is kept only after every answer was received, and one part
late: so whoever is started again says its last words again, as the same events with the same ids.
"""

import asyncio
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx

from contracts.intake import AnswerSubmitted
from contracts.messages import Event
from deploy.keys import AgencyKey, private_key
from deploy.stack.whereabouts import find
from services.kit.events.envelope import Envelope
from services.kit.events.signing import sign
from services.kit.events.structured import to_structured
from services.kit.rights.development_issuer import dev_token
from services.kit.settings import SteelyardSettings
from tests.chaos.scripts import SCRIPTS, Answer

WAIT_S = 10
PAUSE_S = 0.2
CLOUDEVENT = {"content-type": "application/cloudevents+json"}


class Agency:
    """One agency's system at a coordination unit."""

    def __init__(self, code: str, data_dir: Path) -> None:
        self._code = code
        self._key = private_key(data_dir, code)
        self._cursor = data_dir / "agencies" / f"{code}.cursor"
        unread = data_dir / "unread.toml"
        settings = SteelyardSettings(data_dir=data_dir, jurisdiction=unread, calendar=unread)
        token = dev_token(settings, f"{code}.liaison", code)
        self._http = httpx.AsyncClient(
            base_url=find(data_dir).urls["coordination"],
            headers={"authorization": f"Bearer {token}"},
            timeout=WAIT_S + 10,
            trust_env=False,
        )

    async def run(self) -> None:
        """Until it is killed."""
        after = self._cursor.read_text("utf-8") if self._cursor.exists() else None
        while True:
            part = await self._heard(after)
            for event in part["events"]:
                for answer in SCRIPTS[self._code](self._code, event["type"], event["data"]):
                    await self._answer(answer, event)
            self._keep(after)
            after = part["next"]

    async def _heard(self, after: str | None) -> Mapping[str, Any]:
        asked: dict[str, str | int] = {"wait_s": WAIT_S} | ({"after": after} if after else {})
        answer = await insist(lambda: self._http.get("/stream", params=asked))
        found: Mapping[str, Any] = answer.json()
        return found

    def _keep(self, cursor: str | None) -> None:
        if cursor is not None:
            fresh = self._cursor.with_suffix(".new")
            fresh.write_text(cursor, "utf-8")
            fresh.replace(self._cursor)

    async def _answer(self, answer: Answer, event: Mapping[str, Any]) -> None:
        matter = UUID(event["data"]["case_id"])
        said = AnswerSubmitted(
            occurred_at=datetime.fromisoformat(event["time"]),
            procedure="joint_enforcement",
            case_id=matter,
            step=answer.step,
            line=answer.line,
            by=f"{self._code}.{answer.post}",
            payload=dict(answer.payload),
        )
        body = signed(said, f"{matter}:{answer.line}:{answer.step}", self._key)
        await insist(lambda: self._http.post("/events", content=body, headers=CLOUDEVENT))


def signed(event: Event, id_: str, key: AgencyKey) -> bytes:
    """The event as its agency sends it."""
    envelope = Envelope(
        id=id_,
        source=f"/agencies/{key.agency}",
        type=event.type,
        subject=event.key,
        time=event.occurred_at,
        data=event.model_dump_json(exclude_defaults=True).encode(),
    )
    return to_structured(sign(envelope, key.seed, key.kid))


async def insist(ask: Any) -> httpx.Response:
    """Asks until the unit is there and takes it; what it refuses is a defect and ends us."""
    while True:
        try:
            answer: httpx.Response = await ask()
        except httpx.TransportError:
            await asyncio.sleep(PAUSE_S)
            continue
        if answer.status_code < httpx.codes.INTERNAL_SERVER_ERROR:
            return answer.raise_for_status()
        await asyncio.sleep(PAUSE_S)


if __name__ == "__main__":
    asyncio.run(Agency(sys.argv[1], Path(sys.argv[2])).run())
