"""The Merkle tree of RFC 6962, grown leaf by leaf from the roots of its perfect subtrees.

Each entry keeps its *spine*: its leaf hash and, above it, the root of every perfect subtree that it
completes, 32 bytes a level. On average that is two hashes an entry, and every hash that a root or a
proof needs stands in one of at most 2·log2(n) spines: nothing ever reads the whole log.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()
"""Root of a log without entries (RFC 6962 §2.1)."""


class Subtree(NamedTuple):
    """A perfect subtree: `2 ** level` entries, the `position`-th of that size."""

    level: int
    position: int

    @property
    def completed_by(self) -> int:
        """Index of its last entry, in whose spine its root stands."""
        return ((self.position + 1) << self.level) - 1

    def root_in(self, spine: bytes) -> bytes:
        """Its root, out of the spine of the entry that completed it."""
        return spine[self.level * HASH_BYTES : (self.level + 1) * HASH_BYTES]


class Frontier:
    """The right edge of the tree: all that the next append, and the root, depend on."""

    def __init__(self, size: int = 0, roots: Sequence[bytes] = ()) -> None:
        self.size = size
        self._roots = list(roots)
        if len(self._roots) != size.bit_count():
            raise ValueError(f"A log of {size} entries has {size.bit_count()} perfect subtrees")

    def append(self, leaf: bytes) -> bytes:
        """Take one leaf hash in; its spine."""
        spine = [leaf]
        for _ in range(_trailing_ones(self.size)):
            spine.append(node_hash(self._roots.pop(), spine[-1]))
        self._roots.append(spine[-1])
        self.size += 1
        return b"".join(spine)

    def root(self) -> bytes:
        """Root of the whole log as it stands."""
        return joined(self._roots)


def leaf_hash(salt: bytes, record: bytes) -> bytes:
    """Hash of one entry. The salt keeps an erased record from being guessed from its hash."""
    return sha256(b"\x00" + salt + record).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def subtrees(start: int, end: int) -> list[Subtree]:
    """The perfect subtrees that a range of RFC 6962 falls into, largest first."""
    found = []
    while start < end:
        level = (end - start).bit_length() - 1
        found.append(Subtree(level, start >> level))
        start += 1 << level
    return found


def joined(roots: Iterable[bytes]) -> bytes:
    """Root of a range, from the roots of its perfect subtrees, largest first."""
    right_to_left = reversed(list(roots))
    root = next(right_to_left, EMPTY_ROOT)
    for left in right_to_left:
        root = node_hash(left, root)
    return root


def _trailing_ones(size: int) -> int:
    """How many perfect subtrees the next entry completes."""
    return (~size & (size + 1)).bit_length() - 1
