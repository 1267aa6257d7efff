"""Makes the topics of the contracts on a broker; making them again changes nothing."""

import asyncio
import sys

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import TopicAlreadyExistsError, for_code

from contracts.catalogue import TOPICS
from contracts.topics import MAX_EVENT_BYTES, Topic
from services.kit.settings import KafkaSettings

# An event's data may fill MAX_EVENT_BYTES; key, headers and signature come on top.
ENVELOPE_BYTES = 48_576
BROKERS_OWN = -1
"""How often a topic is copied: the brokers' `default.replication.factor` says."""


async def ensure_topics(bootstrap: str) -> list[str]:
    """Create what is missing, copied as often as the brokers copy by default; return the names."""
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        return await _create(admin)
    finally:
        await admin.close()


async def _create(admin: AIOKafkaAdminClient) -> list[str]:
    present = set(await admin.list_topics())
    missing = [topic for topic in TOPICS if topic.name not in present]
    if not missing:
        return []
    answer = await admin.create_topics([_new(topic) for topic in missing])
    created = []
    for name, code, *_ in answer.topic_errors:
        error = for_code(code)
        # Another process may have been first.
        if code and error is not TopicAlreadyExistsError:
            raise error(f"topic {name} was not made")
        created.append(name)
    return created


def _new(topic: Topic) -> NewTopic:
    return NewTopic(
        name=topic.name,
        num_partitions=topic.partitions,
        replication_factor=BROKERS_OWN,
        replica_assignments={},  # the client takes -1 only with assignments; an empty one will do
        topic_configs={
            "retention.ms": str(int(topic.retention.total_seconds() * 1000)),
            "max.message.bytes": str(MAX_EVENT_BYTES + ENVELOPE_BYTES),
        },
    )


def main() -> None:
    """Where there is no supervisor: `python -m deploy.topics`."""
    made = asyncio.run(ensure_topics(KafkaSettings().bootstrap_servers))
    sys.stdout.write(f"已建立 made: {', '.join(made) or '-'}\n")


if __name__ == "__main__":
    main()
