"""The toy unit on real servers: a database, a topic and a consumer group of its own."""

from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path

import pytest
import pytest_asyncio
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from contracts.topics import INTAKE
from deploy.embedded.postgres import Postgres
from tests.delivery.toy.handling import SWITCH
from tests.delivery.toy.stand import Stand, template
from tests.support.servers import create_database, drop_database

_numbers = count(1)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def toy_template(postgres: Postgres) -> str:
    """A database with the toy's schema, to be copied: migrating takes longer than copying."""
    return await template(postgres)


@pytest.fixture(autouse=True)
def repaired() -> None:
    """Each test starts with the faults switched on."""
    SWITCH.broken = True
    SWITCH.calls.clear()


@pytest.fixture
async def stand(
    postgres: Postgres, topics: str, toy_template: str, tmp_path: Path
) -> AsyncIterator[Stand]:
    """One toy unit's surroundings; nothing of it runs yet."""
    url = await create_database(postgres, toy_template)
    topic = INTAKE.model_copy(update={"name": f"toy.intake.{next(_numbers)}"})
    admin = AIOKafkaAdminClient(bootstrap_servers=topics)
    await admin.start()
    try:
        new = NewTopic(
            topic.name, topic.partitions, 1, topic_configs={"max.message.bytes": "1048576"}
        )
        await admin.create_topics([new])
    finally:
        await admin.close()
    stand = Stand(url, topics, topic, tmp_path)
    async with stand:
        yield stand
    await drop_database(postgres, url)
