"""How anyone checks a proof of the log (RFC 9162 §2.1.3-4)."""

from collections.abc import Sequence

from services.oversight.rules.tree import node_hash


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


def _up_past_right_edge(at: int, last: int) -> tuple[int, int]:
    """Up to where this node is a right child: an edge without a right neighbour is not hashed."""
    while not at & 1 and at:
        at, last = at >> 1, last >> 1
    return at, last
