"""A fingerprint changes with whatever a guard's answer hangs on, and with nothing else."""

import ast
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from types import ModuleType

import pytest

from tests.architecture.house import ROOT
from tests.workflows.procedure.guard_texts import (
    CLASSES,
    FACTORY,
    HELPERS,
    MODULE,
    PARTIAL,
    VALUES,
)
from tests.workflows.procedure.small_table import guarded
from workflows.lint import released
from workflows.procedure.fingerprints import NEWEST, SCHEMES, fingerprint, named, scheme_1, unseen
from workflows.procedure.fingerprints.syntax import CannotSee
from workflows.procedure.model import Procedure
from workflows.registry import PROCEDURES

Written = Callable[[str], Procedure]


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Written:
    """Makes a procedure of the guards that a text leaves in `GUARDS`, as a file of `workflows`."""

    def write(text: str) -> Procedure:
        file = tmp_path / f"made_up_{len(list(tmp_path.glob('*.py')))}.py"
        file.write_text(dedent(text), "utf-8")
        module = ModuleType(f"workflows.{file.stem}")
        module.__file__ = str(file)
        monkeypatch.setitem(sys.modules, module.__name__, module)
        exec(compile(file.read_text("utf-8"), file, "exec"), module.__dict__)
        return guarded(*module.__dict__["GUARDS"])

    return write


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (FACTORY, "within(3)", "within(30)"),
        (FACTORY, "<", "<="),
        (HELPERS, "LIMIT = 3", "LIMIT = 4"),
        (HELPERS, '{"a", "b"}', '{"a", "c"}'),
        (HELPERS, "[1, 2]", "[2, 1]"),
        (HELPERS, "< LIMIT", "> LIMIT"),
        (HELPERS, "inner(a) and", "inner(a) or"),
        (HELPERS, "most=5", "most=6"),
        (PARTIAL, "at_most, 3", "at_most, 4"),
        (PARTIAL, "least=1", "least=2"),
        (PARTIAL, "least <=", "least <"),
        (PARTIAL, "number + number", "number * number"),
        (PARTIAL, "twice(4)", "twice(5)"),
        (CLASSES, '"small"', '"tiny"'),
        (CLASSES, "Window(1, 9)", "Window(2, 9)"),
        (CLASSES, "< self.last", "<= self.last"),
        (CLASSES, ">= self.first", "> self.first"),
        (CLASSES, "> 0", "> 1"),
        (CLASSES, "== 1", "== 0"),
        (CLASSES, "== self.kind", "!= self.kind"),
        (VALUES, "self.first + step <=", "self.first + step <"),
        (VALUES, "self.first + 1", "self.first + 2"),
        (VALUES, "LIMIT = 3", "LIMIT = 4"),
        (VALUES, "STEP = 7", "STEP = 8"),
        (VALUES, "low: int\n        high: int", "high: int\n        low: int"),
        (VALUES, "self is Kind.SMALL", "self is not Kind.SMALL"),
        (VALUES, 'FIRST = "first"', 'FIRST = "1st"'),
        (MODULE, "days.legal_day", "days.SHANGHAI"),
        (MODULE, "math.floor", "math.ceil"),
    ],
)
def test_what_a_guard_hangs_on_is_seen(text: str, old: str, new: str, written: Written) -> None:
    assert old in text

    before, after = written(text), written(text.replace(old, new))

    assert fingerprint(before) != fingerprint(after)


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (HELPERS, "LIMIT = 3", "# three\n    LIMIT = (\n        3\n    )"),
        (HELPERS, "def outer(a):", 'def outer(a):\n        """Says so."""'),
        (HELPERS, "def outer(a):", "def outer(a: object) -> bool:"),
        (HELPERS, "inner(a) and a.line", "inner(\n            a  # first\n        ) and a.line"),
        (HELPERS, "GUARDS", "UNUSED = 1\n\n    GUARDS"),
        (HELPERS, '{"a", "b"}', '{"b", "a"}'),
        (FACTORY, "lambda a: a.line", "lambda a: a \\\n            .line"),
        (VALUES, 'FIRST = "first"', 'FIRST = "first"\n        SECOND = "second"'),
        (CLASSES, "class Window:", 'class Window:\n        """From first to last."""\n'),
    ],
)
def test_comments_layout_and_docstrings_are_not(
    text: str, old: str, new: str, written: Written
) -> None:
    assert old in text

    before, after = written(text), written(text.replace(old, new, 1))

    assert fingerprint(before) == fingerprint(after)


def test_a_helper_may_move_to_another_file(written: Written) -> None:
    before = written(HELPERS)
    own, _, rest = HELPERS.partition("    def outer(a):")
    names = "from workflows.made_up_0 import KINDS, LAST, LIMIT, inner"

    after = written(f"    {names}\n\n    def outer(a):{rest}")

    assert "def inner(a)" in own
    assert fingerprint(before) == fingerprint(after)


def test_guards_on_one_line_are_told_apart(written: Written) -> None:
    line = "GUARDS = (lambda a: a.line.version < 1, lambda a: a.line.version < 2)"
    both, turned = written(line), written(f"{line}[::-1]")
    nested = written("GUARDS = (lambda a: (lambda b: b < 1)(a.line.version),)")
    other = written("GUARDS = (lambda a: (lambda b: b < 2)(a.line.version),)")

    assert fingerprint(both) != fingerprint(turned)
    assert fingerprint(nested) != fingerprint(other)


def test_the_same_guard_twice_is_another_table_than_two_guards(written: Written) -> None:
    text = FACTORY.replace("GUARDS = (within(3),)", "A, B = within(3), within(30)\n    GUARDS = {}")
    orders = ("(A, B, A)", "(A, B, B)", "(B, A, A)")

    assert len({fingerprint(written(text.format(o))) for o in orders}) == len(orders)


def test_functions_that_call_each_other_come_to_an_end(written: Written) -> None:
    text = """
        def odd(n):
            return n != 0 and even(n - 1)

        def even(n):
            return n == 0 or odd(n - 1)

        def counted():
            def down(n):
                return n == 0 or down(n - 1)
            return lambda a: down(a.line.version)

        GUARDS = (lambda a: even(a.line.version), counted())
    """
    before, after = written(text), written(text.replace("n != 0", "n > 0"))

    assert fingerprint(before) != fingerprint(after)


@pytest.mark.parametrize(
    "text",
    [
        "GUARDS = (object(),)",
        "def a(): pass\ndef b(): pass\nBOTH = {a, b}\nGUARDS = (lambda a: len(BOTH),)",
        "import operator\nGUARDS = (operator.attrgetter('by'),)",
        "THING = object()\nGUARDS = (lambda a: THING,)",
        "import math\nGUARDS = (lambda a: getattr(math, a.line.stage),)",
        "def holds(a):\n    from math import floor\n    return floor(1)\nGUARDS = (holds,)",
        "GUARDS = (eval('lambda a: True', {'__name__': 'workflows.x'}),)",
    ],
)
def test_what_cannot_be_seen_is_refused(text: str, written: Written) -> None:
    procedure = written(text)

    with pytest.raises(CannotSee):
        fingerprint(procedure)
    [said] = unseen([procedure])
    assert said.startswith("p.v1 cannot be pinned: ")


def test_every_process_finds_the_same() -> None:
    """Whatever the seed of its hashes is, and wherever its objects lie."""
    program = (
        "from workflows.procedure.fingerprints import fingerprint\n"
        "from workflows.registry import PROCEDURES\n"
        "print(*(fingerprint(p) for p in PROCEDURES))"
    )
    found = [
        subprocess.run(
            [sys.executable, "-c", program],
            env=os.environ | {"PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        for seed in ("1", "2")
    ]

    assert found == [[fingerprint(procedure) for procedure in PROCEDURES]] * 2


def test_every_released_table_is_pinned_by_the_newest_scheme() -> None:
    pinned = released()

    assert pinned.keys() == SCHEMES.keys()
    assert {*pinned[NEWEST]} == {named(procedure) for procedure in PROCEDURES}


def test_the_first_scheme_did_not_see_what_a_guard_was_made_with() -> None:
    def within(days: int) -> object:
        return lambda a: a.line.version < days

    assert fingerprint(guarded(within(3)), "scheme_1") == fingerprint(
        guarded(within(30)), "scheme_1"
    )


def test_the_first_scheme_writes_empty_lists_and_no_type_parameters_whatever_python_runs() -> None:
    """`ast.dump` of Python 3.12 adds `type_params`, that of 3.13 leaves empty lists out."""
    tree = ast.parse("def f(a=None): return g()")

    assert scheme_1.dumped(tree) == (
        "Module(body=[FunctionDef(name='f', args=arguments(posonlyargs=[], args=[arg(arg='a')],"
        " kwonlyargs=[], kw_defaults=[], defaults=[Constant(value=None)]), body=[Return(value="
        "Call(func=Name(id='g', ctx=Load()), args=[], keywords=[]))], decorator_list=[])],"
        " type_ignores=[])"
    )
