"""Each embedded server is the real one, and comes back from a kill with all it had."""

from datetime import timedelta

import asyncpg
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client

from contracts.catalogue import ENFORCEMENT, TOPICS
from contracts.topics import MAX_EVENT_BYTES
from deploy.embedded.kafka import Kafka
from deploy.embedded.postgres import Postgres
from deploy.embedded.temporal import Temporal
from deploy.topics import ensure_topics


async def test_a_committed_row_outlives_a_kill(postgres: Postgres, database_url: str) -> None:
    connection = await asyncpg.connect(database_url)
    await connection.execute("CREATE TABLE lead (name text)")
    await connection.execute("INSERT INTO lead VALUES ('短秤')")
    address = postgres.address

    postgres.kill()
    postgres.start()

    again = await asyncpg.connect(database_url)
    assert await again.fetchval("SELECT name FROM lead") == "短秤"
    assert postgres.address == address
    await again.close()


async def test_the_database_is_durable_and_asks_for_its_password(postgres: Postgres) -> None:
    connection = await asyncpg.connect(postgres.address)

    assert (await connection.fetchval("SHOW server_version")).startswith("18.")
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        assert await connection.fetchval(f"SHOW {setting}") == "on"
    await connection.close()

    user, _, rest = postgres.address.partition("@")
    stranger = f"{user.rpartition(':')[0]}:guessed@{rest}"
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(stranger)


async def test_topics_are_made_once_as_the_contracts_say(kafka: Kafka) -> None:
    await ensure_topics(kafka.address)
    again = await ensure_topics(kafka.address)

    assert again == []
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka.address)
    await admin.start()
    made = {topic["topic"]: topic for topic in await admin.describe_topics()}
    asked = [ConfigResource(ConfigResourceType.TOPIC, topic.name) for topic in TOPICS]
    [answer] = await admin.describe_configs(asked)
    await admin.close()
    settings = {
        name: {key: value for key, value, *_ in of} for _, _, _, name, of in answer.resources
    }
    for topic in TOPICS:
        assert len(made[topic.name]["partitions"]) == topic.partitions
        assert int(settings[topic.name]["retention.ms"]) == topic.retention.total_seconds() * 1000
        assert int(settings[topic.name]["max.message.bytes"]) > MAX_EVENT_BYTES


async def test_an_acknowledged_event_outlives_a_kill(topics: str, kafka: Kafka) -> None:
    producer = AIOKafkaProducer(bootstrap_servers=topics, enable_idempotence=True)
    await producer.start()
    sent = await producer.send_and_wait(ENFORCEMENT.topic.name, "立案".encode(), partition=0)
    await producer.stop()

    kafka.kill()
    kafka.start()

    assert kafka.address == topics
    partition = TopicPartition(ENFORCEMENT.topic.name, 0)
    consumer = AIOKafkaConsumer(bootstrap_servers=topics)
    await consumer.start()
    consumer.assign([partition])
    consumer.seek(partition, sent.offset)
    event = await consumer.getone()
    assert event.value.decode() == "立案"
    await consumer.stop()


async def test_a_started_procedure_outlives_a_kill(temporal: Temporal) -> None:
    client = await Client.connect(temporal.address)
    await client.start_workflow("nobody_works_on_it", id="case/1", task_queue="nowhere")

    temporal.kill()
    temporal.start()

    again = await Client.connect(temporal.address)
    found = await again.get_workflow_handle("case/1").describe()
    assert found.workflow_type == "nobody_works_on_it"
    await again.get_workflow_handle("case/1").terminate()


async def test_closed_procedures_are_kept_for_years(temporal: Temporal) -> None:
    client = await Client.connect(temporal.address)

    described = await client.workflow_service.describe_namespace(
        DescribeNamespaceRequest(namespace="default")
    )

    kept = described.config.workflow_execution_retention_ttl.ToTimedelta()
    assert kept >= timedelta(days=3650)
