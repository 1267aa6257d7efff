"""Whoever leaves out what README lists is told so, and told what to do."""

from pathlib import Path

import pytest

from tests.toy_service.laying import Project, with_toy

pytestmark = pytest.mark.timeout(300)
CATALOGUE = "tests/architecture/test_catalogue.py"
SERVICE = "tests/architecture/test_service.py"
PLUMBING = "tests/architecture/test_plumbing.py"
HOME = "services/gauges"
OWN_ROUTE = """
import fastapi

own = fastapi.FastAPI()


@own.get("/gauges/{case}/timeline")
async def everything(record):
    async with record() as session:
        return await session.execute("SELECT * FROM gauge")


router = """


def _pytest(project: Project, *arguments: str) -> str:
    done = project.run("python", "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments)
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout


def test_what_a_service_lacks_or_writes_itself_is_named_with_its_remedy(tmp_path: Path) -> None:
    """Each of these is wrong by itself, and each is found by a test of its own."""
    project = with_toy(tmp_path, leaving={"docker-compose.yml", "pyproject.toml"})
    project.without("tests/services/gauges/ways.py")
    revision = f"{HOME}/migrations/versions/0001_gauges.py"
    project.change(revision, 'wall_v1(op, UNIT, "gauge", seen=of_agency("agency"))', "pass")
    project.change(revision, "    kit_walls_v1(op, UNIT)\n", "")
    project.change(f"{HOME}/api.py", "\nrouter = ", OWN_ROUTE)
    project.change(
        f"{HOME}/views.py",
        "class GaugeView(",
        "class LoggedStep(View):\n    pass\n\n\nclass GaugeView(",
    )

    said = _pytest(project, CATALOGUE, SERVICE, PLUMBING)

    for remedy in (
        "tests/services/gauges/ways.py: `WAYS`, a way to each of its effects",
        f"{HOME}/migrations/versions: the kit's tables by `create_kit_tables_v1`, their walls by",
        f"{HOME}: gauge",
        "put up the wall of this table in the migration that makes it, with `wall_v1`",
        "calls fastapi.FastAPI: `procedure_unit` puts the process together",
        "record: open it with `seeing(record, visible)`",
        f"{HOME}/views.py:35 LoggedStep",
        "leave the routes of steps and timelines to `record_router`",
        "give each unit a service in docker-compose.yml, and no other",
        "name every service in services-are-strangers of pyproject.toml",
    ):
        assert remedy in said, f"{remedy}\n{said}"


def test_a_service_that_the_catalogue_or_the_registry_lacks_is_missed(tmp_path: Path) -> None:
    project = with_toy(tmp_path, leaving={"workflows/registry.py"})
    project.change("contracts/catalogue.py", "GAUGES, OVERSIGHT, ", "OVERSIGHT, ")

    said = _pytest(project, CATALOGUE, "-k", "every_folder or every_table")

    assert "give each folder of services a row among UNITS of contracts/catalogue.py" in said
    assert "list the table in workflows/registry.py" in said


@pytest.mark.servers
def test_an_effect_without_a_way_and_a_route_without_a_word_are_missed(tmp_path: Path) -> None:
    project = with_toy(tmp_path)
    rights = "tests/services/gauges/test_rights.py"
    project.change("tests/services/gauges/ways.py", "ways_by([reviewed]", "ways_by([]")
    timeline = 'Door("GET /gauges/{case}/timeline", f"{one}/timeline", sees(READING, OUTCOME)),'
    project.change(rights, timeline, "")

    said = _pytest(project, "tests/services/gauges", "-k", "every_effect or every_route_is_in")

    assert "write a way to each effect in ways.py" in said
    assert "say of each route who is shown what" in said
