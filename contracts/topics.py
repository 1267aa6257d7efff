"""What a topic is: its name, its key, how it is divided and kept, and who writes it.

`contracts.catalogue` lists those there are: the agencies' own, and one for each unit that tells.
"""

from datetime import timedelta

from contracts.messages import Message

MAX_EVENT_BYTES = 1_000_000
"""Largest event a topic takes, in bytes; more belongs into a file named by its hash."""

AGENCIES = "agencies"
"""The writer of the topic that is no unit's: every agency, each under its own signature."""


class Topic(Message):
    """One stream of facts."""

    name: str
    key: str
    """What its events are keyed by; events of one key keep their order."""
    writers: tuple[str, ...]
    partitions: int = 4
    retention: timedelta = timedelta(days=14)
    """How long Kafka keeps an event. Inboxes remember longer, so a late repeat stays harmless."""


INTAKE = Topic(
    name="metrology.intake.v1", key="source and the sender's reference", writers=(AGENCIES,)
)
"""What agencies hand in. Its events are signed by the agency that sent them."""
