"""What must hold of the whole system once every operation has ended."""

from collections.abc import Sequence
from datetime import timedelta

from pydantic import SecretStr
from temporalio.client import WorkflowExecutionStatus

from contracts.catalogue import UNITS
from deploy.audit import audit
from deploy.play.quiet import Quiet
from services.kit.running.temporal import connect
from services.kit.settings import DatabaseSettings, TemporalSettings
from services.oversight.keys import AuditSettings
from tests.chaos.killing import connected
from tests.chaos.outcome import matter_of
from tests.chaos.stage import Stage

SOON = timedelta(seconds=20)


async def findings(stage: Stage, references: Sequence[str]) -> list[str]:
    """Nothing owed, nothing held or set aside, no matter too many, the audit log whole: or why."""
    env = stage.stack.env
    async with Quiet(env["DATABASE_URL"], env["KAFKA_BOOTSTRAP_SERVERS"]) as quiet:
        await quiet()
    return [
        *await _waiting(stage),
        *await _matters(stage, references),
        *await _procedures(stage, references),
        *await _audit(stage),
    ]


async def _waiting(stage: Stage) -> list[str]:
    found = []
    async with connected(stage) as database:
        for unit in UNITS:
            held = await database.fetch(f"SELECT says FROM {unit.name}.held")
            aside = await database.fetch(f"SELECT reason, says FROM {unit.name}.set_aside")
            found += [f"{unit.name} holds: {row['says']}" for row in held]
            found += [f"{unit.name} set aside: {row['reason']} {row['says']}" for row in aside]
    return found


async def _matters(stage: Stage, references: Sequence[str]) -> list[str]:
    async with connected(stage) as database:
        rows = await database.fetch("SELECT id FROM coordination.matter")
    there, wanted = {row["id"] for row in rows}, set(map(matter_of, references))
    return [] if there == wanted else [f"{len(there)} matters, opened {len(wanted)}"]


async def _procedures(stage: Stage, references: Sequence[str]) -> list[str]:
    """The workflows know that it is over."""
    env = stage.stack.env
    keys = SecretStr(env["TEMPORAL_CODEC_KEYS"])
    client = await connect(TemporalSettings(address=env["TEMPORAL_ADDRESS"], codec_keys=keys))
    found = []
    for reference in references:
        handle = client.get_workflow_handle(f"joint_enforcement/{matter_of(reference)}")
        await handle.result(rpc_timeout=SOON)
        about = await handle.describe()
        if about.status != WorkflowExecutionStatus.COMPLETED:
            found.append(f"{reference}: its workflow is {about.status}")
    return found


async def _audit(stage: Stage) -> list[str]:
    env = stage.stack.env
    database = DatabaseSettings(
        url=SecretStr(env["DATABASE_URL"]), role_key=SecretStr(env["DATABASE_ROLE_KEY"])
    )
    keys = AuditSettings(signing_key=SecretStr(env["AUDIT_SIGNING_KEY"]))
    verdict = await audit(database, keys)
    return [f"audit: {finding}" for finding in verdict.findings]
