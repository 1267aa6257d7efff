"""Every topic there is: its name, its key, how it is divided and kept, and who writes it."""

from datetime import timedelta

from contracts.messages import Message

MAX_EVENT_BYTES = 1_000_000
"""Largest event a topic takes, in bytes; more belongs into a file named by its hash."""


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
    name="metrology.intake.v1", key="source and the sender's reference", writers=("agencies",)
)
ENFORCEMENT = Topic(name="metrology.enforcement.v1", key="case id", writers=("enforcement",))
COORDINATION = Topic(name="metrology.coordination.v1", key="case id", writers=("coordination",))
NET_CONTENT = Topic(
    name="metrology.net_content.v1", key="check or campaign id", writers=("net_content",)
)

TOPICS = (INTAKE, ENFORCEMENT, COORDINATION, NET_CONTENT)
OF_SERVICE = {
    "enforcement": ENFORCEMENT,
    "coordination": COORDINATION,
    "net_content": NET_CONTENT,
}
"""The one topic a service writes its events to."""
