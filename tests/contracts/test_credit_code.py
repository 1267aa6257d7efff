"""Credit codes: the vectors of the standard and of public decisions, and what a slip does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.credit_code import (
    ALPHABET,
    check_character,
    organisation_check_character,
    organisation_problem,
    uscc_problem,
)

SOUND = (
    "91350100M000100Y43",  # the sample of GB 32100
    "91110000600037341L",
    "91130123L029131995",
    "92340322MA2QW99L2M",  # a sole trader
    "92500119MAEHAEA47K",
    "11330723307360844C",  # government bodies
    "11500000MB1539761Y",
    "91370202MA9TE5T04A",  # made up for tests, both check characters good
    "92370214MA9TE5T12E",
    "91340705MA9TE5T20Q",
    "91510100MA9TE5T39F",
    "91630100MA9TE5T479",
    "113702000050000180",
)


@pytest.mark.parametrize("code", SOUND)
def test_a_code_in_use_is_sound(code: str) -> None:
    assert uscc_problem(code) is None


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("92500119MAEHAEA47L", "应为 K"),
        ("9234O322MA2QW99L2M", "'O'"),
        ("92340322MA2QW99L2", "17位"),
        ("", "0位"),
        ("91350100m000100y43", "'m'"),
        ("９1350100M000100Y43", "'９'"),
        ("91350100M000100Y43 ", "19位"),
    ],
)
def test_a_slip_is_named(code: str, says: str) -> None:
    problem = uscc_problem(code)

    assert problem is not None
    assert says in problem


def test_a_code_of_another_department_may_start_with_a_letter() -> None:
    """python-stdnum refuses these: it wants digits in the first eight places."""
    stem = "N2370202" + "MA9TE5T04"

    assert uscc_problem(stem + check_character(stem)) is None


def test_the_code_within_has_a_check_of_its_own() -> None:
    stem = "91370202" + "MA9TE5T05"  # should end in 4

    problem = uscc_problem(stem + check_character(stem))

    assert problem is not None
    assert "主体标识码校验位应为 4" in problem


@given(st.text(ALPHABET, min_size=16, max_size=16))
def test_check_characters_make_any_code_sound(drawn: str) -> None:
    stem = drawn + organisation_check_character(drawn[8:])
    code = stem + check_character(stem)

    assert uscc_problem(code) is None


@given(st.sampled_from(SOUND), st.integers(0, 17), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_noticed(code: str, place: int, typed: str) -> None:
    slipped = code[:place] + typed + code[place + 1 :]

    assert (uscc_problem(slipped) is None) == (slipped == code)


@given(st.sampled_from(SOUND), st.integers(0, 16))
def test_two_neighbours_swapped_are_always_noticed(code: str, place: int) -> None:
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]

    assert (uscc_problem(swapped) is None) == (swapped == code)


@pytest.mark.parametrize("code", ["M000100Y4", "600037341", "MA2QW99L2", "MB1539761"])
def test_an_organisation_code_is_sound(code: str) -> None:
    assert organisation_problem(code) is None


@pytest.mark.parametrize("code", ["M000100Y5", "M000100Y", "M000100y4", "M000100-Y"])
def test_an_organisation_code_is_not(code: str) -> None:
    assert organisation_problem(code) is not None


def test_ten_is_written_x() -> None:
    """GB 11714: a check value of 10 is X, of 11 is 0."""
    assert organisation_check_character("40000000") == "X"
    assert organisation_check_character("00000000") == "0"
