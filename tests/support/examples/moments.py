"""Times, ids and people that the examples share, so that they tell one case."""

from datetime import datetime
from uuid import UUID

from contracts.agencies import Principal, Role

CASE = UUID("7b1f6a52-6a5e-5f0e-9a41-3f0c8d2b9e11")
REQUEST = UUID("0d8f3c1e-4a57-4a4e-8f0e-2b6c7d9e1a10")
AGENCY = "gaoyao-samr"
SUPERIOR = "zhaoqing-samr"
INSPECTOR = "gaoyao-samr.inspector-1"
SECOND = "gaoyao-samr.inspector-2"
HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def at(moment: str) -> datetime:
    """A moment of Asia/Shanghai: `at("2026-03-02 09:15")`."""
    return datetime.fromisoformat(f"{moment.replace(' ', 'T')}:00+08:00")


REPORTED = at("2026-03-02 09:15")
HEAD = Principal(id="gaoyao-samr.head", agency=AGENCY, roles=(Role.HEAD,))
