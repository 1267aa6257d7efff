"""Sends one record whose header name is not UTF-8, which no decent client can; run with `-m`."""

import asyncio
import sys
from typing import Any

from aiokafka import AIOKafkaProducer


class Foul(str):
    """A name that encodes to bytes of its own choosing (only aiokafka's plain Python asks)."""

    __slots__ = ()

    def encode(self, *_: Any) -> bytes:
        return b"\xff\xfe\xfd"


async def main(servers: str, topic: str, partition: int) -> None:
    producer = AIOKafkaProducer(bootstrap_servers=servers)
    await producer.start()
    try:
        await producer.send_and_wait(
            topic, b"{}", key=b"k", headers=[(Foul("name"), b"")], partition=partition
        )
    finally:
        await producer.stop()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
