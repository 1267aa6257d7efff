"""One name for one thing: a reader who has met a class knows it wherever its name comes up."""

from tests.architecture.figures import meanings
from tests.architecture.house import nothing

MESSAGE_AND_ROW = {"Checkpoint", "Escalation", "Evidence"}
"""One thing each, as it is told and as its owner keeps it."""


def test_a_class_s_name_has_one_meaning() -> None:
    double = {
        name: places
        for name, places in meanings().items()
        if len(places) > 1 and not name.startswith("_")
    }

    nothing(
        (f"{name}: {', '.join(double[name])}" for name in double.keys() - _pairs(double)),
        "name each for what it is",
    )
    assert set(double) >= MESSAGE_AND_ROW, "one of the pairs is gone: take it off the list"


def _pairs(double: dict[str, list[str]]) -> set[str]:
    """Those of the listed pairs that are still a contract and a row, and no third thing."""
    return {
        name
        for name in MESSAGE_AND_ROW & double.keys()
        if sorted(place.partition("/")[0] for place in double[name]) == ["contracts", "services"]
    }
