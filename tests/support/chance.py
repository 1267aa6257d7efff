"""Where every random choice of the tests comes from: one seed for a run, printed by pytest."""

from random import Random, SystemRandom

Chance = Random


def new_seed() -> int:
    """A seed that a person can type again."""
    return SystemRandom().randrange(10**6)


def chance_of(seed: int, test: str) -> Chance:
    """The choices of one test: the same for a seed, whichever tests ran before it and where."""
    return Random(f"{seed} {test}")
