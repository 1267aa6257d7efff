"""A new service is little pattern: counted on the toy, compared with what README says of it."""

import re

import pytest

from contracts.catalogue import PROCEDURES
from tests.architecture.house import ROOT, SERVICES, text
from tests.architecture.test_service import PARTS
from tests.toy_service import counting
from tests.toy_service.edits import EDITS
from tests.toy_service.laying import ADDED

MOST_LINES, MOST_FILES, MOST_EDITS = 120, 7, 4


def test_a_new_service_is_at_most_120_lines_in_7_files_and_4_edits_elsewhere(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Lines that are not blank, of all modules in `services/<service>` but its migrations:
    docstrings and imports are counted, and so are the few fields that the toy has of its own.
    """
    pattern, edits = counting.pattern(), counting.elsewhere()

    with capsys.disabled():
        print(  # noqa: T201
            f"\na new service: {pattern} of pattern, {edits} edited elsewhere;"
            f" {counting.beside()} of messages, table, migration and tests"
        )
    assert pattern.lines <= MOST_LINES
    assert pattern.files <= MOST_FILES
    assert edits.files <= MOST_EDITS


def test_the_readme_lists_the_files_that_the_toy_adds_and_those_it_changes() -> None:
    section = text(ROOT / "README.md").partition("**A service**")[2].partition("\n## ")[0]
    named = set(re.findall(r"^\| `(\S+)`", section, re.MULTILINE))

    assert {span for span in named if "<" in span} == {_in_general(name) for name in ADDED}
    assert {span for span in named if "<" not in span} == set(EDITS)


def test_what_every_service_must_have_is_on_the_readme_s_list() -> None:
    listed = {_in_general(name) for name in ADDED}
    folders = {name.rpartition("/")[0] for name in listed}

    assert {part.path for part in PARTS} <= listed | folders


def test_the_toy_is_no_service_of_the_project() -> None:
    assert "gauges" not in SERVICES
    assert "gauge_review" not in {row.name for row in PROCEDURES}


def _in_general(name: str) -> str:
    """`services/gauges/api.py` as the list has it: `services/<service>/api.py`."""
    named = name.replace("0001_gauges", "0001_<service>").replace("/gauges", "/<service>")
    return named.replace("gauge_review", "<procedure>")
