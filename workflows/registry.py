"""Every procedure there is, by name and version, and every event that opens or advances one.

Lint, worker, documents and drills read these lists.
"""

from workflows.assistance import ASSISTANCE
from workflows.criminal_handoff import CRIMINAL_HANDOFF
from workflows.enforcement_case import ENFORCEMENT_CASE_V1, ENFORCEMENT_CASE_V2
from workflows.fast_response import FAST_RESPONSE
from workflows.joint_enforcement import JOINT_ENFORCEMENT
from workflows.jurisdiction_change import JURISDICTION_CHANGE
from workflows.jurisdiction_dispute import JURISDICTION_DISPUTE
from workflows.net_content_check import NET_CONTENT_CHECK
from workflows.net_content_check.triggers import TRIGGERS as NET_CONTENT_TRIGGERS
from workflows.procedure.model import Procedure
from workflows.supervision import SUPERVISION
from workflows.triggers import TRIGGERS as BETWEEN_PROCEDURES
from workflows.triggers.model import Trigger

PROCEDURES: tuple[Procedure, ...] = (
    ENFORCEMENT_CASE_V1,
    ENFORCEMENT_CASE_V2,
    FAST_RESPONSE,
    JOINT_ENFORCEMENT,
    CRIMINAL_HANDOFF,
    JURISDICTION_DISPUTE,
    JURISDICTION_CHANGE,
    ASSISTANCE,
    SUPERVISION,
    NET_CONTENT_CHECK,
)
TRIGGERS: tuple[Trigger, ...] = (*BETWEEN_PROCEDURES, *NET_CONTENT_TRIGGERS)


class UnknownProcedure(LookupError):
    """A name or version that no table has."""


def find(name: str, version: int) -> Procedure:
    for procedure in PROCEDURES:
        if (procedure.name, procedure.version) == (name, version):
            return procedure
    raise UnknownProcedure(f"no procedure {name!r} in version {version}")


def latest(name: str) -> Procedure:
    """The version a new case starts with."""
    versions = [p for p in PROCEDURES if p.name == name]
    if not versions:
        raise UnknownProcedure(f"no procedure {name!r}")
    return max(versions, key=lambda p: p.version)
