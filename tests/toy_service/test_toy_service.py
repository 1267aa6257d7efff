"""A service made by README's list alone: it fits in, it works, and nothing else was written."""

import pytest

from tests.toy_service.laying import ADDED, Project, with_toy

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project with the toy in it, and what `make` makes of that."""
    found = with_toy(tmp_path_factory.mktemp("project"))
    # make schemas, make release-tables
    found.succeeds("python", "-m", "deploy.schemas")
    found.succeeds("python", "-m", "tests.support.examples")
    found.succeeds("python", "-m", "workflows.lint", "--release")
    return found


def test_it_is_written_as_everything_is(project: Project) -> None:
    files = [*ADDED, "contracts/catalogue.py", "workflows/registry.py"]
    project.succeeds("ruff", "check", *files)
    project.succeeds("ruff", "format", "--check", *files)
    compose = ("--builtin-schema", "vendor.compose-spec", "docker-compose.yml")
    project.succeeds("check-jsonschema", *compose)


def test_its_messages_are_frozen_and_its_table_released(project: Project) -> None:
    project.succeeds("python", "-m", "deploy.schemas", "--check")
    project.succeeds("python", "-m", "workflows.lint")

    frozen = project.root / "contracts" / "schemas"
    assert (frozen / "gauges" / "gauge_reviewed.v1.json").exists()
    assert '"gauge_review.v1"' in (project.root / "workflows" / "released.toml").read_text("utf-8")


def test_it_imports_what_it_may(project: Project) -> None:
    project.succeeds("lint-imports")


def test_the_architecture_tests_have_nothing_against_it(project: Project) -> None:
    project.succeeds("python", "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/architecture")


@pytest.mark.servers
def test_its_own_tests_hold_on_a_real_database(project: Project) -> None:
    project.succeeds(
        "python", "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/services/gauges"
    )
