"""What a proof consists of (RFC 6962 §2.1.1-2).

A proof is a list of roots of ranges of entries. The maker asks for the ranges, looks up the perfect
subtrees they fall into, and joins them; whoever checks it needs nothing but hashes.
"""

from typing import NamedTuple


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


def _left_width(width: int) -> int:
    """The largest power of two below `width`."""
    return 1 << ((width - 1).bit_length() - 1)
