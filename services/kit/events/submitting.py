"""Events handed in over HTTP: judged at once, then put on the same topic as all others."""

import asyncio
from datetime import datetime

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from contracts.says import Says
from contracts.topics import Topic
from services.kit.clock import WallClock
from services.kit.errors import Refusal, Unavailable
from services.kit.events.envelope import Envelope, Unreadable, to_kafka
from services.kit.events.reading import Reader
from services.kit.events.signing import Unverified
from services.kit.events.structured import from_structured
from services.kit.running.tracing import traced
from services.kit.settings import KafkaSettings

ACKNOWLEDGED_S = 5.0


class Submissions:
    """Takes events of one topic for agencies that do not speak Kafka."""

    def __init__(
        self, kafka: KafkaSettings, topic: Topic, reader: Reader, clock: WallClock | None = None
    ) -> None:
        self._kafka = kafka
        self._topic = topic
        self._reader = reader
        self._clock = clock or WallClock()
        self._producer: AIOKafkaProducer | None = None
        self._starting = asyncio.Lock()

    async def submit(self, body: bytes) -> tuple[Envelope, datetime]:
        """The event and its time of receipt, once Kafka has it. Raises `Refusal`, `Unavailable`."""
        received_at = self._clock.now()
        try:
            envelope = from_structured(body)
            self._reader.open(self._topic.name, envelope, received_at)
        except Unreadable as bad:
            raise Refusal(bad.reason_code, bad.says, status=422) from bad
        except Unverified as bad:
            raise Refusal(bad.reason_code, bad.says, status=403) from bad
        await self._send(traced(envelope))
        return envelope, received_at

    async def stop(self) -> None:
        if self._producer is not None:
            await self._producer.stop()

    async def _send(self, envelope: Envelope) -> None:
        key, value, headers = to_kafka(envelope)
        try:
            async with asyncio.timeout(ACKNOWLEDGED_S):
                producer = await self._started()
                await producer.send_and_wait(self._topic.name, value, key=key, headers=headers)
        except (KafkaError, TimeoutError, OSError) as error:
            raise Unavailable(Says("Kafka 未接收事件。", "Kafka did not take the event")) from error

    async def _started(self) -> AIOKafkaProducer:
        async with self._starting:
            if self._producer is None:
                producer = AIOKafkaProducer(
                    bootstrap_servers=self._kafka.bootstrap_servers,
                    enable_idempotence=True,
                    acks="all",
                    max_request_size=1_200_000,
                )
                try:
                    await producer.start()
                except BaseException:
                    await producer.stop()
                    raise
                self._producer = producer
            return self._producer
