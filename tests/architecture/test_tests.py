"""Tests wait for what they expect and choose by the run's seed: each failure can be had again."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.house import ROOT, at, calls, imported, modules, name_of, nothing, tree

TESTS = modules("tests")
MAY_SLEEP = {
    "tests/support/waiting.py": "every wait of the tests is there",
    "tests/chaos/killing.py": "a kill comes milliseconds after a step: the pause is the test",
    "tests/chaos/agency.py": "an agency's own system, which asks again when nobody answered",
    "tests/bench/ingest.py": "looks every 20 ms, so that looking costs what is measured little",
}
MAY_CHOOSE = {
    "tests/support/chance.py": "every random choice is made there",
}


def test_no_test_sleeps() -> None:
    nothing(
        (
            f"{at(path, call)} calls {name}"
            for path in TESTS
            if name_of(path) not in MAY_SLEEP
            for name, call in calls(path)
            if name.rpartition(".")[2] == "sleep"
        ),
        "wait for what is expected, with `eventually` of tests/support/waiting.py",
    )


def test_no_test_asserts_how_long_something_took() -> None:
    nothing(
        (
            at(path, node)
            for path in TESTS
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Assert)
            and re.search(r"\b(monotonic|perf_counter)\(", ast.unparse(node))
        ),
        "machines are noisy: report a ratio in tests/bench, and let the timeout end what hangs",
    )


def test_every_random_choice_is_made_by_the_run_s_seed() -> None:
    nothing(
        (
            f"{at(path, line)} imports random"
            for path in TESTS
            if name_of(path) not in MAY_CHOOSE
            for package, line in imported(path).items()
            if package == "random"
        ),
        "take the fixture `chance`, and its type from tests/support/chance.py",
    )


def test_numpy_chooses_by_a_seed() -> None:
    nothing(
        (place for path in TESTS for place in _unseeded(path)),
        "give numpy's generator a seed: a number, or one drawn from `chance`",
    )


def test_whoever_may_sleep_or_choose_does() -> None:
    sleeping = {name for name in MAY_SLEEP if _calls(name, "sleep")}
    choosing = {name for name in MAY_CHOOSE if "random" in imported(ROOT / name)}

    assert (sleeping, choosing) == (set(MAY_SLEEP), set(MAY_CHOOSE))


def _calls(name: str, what: str) -> bool:
    return any(called.rpartition(".")[2] == what for called, _ in calls(ROOT / name))


def _unseeded(path: Path) -> Iterator[str]:
    """numpy's choices that nobody could make again."""
    for name, call in calls(path):
        seeded = name.endswith(".default_rng") and call.args
        if name.startswith(("np.random.", "numpy.random.")) and not seeded:
            yield f"{at(path, call)} calls {name}"
