"""Makes the topics of the contracts on a broker; making them again changes nothing."""

import asyncio
import sys

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import TopicAlreadyExistsError, for_code

from contracts.topics import MAX_EVENT_BYTES, TOPICS, Topic
from services.kit.settings import KafkaSettings

# An event's data may fill MAX_EVENT_BYTES; key, headers and signature come on top.
ENVELOPE_BYTES = 48_576


async def ensure_topics(bootstrap: str, *, replicas: int = 1) -> list[str]:
    """Create what is missing; return the names of what was created."""
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        return await _create(admin, replicas)
    finally:
        await admin.close()


async def _create(admin: AIOKafkaAdminClient, replicas: int) -> list[str]:
    present = set(await admin.list_topics())
    missing = [topic for topic in TOPICS if topic.name not in present]
    if not missing:
        return []
    answer = await admin.create_topics([_new(topic, replicas) for topic in missing])
    created = []
    for name, code, *_ in answer.topic_errors:
        error = for_code(code)
        # Another process may have been first.
        if code and error is not TopicAlreadyExistsError:
            raise error(f"topic {name} was not made")
        created.append(name)
    return created


def _new(topic: Topic, replicas: int) -> NewTopic:
    return NewTopic(
        name=topic.name,
        num_partitions=topic.partitions,
        replication_factor=replicas,
        topic_configs={
            "retention.ms": str(int(topic.retention.total_seconds() * 1000)),
            "max.message.bytes": str(MAX_EVENT_BYTES + ENVELOPE_BYTES),
            # Two of three must have an event before its sender is told so.
            "min.insync.replicas": str(min(replicas, 2)),
        },
    )


def main() -> None:
    """Where there is no supervisor: `python -m deploy.topics REPLICAS`, one if unsaid."""
    replicas = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    made = asyncio.run(ensure_topics(KafkaSettings().bootstrap_servers, replicas=replicas))
    sys.stdout.write(f"已建立 made: {', '.join(made) or '-'}\n")


if __name__ == "__main__":
    main()
