"""What a service that keeps records of procedures must have, and must not write itself.

README's *A service* is this list for whoever adds one; `tests/toy_service` is made by following it.
"""

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from fastapi import FastAPI
from sqlmodel import SQLModel

from contracts.catalogue import OWNERS, PROCEDURES
from tests.architecture.house import ROOT, at, calls, modules, nothing, text, tree
from tests.support.owner.matrix import routes


class Part(NamedTuple):
    """A file every such service has, or a folder of its name, and what is found in it."""

    path: str
    has: str
    """Regular expressions between bars: each is found in it."""
    advice: str


PARTS = (
    Part(
        "contracts/<service>.py",
        r"\(Payload\):|Event\):",
        "its events, and a payload for each step that states something",
    ),
    Part("services/<service>/__init__.py", r"\nOwns  ", "its card: what it hears, says and owns"),
    Part("services/<service>/models.py", r"table=True", "its rows"),
    Part("services/<service>/views.py", r"\(PageView\)", "what its API shows, and pages of it"),
    Part("services/<service>/queries.py", r"\bRecordQuery\(", "a `RecordQuery` for its records"),
    Part(
        "services/<service>/effects.py",
        r"\bRecordEffects\(|\beffects_of\(",
        "`RecordEffects` for what steps do, and `effects(directory)` of all by `effects_of`",
    ),
    Part("services/<service>/api.py", r"\brecord_router\(", "a router made by `record_router`"),
    Part("services/<service>/app.py", r"\bprocedure_unit\(", "`unit`, made by `procedure_unit`"),
    Part(
        "services/<service>/migrations/versions",
        r"\bcreate_kit_tables_v1\(|\bkit_walls_v1\(",
        "the kit's tables by `create_kit_tables_v1`, their walls by `kit_walls_v1`",
    ),
    Part("tests/services/<service>/house.py", r"\bOwner\(", "an `Owner` that says what it is"),
    Part(
        "tests/services/<service>/conftest.py",
        r"tests\.support\.owner\.fixtures",
        "the fixtures of tests/support/owner/fixtures.py, and one called `owner`",
    ),
    Part("tests/services/<service>/ways.py", r"\bWAYS\b", "`WAYS`, a way to each of its effects"),
    Part(
        "tests/services/<service>/test_every_effect.py",
        r"\(EveryEffect\):",
        "the tests of every effect: a class on `EveryEffect`",
    ),
    Part(
        "tests/services/<service>/test_rights.py",
        r"\(EveryRoute\):",
        "the tests of every route: a class on `EveryRoute`, and the fixture `matrix`",
    ),
    Part("workflows/<procedure>.py", r"\bProcedure\(", "the procedure's table"),
)

NOT_ITS_OWN = {
    r"FastAPI|create_app|Identity|DirectoryFile": "`procedure_unit` puts the process together",
    r"Hearing|Reader|Inbox": "mark functions by `hears` and give them to `procedure_unit`",
    r"Relay|owe": "tell an event with `tx.emit`; the kit's relay sends it",
    r"\w*[wW]orker|Worker|step_activity|Taker": "`procedure_unit` runs the worker of its steps",
    r"Submissions": "take events over HTTP by `intake_router`",
    r"create_(async_)?engine|engine|sessionmaker|async_sessionmaker": "sessions come from the kit",
    r"(urlsafe_)?b64(en|de)code": "cut a page by `Page.cut`, which makes its cursor",
}
"""What the kit makes, by the names it is called by, and what a service does instead."""
THE_KITS = {"View", "PageView", "LoggedStep", "Moment", "Page", "Visibility", "Viewer", "Records"}
"""Classes of the kit that a service takes as they are."""


def test_a_service_has_all_its_parts() -> None:
    nothing(
        (
            f"{path}: {part.advice}"
            for part in PARTS
            for path in _paths(part)
            if not all(re.search(one, _written(path)) for one in part.has.split("|"))
        ),
        "write what every service has (README, A service)",
    )


def test_every_table_of_a_service_has_its_wall() -> None:
    nothing(
        (
            f"services/{owner.name}: {table}"
            for owner in OWNERS
            for table in _tables(owner.name) - _walled(owner.name)
        ),
        "put up the wall of this table in the migration that makes it, with `wall_v1`",
    )


def test_a_service_writes_nothing_that_the_kit_has() -> None:
    nothing(
        (
            f"{at(path, call)} calls {name}: {instead}"
            for path in _sources()
            for name, call in calls(path)
            for pattern, instead in NOT_ITS_OWN.items()
            if re.fullmatch(pattern, name.rpartition(".")[2])
        ),
        "leave it to the kit",
    )


def test_a_service_takes_the_kit_s_own_classes_as_they_are() -> None:
    nothing(
        (
            f"{at(path, node)} {node.name}"
            for path in _sources()
            for node in ast.walk(tree(path))
            if isinstance(node, ast.ClassDef) and node.name in THE_KITS
        ),
        "import it from services/kit/http, or give what is more than that a name of its own",
    )


def test_steps_and_timelines_are_the_record_router_s() -> None:
    nothing(
        (
            f"{at(path, call)} {name} {argument.value}"
            for path in _sources()
            for name, call in calls(path)
            for argument in call.args[:1]
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
            if re.fullmatch(r"\w+\.(get|post|put)", name)
            and re.search(r"/(timeline|steps)(/|$)", argument.value)
        ),
        "leave the routes of steps and timelines to `record_router`",
    )


@pytest.mark.parametrize("service", [owner.name for owner in OWNERS])
def test_an_app_is_put_together_the_same_way(service: str) -> None:
    app = importlib.import_module(f"services.{service}.app")

    assert service == app.NAME
    assert callable(app.unit)


def test_the_service_added_last_is_asked_like_the_first() -> None:
    """The same paths below another noun: list, detail, timeline, steps."""
    cases = importlib.import_module("services.enforcement.api.cases")
    checks = importlib.import_module("services.net_content.api.checks")

    def shapes(module: object, noun: str) -> set[str]:
        app = FastAPI()
        app.include_router(module.router)  # type: ignore[attr-defined]
        return {route.replace(noun, "/noun") for route in routes(app)}

    assert len(shapes(cases, "/cases")) == 5
    assert shapes(cases, "/cases") == shapes(checks, "/checks")


def _paths(part: Part) -> Iterator[str]:
    """Where a part lies, for each service or each procedure."""
    if "<procedure>" in part.path:
        yield from (part.path.replace("<procedure>", row.name) for row in PROCEDURES)
    else:
        yield from (part.path.replace("<service>", owner.name) for owner in OWNERS)


def _written(path: str) -> str:
    """All that stands in this file, or in the files of the folder that has its name."""
    found = ROOT / path
    folder = ROOT / path.removesuffix(".py")
    files = [found] if found.is_file() else sorted(folder.rglob("*.py"))
    return "\n".join(text(file) for file in files)


def _sources() -> list[Path]:
    found = [path for owner in OWNERS for path in modules(f"services/{owner.name}")]
    return [path for path in found if "migrations" not in path.parts]


def _tables(service: str) -> set[str]:
    models = vars(importlib.import_module(f"services.{service}.models")).values()
    rows = {m for m in models if isinstance(m, type) and issubclass(m, SQLModel)}
    return {row.__table__.name for row in rows if hasattr(row, "__table__")}


def _walled(service: str) -> set[str]:
    """Every text in the revisions that put walls up, the names of their tables among them."""
    versions = modules(f"services/{service}/migrations/versions")
    return {
        node.value
        for path in versions
        if any(name == "wall_v1" for name, _ in calls(path))
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
