"""Signed reports in Kafka, made beforehand: the published cases, each of a party of its own."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

from aiokafka import AIOKafkaProducer

from contracts.agencies import Directory
from contracts.topics import INTAKE
from deploy.keys import private_key
from deploy.published import reports
from services.kit.clock import WallClock
from services.kit.events.envelope import Envelope, to_kafka
from services.kit.events.signing import sign

AT_ONCE = 2000


async def produce(servers: str, directory: Directory, data_dir: Path, count: int) -> int:
    """Put them on the intake topic; returns how many bytes of data one has on average."""
    producer = AIOKafkaProducer(
        bootstrap_servers=servers, linger_ms=5, max_batch_size=262_144, enable_idempotence=True
    )
    await producer.start()
    size = 0
    try:
        sent = []
        for envelope in signed_reports(directory, data_dir, count):
            size += len(envelope.data)
            key, value, headers = to_kafka(envelope)
            sent.append(await producer.send(INTAKE.name, value, key=key, headers=headers))
            if len(sent) >= AT_ONCE:
                await asyncio.gather(*sent)
                sent.clear()
        await asyncio.gather(*sent)
    finally:
        await producer.stop()
    return size // count


def signed_reports(directory: Directory, data_dir: Path, count: int) -> Iterator[Envelope]:
    now = WallClock().now()
    published = reports(now, directory)
    keys = {agency: private_key(data_dir, agency) for agency, _ in published}
    for number in range(count):
        agency, report = published[number % len(published)]
        mine = report.model_copy(
            update={
                "reference": f"{report.reference}-{number}",
                "subject_name": f"{report.subject_name}{number}",
            }
        )
        envelope = Envelope(
            id=f"report-{number}",
            source=f"/agencies/{agency}",
            type=mine.type,
            subject=mine.key,
            time=now,
            data=mine.model_dump_json().encode(),
        )
        yield sign(envelope, keys[agency].seed, keys[agency].kid)
