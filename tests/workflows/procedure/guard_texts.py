"""Guards as a table's author may write them, each file of them as a text to be changed."""

FACTORY = """
    def within(days):
        return lambda a: a.line.version < days

    GUARDS = (within(3),)
"""
HELPERS = """
    LIMIT = 3
    KINDS = frozenset({"a", "b"})
    LAST = {"first": [1, 2]}

    def inner(a):
        return len(a.state.lines) < LIMIT

    def outer(a):
        return inner(a) and a.line.stage in KINDS

    def holds(a, most=5):
        return outer(a) and len(LAST["first"]) < most

    GUARDS = (holds,)
"""
PARTIAL = """
    from functools import cache, partial

    def at_most(number, a, *, least=0):
        return least <= a.line.version < number

    @cache
    def twice(number):
        return number + number

    GUARDS = (partial(at_most, 3, least=1), lambda a: a.line.version < twice(4))
"""
CLASSES = """
    from dataclasses import dataclass
    from enum import StrEnum

    class Kind(StrEnum):
        SMALL = "small"

    @dataclass(frozen=True)
    class Window:
        first: int
        last: int

        def holds(self, number):
            return self._begun(number) and number < self.last

        def _begun(self, number):
            return number >= self.first

    class Above:
        @staticmethod
        def zero(number):
            return number > 0

    @dataclass(frozen=True)
    class Named:
        kind: Kind

        def __call__(self, a):
            return a.line.named == self.kind

    class Odd:
        def __init__(self, a):
            self.answer = a.line.version % 2

        def __bool__(self):
            return self.answer == 1

    WINDOW = Window(1, 9)

    GUARDS = (
        lambda a: WINDOW.holds(a.line.version),
        lambda a: Above.zero(a.line.version),
        Named(Kind.SMALL),
        Odd,
    )
"""
VALUES = """
    from dataclasses import dataclass
    from enum import StrEnum
    from functools import cached_property
    from typing import NamedTuple

    LIMIT = 3
    STEP = 7

    class Kind(StrEnum):
        SMALL = "small"
        LARGE = "large"

        def is_small(self):
            return self is Kind.SMALL

    class Sort(StrEnum):
        FIRST = "first"

    @dataclass(frozen=True)
    class Window:
        first: int
        last: int = LIMIT

        def holds(self, number, step=STEP):
            return self.first + step <= number

    @dataclass
    class Sum:
        first: int

        @cached_property
        def more(self):
            return self.first + 1

    class Pair(NamedTuple):
        low: int
        high: int

    WINDOWS = (Window(1),)
    SUMS = {"a": Sum(1)}
    PAIR = Pair(1, 2)
    KINDS = (Kind.LARGE,)

    def of_a_window(a):
        return any(window.holds(a.line.version) for window in WINDOWS)

    def of_a_sum(a):
        return [sum.more for sum in SUMS.values()]

    def of_a_window_made(a):
        return Window(2).last

    GUARDS = (
        of_a_window,
        of_a_sum,
        of_a_window_made,
        lambda a: PAIR.low,
        lambda a: any(kind.is_small() for kind in KINDS),
        lambda a: a.line.stage == Sort.FIRST,
    )
"""
MODULE = """
    import contracts.legal_day as days
    import math

    GUARDS = (lambda a: days.legal_day(a.line.since) and math.floor(2.5),)
"""
