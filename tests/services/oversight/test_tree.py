"""The Merkle tree against the published vectors of Certificate Transparency, and a second hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from services.oversight.rules.tree import EMPTY_ROOT, Frontier, joined, leaf_hash, subtrees

# Inputs and roots of the reference tests of the Certificate Transparency project.
LEAVES = [
    bytes.fromhex(x)
    for x in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def test_an_empty_log_has_the_hash_of_nothing_as_its_root() -> None:
    assert Frontier().root() == EMPTY_ROOT
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_the_roots_are_the_published_ones_at_every_size() -> None:
    frontier = Frontier()
    for leaf, root in zip(LEAVES, ROOTS, strict=True):
        frontier.append(leaf_hash(b"", leaf))

        assert frontier.root().hex() == root


@given(st.lists(st.binary(max_size=40), min_size=1, max_size=130))
def test_the_roots_are_those_of_an_independent_implementation(leaves: list[bytes]) -> None:
    frontier, witness = Frontier(), InmemoryTree()

    for leaf in leaves:
        frontier.append(leaf_hash(b"", leaf))
        witness.append_entry(leaf)

    assert frontier.root() == witness.get_root()


@given(st.integers(0, 300), st.integers(0, 60))
def test_a_log_taken_up_again_from_its_spines_goes_on_the_same(before: int, after: int) -> None:
    whole = Frontier()
    spines = [whole.append(leaf_hash(b"", bytes([i % 256]))) for i in range(before)]
    again = Frontier(before, [s.root_in(spines[s.completed_by]) for s in subtrees(0, before)])

    for i in range(after):
        leaf = leaf_hash(b"s", bytes([i]))
        assert whole.append(leaf) == again.append(leaf)

    assert whole.root() == again.root()


def test_a_root_needs_one_hash_for_each_bit_of_the_size_and_no_more() -> None:
    assert [len(subtrees(0, size)) for size in (0, 1, 7, 8, 1_000_000)] == [0, 1, 3, 1, 7]
    assert joined([]) == EMPTY_ROOT


def test_a_frontier_refuses_roots_that_do_not_make_up_its_size() -> None:
    with pytest.raises(ValueError, match="3 entries has 2"):
        Frontier(3, [EMPTY_ROOT])
