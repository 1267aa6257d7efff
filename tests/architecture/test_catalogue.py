"""The catalogue names everything there is, and nothing else keeps a list of its own."""

import ast
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from contracts import catalogue
from contracts.catalogue import OWNERS, PROCEDURES, UNITS, WRITERS, told_by
from contracts.topics import AGENCIES
from services.coordination.rules.openings import OPENINGS
from tests.architecture.house import ROOT, calls, events, modules, name_of, tree
from tests.support.owner.matrix import routes
from tests.support.units import application
from workflows.registry import PROCEDURES as TABLES

SERVICES = [unit for unit in UNITS if not unit.package]
CATALOGUE = ROOT / "contracts" / "catalogue.py"
NAMES = {unit.name for unit in UNITS} | {unit.command for unit in UNITS}
PROCEDURE_NAMES = {row.name for row in PROCEDURES}


# ── what is there is in the catalogue, and the other way round ───────────────────────────────────


def test_every_folder_of_services_is_a_unit_or_the_kit() -> None:
    there = {path.parent.name for path in ROOT.glob("services/*/__init__.py")}

    assert there - {"kit"} == {unit.name for unit in SERVICES}, (
        "give each folder of services a row among UNITS of contracts/catalogue.py, and no other"
    )


def test_every_unit_is_put_together_and_has_its_migrations() -> None:
    for unit in UNITS:
        home = ROOT / unit.home.replace(".", "/")
        assert (home / "app.py").exists(), f"{unit.name} has no app"
        revisions = list((home / "migrations" / "versions").glob("*.py"))
        assert revisions, f"{unit.name} has no migrations"


def test_every_table_belongs_to_the_procedure_and_the_owner_of_the_catalogue() -> None:
    tables = {(table.name, table.owner, table.zh) for table in TABLES}

    assert tables == {(row.name, row.owner.name, row.zh) for row in PROCEDURES}, (
        "list the table in workflows/registry.py and its row in contracts/catalogue.py, both with"
        " the same name, owner and Chinese name"
    )


def test_a_record_is_found_below_its_path_and_its_steps_are_taken_there() -> None:
    shown = {owner: routes(application(owner)) for owner in OWNERS}
    missing = []
    for row in PROCEDURES:
        there = {re.sub(r"\{\w+\}", "{}", route) for route in shown[row.owner]}
        in_general = re.sub(rf"/{row.name}$", "/{}", row.path)
        for verb, below in (("GET", ""), ("GET", "/timeline"), ("POST", "/steps/{}")):
            ways = {f"{verb} {path}/{{}}{below}" for path in (row.path, in_general)}
            if not ways & there:
                missing.append(f"{row.owner.name}: {min(ways)}")

    assert missing == [], "make the routes below the catalogue's path, by `record_router`"


def test_agencies_open_what_the_catalogue_says_they_open() -> None:
    assert set(OPENINGS) == {row.name for row in PROCEDURES if row.opened_by_agencies}


def test_every_type_of_event_has_its_writers() -> None:
    units = {unit.name for unit in UNITS}

    assert set(WRITERS) == set(events().values())
    for event, writers in WRITERS.items():
        assert writers, f"nobody may tell of {event.__name__}"
        assert writers <= units | {AGENCIES}


def test_a_unit_tells_what_it_may_and_on_a_topic_of_its_own() -> None:
    """What the catalogue says a unit tells, it tells; and it tells nothing of another's."""
    classes = {event.__name__: event for event in WRITERS}
    shared = {event for owner in OWNERS for event in told_by(owner.name)}
    for unit in SERVICES:
        called = _called(ROOT / unit.home.replace(".", "/"))
        told = {classes[name] for name in called & classes.keys()}
        others = {event for event in told if not WRITERS[event] & {unit.name, AGENCIES}}
        assert not others, f"{unit.name} tells of {others}, which is another's to tell"
        own = {event for event in told_by(unit.name) if WRITERS[event] == {unit.name}}
        assert own <= told, f"{unit.name} never tells of {own - told}"
        assert unit.keyed_by or not told & shared


# ── what says it again says the same ─────────────────────────────────────────────────────────────


def test_the_import_rules_name_every_service() -> None:
    rules = {rule["id"]: rule for rule in _settings()["tool"]["importlinter"]["contracts"]}
    services = {f"services.{unit.name}" for unit in SERVICES}

    for rule, field, others in (
        ("services-are-strangers", "modules", set()),
        ("kit-knows-no-domain", "forbidden_modules", {"workflows"}),
        ("rooms-in-order", "containers", set()),
    ):
        named = set(rules[rule][field])
        assert named == services | others, f"name every service in {rule} of pyproject.toml"


def test_the_compose_file_runs_every_unit_and_no_other() -> None:
    compose: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
    run = {
        name: service
        for name, service in compose["services"].items()
        if service.get("command", [None])[0] == "run"
    }

    units = {unit.command for unit in UNITS}
    assert set(run) == units, "give each unit a service in docker-compose.yml, and no other"
    assert units <= set(compose["volumes"]), "give each unit a volume in docker-compose.yml"
    for unit in UNITS:
        told = run[unit.command]["environment"]
        secrets = {name for other in UNITS for name in other.secrets}
        assert told["KAFKA_INSTANCE_ID"] == f"{unit.command}-1"
        assert secrets & told.keys() == set(unit.secrets)
    ports = [port for service in run.values() for port in service.get("ports", ())]
    assert len(set(ports)) == len(ports)


def test_the_image_carries_every_unit() -> None:
    image = (ROOT / "deploy" / "docker" / "Dockerfile").read_text("utf-8")
    copied = set(re.findall(r"^COPY (\w+) \1$", image, re.MULTILINE))

    assert {unit.home.partition(".")[0] for unit in UNITS} <= copied


# ── nothing else keeps a list ────────────────────────────────────────────────────────────────────


def test_there_is_no_other_list_of_units_or_of_procedures() -> None:
    found = [
        f"{name_of(path)}:{node.lineno} lists {', '.join(sorted(listed))}"
        for path in modules()
        if path != CATALOGUE
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Dict | ast.List | ast.Tuple | ast.Set)
        for listed in _lists(node)
    ]

    assert found == [], "read contracts.catalogue instead"


def test_nobody_writes_another_s_path_out() -> None:
    """A service gives the address of another's records by the catalogue alone."""
    found = defaultdict(list)
    paths = {row.path: row.owner for row in PROCEDURES}
    for path in modules("services", "workflows"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                for prefix, owner in paths.items():
                    own = path.is_relative_to(ROOT / "services" / owner.name)
                    if re.match(rf"{prefix}(/|$)", node.value) and not own:
                        found[name_of(path)].append(f"{node.lineno}: {node.value}")

    assert not found


def _lists(node: ast.Dict | ast.List | ast.Tuple | ast.Set) -> Iterator[set[str]]:
    """Two names or more in one collection: a list that a new one would be missing from."""
    elements = node.keys if isinstance(node, ast.Dict) else node.elts
    texts = {e.value for e in elements if isinstance(e, ast.Constant) and isinstance(e.value, str)}
    for names in (NAMES, PROCEDURE_NAMES):
        if len(listed := texts & names) > 1:
            yield listed


def _called(folder: Path) -> set[str]:
    """The last part of every name called there: `CaseOpened` of `tx.emit(CaseOpened(…))`."""
    return {
        name.rpartition(".")[2]
        for path in modules(folder.relative_to(ROOT).as_posix())
        for name, _ in calls(path)
    }


def _settings() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def test_the_catalogue_finds_by_name() -> None:
    assert catalogue.unit("net-content") is catalogue.unit("net_content")
    assert catalogue.find_procedure("case") == catalogue.find_procedure("enforcement_case")
    assert catalogue.find_procedure("nothing") is None
