"""Two laws on one lot, side by side."""

from services.net_content.rules import regimes
from services.net_content.rules.advice.comparing import Comparison, compare
from tests.services.net_content.rules.lots import CN, OIML, lot

NEW = regimes.find("cn", "2023", None)


def test_a_package_between_two_roundings_parts_two_laws() -> None:
    """At 165 g T is 7.4 g in China and 7.5 g by OIML: short by 7.5 g is beyond one of them."""
    facts = lot(200, 165, [*["157.5"] * 4, *[166] * 46])

    found = compare(facts, CN, OIML)

    parted = {d.what: (d.first, d.second) for d in found.differences}
    assert found.same_outcome is False
    assert parted["outcome"] == ("fail", "pass")
    assert parted["t1"] == ("7.4", "7.5")
    assert parted["t1.found"] == ("4", "0")
    assert "limit" not in parted


def test_an_edition_that_refuses_leaves_the_other_to_be_read() -> None:
    found = compare(lot(30, 500, [500] * 10), CN, NEW)

    assert found.same_outcome is None
    assert found.first.verdict is not None
    assert found.second.refused is not None
    assert found.second.refused.code == "table_not_known"


def test_an_edition_is_the_same_as_itself() -> None:
    found = compare(lot(30, 500, [500] * 10), CN, CN)

    assert (found.same_outcome, found.differences) == (True, ())
    assert Comparison.model_validate_json(found.model_dump_json()) == found
