"""What a proof consists of (RFC 6962 §2.1.1-2), and how anyone checks one (RFC 9162 §2.1.3-4).

A proof is a list of roots of ranges of entries. The maker asks for the ranges, looks up the perfect
subtrees they fall into, and joins them; the checker needs nothing but hashes.
"""

from collections.abc import Sequence
from typing import NamedTuple

from services.oversight.rules.tree import node_hash


class Range(NamedTuple):
    """Entries from `start` up to and without `end`."""

    start: int
    end: int


def inclusion_ranges(index: int, size: int) -> list[Range]:
    """The ranges whose roots prove that an entry stands at `index` in a log of `size` entries."""
    start, end, found = 0, size, []
    while end - start > 1:
        middle = start + _left_width(end - start)
        if index < middle:
            found.append(Range(middle, end))
            end = middle
        else:
            found.append(Range(start, middle))
            start = middle
    return found[::-1]


def consistency_ranges(old: int, new: int) -> list[Range]:
    """The ranges whose roots prove that the first `old` of `new` entries are the log as it was."""
    start, end, found = 0, new, []
    while end != old:
        middle = start + _left_width(end - start)
        if old <= middle:
            found.append(Range(middle, end))
            end = middle
        else:
            found.append(Range(start, middle))
            start = middle
    # The old log's own root is left out: the checker has it.
    return ([Range(start, end)] if start else []) + found[::-1]


def proves_inclusion(
    leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes
) -> bool:
    """Whether `path` proves that `leaf` stands at `index` in the log of this size and root."""
    if not 0 <= index < size:
        return False
    at, last, found = index, size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = node_hash(step, found)
            at, last = _up_past_right_edge(at, last)
        else:
            found = node_hash(found, step)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root


def proves_consistency(
    old: int, new: int, path: Sequence[bytes], old_root: bytes, new_root: bytes
) -> bool:
    """Whether `path` proves that the log of size `new` begins with the log of size `old`."""
    if old == new:
        return not path and old_root == new_root
    if not 0 < old < new:
        return False
    # A power of two is one perfect subtree: its root is the old root, which the path leaves out.
    steps = [old_root, *path] if old & (old - 1) == 0 else list(path)
    if not steps:
        return False
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    before = after = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            before, after = node_hash(step, before), node_hash(step, after)
            at, last = _up_past_right_edge(at, last)
        else:
            after = node_hash(after, step)
        at, last = at >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root


def _left_width(width: int) -> int:
    """The largest power of two below `width`."""
    return 1 << ((width - 1).bit_length() - 1)


def _up_past_right_edge(index: int, last: int) -> tuple[int, int]:
    """Up to where this node is a right child: an edge without a right neighbour is not hashed."""
    while not index & 1 and index:
        index, last = index >> 1, last >> 1
    return index, last
