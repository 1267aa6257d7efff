"""The audit log is read by evaluators and operators, by whatever route, and by nobody else."""

from pathlib import Path

import httpx
import pytest

from contracts.agencies import Role
from services.kit.http.application import create_app
from services.kit.rights.development_issuer import dev_token
from services.kit.rights.identity import Identity
from services.kit.settings import SteelyardSettings
from services.oversight.api import router
from tests.services.oversight.conftest import Log
from tests.services.oversight.logs import CASE
from tests.support.directories import COUNTY, directory
from tests.support.owner.matrix import routes

ASKED = {
    "GET /audit/checkpoints/latest": "/audit/checkpoints/latest",
    "GET /audit/entries": f"/audit/entries?case={CASE}",
    "GET /audit/entries/{index}": "/audit/entries/0",
    "GET /audit/proofs/inclusion/{index}": "/audit/proofs/inclusion/0",
    "GET /audit/proofs/consistency": "/audit/proofs/consistency?from=1",
}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
async def test_each_route_is_for_evaluators_and_operators_alone(
    audit_log: Log, tmp_path: Path, role: Role
) -> None:
    nowhere = tmp_path / "none.toml"
    settings = SteelyardSettings(data_dir=tmp_path, jurisdiction=nowhere, calendar=nowhere)
    app = create_app(
        "oversight",
        settings,
        routers=[router],
        identity=Identity(settings, directory),
        sessions=audit_log.app,
    )
    token = dev_token(settings, f"{COUNTY}.{role}", COUNTY)
    headers = {"authorization": f"Bearer {token}"}
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        for path in ASKED.values():
            answer = await client.get(path, headers=headers)
            may = role in {Role.EVALUATOR, Role.OPERATOR}
            assert (answer.status_code == 403) is not may, path

    assert set(ASKED) == routes(app)
