"""Nothing is kept that only tests call."""

import ast
from collections.abc import Iterator

from contracts.catalogue import UNITS
from deploy.cli import COMMANDS
from deploy.schemas.sent import everything
from tests.architecture.house import nothing
from tests.architecture.reach import Place, Sources, of_the_project

EXPECTED = {
    Place("services.enforcement.rules.penalties", "hearing_must_be_offered"): (
        "the hearing of the penalty procedure will call it"
    ),
    Place("services.net_content.rules.verdict.many.judge_many", "judge_many"): (
        "whole campaigns will be judged by it; `make bench-verdicts` measures it"
    ),
}
"""What nothing calls yet, and who will."""

TOY = {
    "toy": "",
    "toy.used": """
from toy import kept
from toy.kept import LIMIT, Base as B
def main(shadow): return kept.named(LIMIT), B().asked, B().called(), shadow
""",
    "toy.kept": """
LIMIT = PART = 3
MOST: int = 4
def named(_): return _helper()
def _helper(): return _helper
def shadow(): return _of_the_dead()
def _of_the_dead(): ...
@register
def heard(): ...
@cache
def silent(): ...
class Base:
    @property
    def asked(self): ...
    @property
    def called(self): ...
    def __str__(self): ...
    def unheard(self) -> "Quoted": ...
class Quoted: ...
class Row(Model, table=True): ...
""",
}


def test_what_only_tests_reach_is_found() -> None:
    toy = Sources({name: ast.parse(text) for name, text in TOY.items()})

    dead = toy.lines.keys() - toy.reached_from([Place("toy.used", "main")])

    assert {place.name for place in dead} == {
        "MOST",
        "shadow",
        "_of_the_dead",
        "silent",
        "Base.called",
        "Base.unheard",
        "Quoted",
    }


def test_nothing_is_kept_that_only_tests_reach() -> None:
    sources = Sources(of_the_project())
    started = sources.reached_from(_started(sources))
    reached = sources.reached_from([*started, *EXPECTED])

    nothing(
        (f"{place} ({line})" for place, line in sources.lines.items() if place not in reached),
        "only tests reach it: use it, delete it, or say in EXPECTED who will call it",
    )
    nothing(
        (str(place) for place in EXPECTED if place in started or place not in sources.lines),
        "this is called now, or gone: take it out of EXPECTED",
    )


def _started(sources: Sources) -> Iterator[Place]:
    """What is called from outside: by a shell, a broker, a database's migration, a reader."""
    yield Place("deploy.cli", "main")
    for command, module in COMMANDS.items():
        yield from (Place(module, name) for name in ("app", command, f"{command}_"))
    yield from (Place(f"{unit.home}.app", "unit") for unit in UNITS)
    yield from (Place(s.model.__module__, s.model.__name__) for s in everything())
    yield from sources.programs()
    revisions = (".migrations.", ".migrating.")
    yield from (p for p in sources.lines if any(part in p.module for part in revisions))
