"""A folder is seen at a glance, a file is read in one go."""

import ast

from tests.architecture.figures import files_by_folder, lines, sources
from tests.architecture.house import name_of, tree

MOST_FILES = 14
MOST_LINES = 250
MOST_EXCEPTIONS = 3
LISTS = {"contracts"}
"""Folders that are a list: one file for each context, however many there come to be."""


def test_a_folder_has_no_more_files_than_can_be_seen_at_a_glance() -> None:
    crowded = {
        folder: count
        for folder, count in files_by_folder().items()
        if count > MOST_FILES and folder not in LISTS
    }

    assert not crowded, f"at most {MOST_FILES} modules a folder: give its parts rooms of their own"


def test_a_file_is_read_in_one_go_or_says_why_not() -> None:
    long = {path: n for path in sources() if (n := lines(path)) > MOST_LINES}
    silent = [
        f"{name_of(path)}: {n} lines"
        for path, n in long.items()
        if "so long because" not in (ast.get_docstring(tree(path)) or "")
    ]

    assert silent == [], f"over {MOST_LINES} lines: split its noun, or say `so long because …`"
    assert len(long) <= MOST_EXCEPTIONS
