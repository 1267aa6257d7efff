"""Proofs of inclusion and consistency: each true one verifies, no altered one does."""

from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from services.oversight.rules.proofs import (
    Range,
    consistency_ranges,
    inclusion_ranges,
)
from services.oversight.rules.stored import Stored
from tests.services.oversight.checking_proofs import proves_consistency, proves_inclusion
from tests.services.oversight.logs import log, noted, range_root

LOG = log(noted(at) for at in range(200))
sizes = st.integers(1, len(LOG))
flips = st.tuples(st.integers(0, 31), st.integers(1, 255))


def root(size: int) -> bytes:
    return range_root(LOG, Range(0, size))


def inclusion(index: int, size: int) -> list[bytes]:
    return [range_root(LOG, part) for part in inclusion_ranges(index, size)]


def consistency(old: int, new: int) -> list[bytes]:
    return [range_root(LOG, part) for part in consistency_ranges(old, new)]


def flipped(raw: bytes, flip: tuple[int, int]) -> bytes:
    at, by = flip
    return raw[:at] + bytes([raw[at] ^ by]) + raw[at + 1 :]


@given(sizes, st.data())
def test_every_entry_is_proved_to_stand_where_it_stands(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))

    path = inclusion(index, size)

    assert len(path) <= (size - 1).bit_length()
    assert proves_inclusion(LOG[index].leaf, index, size, path, root(size))


@given(sizes, flips, st.data())
def test_no_altered_proof_of_inclusion_holds(
    size: int, flip: tuple[int, int], data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, size - 1))
    leaf, path, top = LOG[index].leaf, inclusion(index, size), root(size)

    assert not proves_inclusion(flipped(leaf, flip), index, size, path, top)
    assert not proves_inclusion(leaf, index, size, path, flipped(top, flip))
    assert not proves_inclusion(leaf, index, size, [*path, top], top)
    assert not proves_inclusion(leaf, size, size, path, top)
    assert not proves_inclusion(leaf, index, 2 * size, path, top)
    for at, step in enumerate(path):
        altered = [*path[:at], flipped(step, flip), *path[at + 1 :]]
        assert not proves_inclusion(leaf, index, size, altered, top)
        assert not proves_inclusion(leaf, index, size, path[:at] + path[at + 1 :], top)
    for other in {index ^ 1, index + 1, size - 1} - {index}:
        assert not proves_inclusion(leaf, other, size, path, top)


@given(sizes, sizes)
def test_a_longer_log_is_proved_to_begin_with_the_shorter_one(one: int, other: int) -> None:
    old, new = sorted((one, other))

    assert proves_consistency(old, new, consistency(old, new), root(old), root(new))


@given(sizes, sizes, flips)
def test_no_altered_proof_of_consistency_holds(one: int, other: int, flip: tuple[int, int]) -> None:
    old, new = sorted((one, other))
    path, before, after = consistency(old, new), root(old), root(new)

    assert not proves_consistency(old, new, path, flipped(before, flip), after)
    assert not proves_consistency(old, new, path, before, flipped(after, flip))
    assert not proves_consistency(old, new, [*path, after], before, after)
    assert not proves_consistency(0, new, path, before, after)
    assert not proves_consistency(new + 1, new, path, before, after)
    assert not proves_consistency(old, 2 * new, path, before, after)
    for at, step in enumerate(path):
        altered = [*path[:at], flipped(step, flip), *path[at + 1 :]]
        assert not proves_consistency(old, new, altered, before, after)
        assert not proves_consistency(old, new, path[:at] + path[at + 1 :], before, after)


def test_the_proofs_are_those_of_the_worked_example_of_rfc_6962() -> None:
    # Section 2.1.3: seven entries d0 to d6.
    included = {at: inclusion_ranges(at, 7) for at in (0, 3, 4, 6)}
    consistent = {old: consistency_ranges(old, 7) for old in (3, 4, 6)}

    assert included == {
        0: [(1, 2), (2, 4), (4, 7)],
        3: [(2, 3), (0, 2), (4, 7)],
        4: [(5, 6), (6, 7), (0, 4)],
        6: [(4, 6), (0, 4)],
    }
    assert consistent == {
        3: [(2, 3), (3, 4), (0, 2), (4, 7)],
        4: [(4, 7)],
        6: [(4, 6), (6, 7), (0, 4)],
    }


@given(sizes, st.data())
def test_an_independent_implementation_makes_the_same_proofs_of_inclusion(
    size: int, data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, size - 1))

    theirs = _witness(LOG[:size]).prove_inclusion(index + 1)

    assert theirs.path == [LOG[index].leaf, *inclusion(index, size)]


def _witness(entries: list[Stored]) -> InmemoryTree:
    tree = InmemoryTree()
    for entry in entries:
        assert entry.salt is not None
        assert entry.record is not None
        tree.append_entry(entry.salt + entry.record)
    return tree
