"""The random draw (双随机): anyone who has list, seed and public word draws the same.

The seed is committed to by its SHA-256 before the draw, and the public word is called out at the
draw, when list and commitment are known: neither whoever keeps the seed nor whoever keeps the list
can steer it.

Numbers are HMAC-SHA256 under the seed, of `<list hash>|<public word>|<what>|<round>|<try>`, read as
256-bit integers. A number is taken modulo the weights that are left; one from the incomplete last
multiple is passed over, so that no entry is favoured. An entry drawn is out of the next round.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

SPAN = 2**256
MAX_WEIGHT = 1_000_000


@dataclass(frozen=True)
class ListedSubject:
    """A subject on the list, with its weight and the products that may be checked."""

    code: str
    """Unified social credit code."""
    credit_class: str
    weight: int
    products: tuple[str, ...]

    def line(self) -> str:
        return "\t".join((self.code, self.credit_class, str(self.weight), ",".join(self.products)))


@dataclass(frozen=True)
class Source:
    """What every number of a draw comes from."""

    seed: bytes
    list_sha256: str
    public_word: str = ""

    def below(self, limit: int, what: str, turn: int) -> int:
        """A number from 0 up to `limit`, each as likely as any other."""
        whole = SPAN - SPAN % limit
        attempt = 0
        while True:
            said = f"{self.list_sha256}|{self.public_word}|{what}|{turn}|{attempt}".encode()
            number = int.from_bytes(hmac.new(self.seed, said, hashlib.sha256).digest())
            if number < whole:
                return number % limit
            attempt += 1


@dataclass(frozen=True)
class Drawn:
    """A lot to be checked: whose, which, and by whom."""

    code: str
    product: str
    inspectors: tuple[str, ...]


@dataclass(frozen=True)
class DrawTerms:
    """What a draw is asked for."""

    wanted: int
    """Subjects."""
    lots_each: int
    """Products of a subject, at most."""
    officers: int = 2


def commitment(seed: bytes) -> str:
    return hashlib.sha256(seed).hexdigest()


def list_hash(entries: Sequence[ListedSubject], inspectors: Sequence[str], terms: DrawTerms) -> str:
    """SHA-256 of the canonical list: terms, inspectors and entries, a line each, in order."""
    head = f"{terms.wanted}\t{terms.lots_each}\t{terms.officers}"
    lines = [head, ",".join(inspectors), *(entry.line() for entry in entries)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def draw_lots(
    entries: Sequence[ListedSubject], inspectors: Sequence[str], terms: DrawTerms, source: Source
) -> tuple[Drawn, ...]:
    """The lots to be checked, in the order drawn."""
    found: list[Drawn] = []
    weights = [entry.weight for entry in entries]
    for number in pick(weights, terms.wanted, source, "subject"):
        entry = entries[number]
        ones = [1] * len(entry.products)
        for product in pick(ones, terms.lots_each, source, f"product:{entry.code}"):
            what = f"inspector:{entry.code}:{entry.products[product]}"
            people = pick([1] * len(inspectors), terms.officers, source, what)
            names = tuple(inspectors[person] for person in people)
            found.append(Drawn(entry.code, entry.products[product], names))
    return tuple(found)


def pick(weights: Sequence[int], wanted: int, source: Source, what: str) -> list[int]:
    """Indices of so many entries, without replacement, by integer weights."""
    left = _Weights(weights)
    picked = []
    for turn in range(min(wanted, sum(1 for weight in weights if weight))):
        index = left.at(source.below(left.total, what, turn))
        left.take(index)
        picked.append(index)
    return picked


class _Weights:
    """Running sums that an entry can be taken out of (Fenwick tree): 100 000 entries in no time."""

    def __init__(self, weights: Sequence[int]) -> None:
        self._weights = list(weights)
        self._sums = [0, *weights]
        for place in range(1, len(self._sums)):
            above = place + (place & -place)
            if above < len(self._sums):
                self._sums[above] += self._sums[place]
        self.total = sum(weights)

    def at(self, number: int) -> int:
        """The entry whose share of the running sum holds this number."""
        place = 0
        for bit in self._bits:
            below = place + bit
            if below < len(self._sums) and self._sums[below] <= number:
                place, number = below, number - self._sums[below]
        return place

    def take(self, index: int) -> None:
        weight, place = self._weights[index], index + 1
        self.total -= weight
        while place < len(self._sums):
            self._sums[place] -= weight
            place += place & -place

    @cached_property
    def _bits(self) -> tuple[int, ...]:
        return tuple(1 << n for n in reversed(range(len(self._weights).bit_length())))
