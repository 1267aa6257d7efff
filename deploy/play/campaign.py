"""What a drill of net content needs beside steps: goods on the register, a draw, measurements."""

import csv
import io
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from secrets import randbelow
from typing import Any
from uuid import UUID, uuid4

from contracts.agencies import Role
from contracts.credit_code import check_character, organisation_check_character
from deploy.play.cast import Cast
from deploy.play.scenario import Goods, MeasuredLot

CHECK = "net_content_check"
UNIT = "net-content"
LABORATORIES = {"LAB-1": "BAL-1", "LAB-2": "BAL-2"}
"""With the balance of each."""


async def _no_lead() -> UUID | None:
    return None


@dataclass(frozen=True)
class Begun:
    """What a drill is about, and how it finds the enforcement case that may come of it."""

    id: UUID
    says: str
    lead: Callable[[], Awaitable[UUID | None]] = _no_lead


async def drawn_check(cast: Cast, agency: str, goods: Goods, shift_s: int) -> Begun:
    """A subject of its own, so that the draw can fall on nobody else."""
    run = uuid4().hex[:8]
    subject = f"{goods.subject_name}(演练 {run})"
    category = f"演练 {run}"
    inspector = cast.holder(Role.INSPECTOR, agency)
    head = cast.holder(Role.HEAD, agency)
    file = _register(_credit_code(goods.region), subject, category, goods)
    await cast.send(UNIT, "POST", "/subjects", inspector, content=file)
    for code, balance in LABORATORIES.items():
        entry = _laboratory(code, balance)
        await cast.send(UNIT, "PUT", f"/laboratories/{code}", inspector, json=entry)
    asked = {"name": category, "category": category, "wanted": 1, "drill_shift_s": shift_s}
    campaign = await cast.send(UNIT, "POST", "/campaigns", head, json=asked)
    path = f"/campaigns/{campaign['id']}/draw"
    await cast.send(UNIT, "POST", path, head, json={"public_word": run})
    page = await cast.get(UNIT, "/checks", campaign=campaign["id"])
    check = UUID(page["checks"][0]["id"])

    async def lead() -> UUID | None:
        asked = {"violation": "net_content_short", "limit": 200}
        cases = (await cast.get("enforcement", "/cases", **asked))["cases"]
        return next((UUID(c["id"]) for c in cases if c["subject_name"] == subject), None)

    says = f"抽中 drawn: {check}(任务 campaign {campaign['id']})"
    return Begun(check, says, lead)


async def measured(cast: Cast, agency: str, check: UUID, what: MeasuredLot) -> str:
    """The agency hands in what its laboratory measured; the verdict comes back."""
    said = {
        "laboratory": what.laboratory,
        "instruments": [LABORATORIES[what.laboratory]],
        "measured_on": what.on.isoformat(),
        "unit": (await cast.get(UNIT, f"/checks/{check}"))["unit"],
        "packages": [{"number": str(n), "net": net} for n, net in enumerate(what.nets, 1)],
    }
    inspector = cast.holder(Role.INSPECTOR, agency)
    told = await cast.send(UNIT, "POST", f"/checks/{check}/measurements", inspector, json=said)
    return f"{what.laboratory} 提交检测数据 handed in: {told['verdict']}, {told['summary']}"


def _register(code: str, subject: str, category: str, goods: Goods) -> bytes:
    written = io.StringIO(newline="")
    names = ("code", "name", "region", "product", "category", "nominal", "unit")
    row = (code, subject, goods.region, goods.product, category, goods.nominal, goods.unit)
    csv.writer(written).writerows([names, row])
    return written.getvalue().encode()


def _credit_code(region: str) -> str:
    """A code nobody else has, sound by GB 32100."""
    number = f"{randbelow(10**8):08}"
    stem = f"91{region}{number}{organisation_check_character(number)}"
    return f"{stem}{check_character(stem)}"


def _laboratory(code: str, balance: str) -> dict[str, Any]:
    verified = {"verified_on": "2020-01-01", "valid_until": "2035-12-31", "certificate": "演练"}
    instrument = {"code": balance, "name": "电子天平", "verifications": [verified]}
    return {
        "name": f"演练检验机构 {code}",
        "scope": ["mass", "volume"],
        "valid_from": "2020-01-01",
        "instruments": [instrument],
    }
