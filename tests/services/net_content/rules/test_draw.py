"""The draw: anyone with list, seed and public word gets the same, and weights are kept to."""

import copy
import hashlib
import hmac
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.net_content.rules.draw.credit import class_of, weight_of, weights_problem
from services.net_content.rules.draw.drawing import (
    MAX_WEIGHT,
    DrawTerms,
    ListedSubject,
    Source,
    commitment,
    draw_lots,
    list_hash,
    pick,
)
from services.net_content.rules.draw.record import NoDrawRecord, disagreements, record_of

SEED = bytes(range(32))
PEOPLE = ("county.inspector-1", "county.inspector-2", "county.inspector-3")
ENTRIES = tuple(
    ListedSubject(f"C{number:03}", "ABCD"[number % 4], (1, 5, 20, 100)[number % 4], ("p1", "p2"))
    for number in range(40)
)
TERMS = DrawTerms(wanted=6, lots_each=1)


def source(word: str = "07 11 23", entries: tuple[ListedSubject, ...] = ENTRIES) -> Source:
    return Source(SEED, list_hash(entries, PEOPLE, TERMS), word)


def record(**changes: Any) -> dict[str, Any]:
    drawn = draw_lots(ENTRIES, PEOPLE, TERMS, source())
    told = record_of(
        ENTRIES,
        PEOPLE,
        TERMS,
        committed=commitment(SEED),
        seed=SEED.hex(),
        public_word="07 11 23",
        drawn=drawn,
    )
    return copy.deepcopy(told) | changes


def test_the_draw_is_this_one_for_ever() -> None:
    """Golden: whoever writes the algorithm anew, from its description, must get these."""
    drawn = draw_lots(ENTRIES, PEOPLE, TERMS, source())

    assert [lot.code for lot in drawn] == GOLDEN
    assert all(len(set(lot.inspectors)) == 2 for lot in drawn)
    assert len({lot.code for lot in drawn}) == 6


def test_a_witness_who_wrote_it_anew_draws_the_same() -> None:
    """Running sums by hand instead of a tree: the algorithm as its description has it."""
    numbers = source()
    left = list(range(len(ENTRIES)))
    witnessed = []
    for turn in range(TERMS.wanted):
        total = sum(ENTRIES[n].weight for n in left)
        tries, said = 0, f"{numbers.list_sha256}|07 11 23|subject|{turn}|"
        while (found := _hmac(f"{said}{tries}")) >= 2**256 - 2**256 % total:
            tries += 1
        point = found % total
        for place, n in enumerate(left):
            if point < ENTRIES[n].weight:
                witnessed.append(ENTRIES[left.pop(place)].code)
                break
            point -= ENTRIES[n].weight

    assert witnessed == GOLDEN


def _hmac(text: str) -> int:
    return int.from_bytes(hmac.new(SEED, text.encode(), hashlib.sha256).digest(), "big")


def test_another_word_or_list_is_another_draw() -> None:
    first = draw_lots(ENTRIES, PEOPLE, TERMS, source())
    shorter = ENTRIES[1:]

    assert draw_lots(ENTRIES, PEOPLE, TERMS, source("07 11 24")) != first
    assert draw_lots(shorter, PEOPLE, TERMS, source(entries=shorter)) != first


@given(
    st.lists(st.integers(0, 1000), min_size=1, max_size=60),
    st.integers(1, 80),
    st.binary(min_size=32, max_size=32),
)
def test_nothing_is_drawn_twice_and_nothing_without_weight(
    weights: list[int], wanted: int, seed: bytes
) -> None:
    picked = pick(weights, wanted, Source(seed, "l"), "subject")

    assert len(picked) == len(set(picked)) == min(wanted, sum(1 for w in weights if w))
    assert all(weights[index] for index in picked)


def test_a_heavier_subject_is_drawn_more_often_in_proportion() -> None:
    seeds = (number.to_bytes(32, "big") for number in range(4000))
    counted = Counter(pick([1, 2, 5], 1, Source(seed, "l"), "s")[0] for seed in seeds)

    assert [round(counted[n] / 500) for n in range(3)] == [1, 2, 5]


def test_a_true_record_holds() -> None:
    assert disagreements(record()) == []


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("seed", "00" * 32, "committed"),
        ("list_sha256", "0" * 64, "hashed"),
        ("public_word", "another", "another"),
        ("drawn", [], "another"),
    ],
)
def test_a_record_that_was_tampered_with_is_found_out(name: str, value: Any, says: str) -> None:
    assert any(says in found.en for found in disagreements(record(**{name: value})))


def test_a_list_with_one_weight_changed_is_found_out() -> None:
    tampered = record()
    tampered["entries"][3][2] += 1

    assert len(disagreements(tampered)) >= 1


@pytest.mark.parametrize(
    "changes",
    [
        {"algorithm": "dice"},
        {"seed": None},
        {"seed": "xyz"},
        {"entries": [["C1", "A", 1.5, []]]},
        {"entries": [["C1", "A", True, []]]},
        {"entries": 7},
        {"terms": {"wanted": 1}},
    ],
)
def test_what_is_no_record_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(NoDrawRecord):
        disagreements(record(**changes))
    with pytest.raises(NoDrawRecord):
        disagreements({})


def test_a_subject_nobody_has_classed_is_of_the_usual_class() -> None:
    assert [class_of(None), class_of("D"), class_of("E")] == ["B", "D", "B"]
    assert weight_of("D", {}) > weight_of("C", {}) > weight_of("B", {}) > weight_of("A", {})
    assert weight_of("A", {"A": 0}) == 0


def test_weights_are_whole_numbers_of_classes_there_are() -> None:
    assert weights_problem({"A": 1, "D": 50}, MAX_WEIGHT) is None
    assert weights_problem({"E": 1}, MAX_WEIGHT) is not None
    assert weights_problem({"A": -1}, MAX_WEIGHT) is not None


GOLDEN = ["C031", "C035", "C023", "C039", "C002", "C019"]
