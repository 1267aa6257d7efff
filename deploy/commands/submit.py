"""`steelyard submit FILE…`: hand in CloudEvents as an agency's system does, over Kafka or HTTP."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Annotated

import typer
from aiokafka import AIOKafkaProducer
from cryptography.hazmat.primitives import serialization as pem
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from rich.console import Console
from rich.progress import track

from contracts.says import Says
from contracts.topics import INTAKE
from deploy.keys import AgencyKey, key_file, read_key
from deploy.stack.whereabouts import adopt
from deploy.terminal.asking import Who, asking
from deploy.terminal.options import DataDir, chosen
from services.kit.errors import Invalid, Refusal
from services.kit.events.envelope import Envelope, Unreadable, to_kafka
from services.kit.events.signing import sign
from services.kit.events.structured import from_structured, to_structured
from services.kit.settings import KafkaSettings

AGENCIES = "/agencies/"
Send = Callable[[Envelope], Awaitable[str]]
Sending = AbstractAsyncContextManager[Send]


def submit(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE…", help="CloudEvents：JSON 或 JSON Lines"),
    ],
    *,
    key: Annotated[Path | None, typer.Option(help="签名私钥 Private key: TOML or PEM.")] = None,
    kid: Annotated[str | None, typer.Option(help="密钥编号 Key id, for a PEM file.")] = None,
    agency: Annotated[str | None, typer.Option(help="报送机关 Agency that sends.")] = None,
    http: Annotated[str | None, typer.Option(metavar="URL", help="经 HTTP 报送 Over HTTP.")] = None,
    data_dir: DataDir = None,
) -> None:
    """报送事件。 Hand in events, signed with the key given, the sender's own, or already."""
    folder = chosen(data_dir)
    signer = _signer(folder, key, kid, agency)
    events = [
        _signed(event, signer or _own_key(folder, event)) for file in files for event in read(file)
    ]
    sending = _over_http(folder, http) if http else _over_kafka(folder)
    asyncio.run(_submit(events, sending))


def read(file: Path) -> Iterator[Envelope]:
    """The events of a file, in its order; the place of a bad one is named."""
    content = file.read_bytes()
    if file.suffix in {".jsonl", ".ndjson"}:
        lines = [(n, line) for n, line in enumerate(content.splitlines(), 1) if line.strip()]
    else:
        lines = [(0, content)]
    for number, line in lines:
        try:
            yield from_structured(line)
        except Unreadable as bad:
            place = f"{file}:{number}" if number else str(file)
            says = Says(f"{place}：{bad.says.zh}", f"{place}: {bad.says.en}")
            raise Refusal(bad.reason_code, says) from bad


def _signer(
    data_dir: Path, key: Path | None, kid: str | None, agency: str | None
) -> AgencyKey | None:
    """Who signs: the key file given, or the one this folder keeps for the agency."""
    if key is None:
        return read_key(key_file(data_dir, agency)) if agency else None
    content = key.read_bytes()
    if not content.startswith(b"-----BEGIN"):
        return read_key(key)
    if not kid or not agency:
        raise _bad_key(f"{key} is PEM: give --kid and --agency too")
    try:
        private = pem.load_pem_private_key(content, password=None)
    except (ValueError, TypeError) as error:
        raise _bad_key(f"{key} is no private key: {error}") from error
    if not isinstance(private, Ed25519PrivateKey):
        raise _bad_key(f"{key} is no Ed25519 key")
    return AgencyKey(agency, kid, private.private_bytes_raw())


def _own_key(data_dir: Path, event: Envelope) -> AgencyKey | None:
    """For an unsigned event: its sender's key, if this folder made it."""
    if event.signature is not None or not event.source.startswith(AGENCIES):
        return None
    file = key_file(data_dir, event.source.removeprefix(AGENCIES))
    return read_key(file) if file.parent == data_dir / "keys" and file.exists() else None


def _bad_key(says: str) -> Invalid:
    return Invalid(Says("签名私钥无法使用。", says), field="--key", rule="ed25519")


def _signed(event: Envelope, signer: AgencyKey | None) -> Envelope:
    if signer is None:
        if event.signature is None:
            raise Invalid(
                Says(
                    "事件未签名，请以 --key 或 --agency 指明签名机关。",
                    f"event {event.id} is not signed: give --key, or --agency",
                ),
                field="--key",
                rule="signed",
            )
        return event
    if event.source != AGENCIES + signer.agency:
        raise Invalid(
            Says(
                "事件来源与签名机关不符。",
                f"event {event.id} is of {event.source}, the key of {signer.agency}",
            ),
            field="source",
            rule="own_source",
        )
    return sign(event, signer.seed, signer.kid)


async def _submit(events: list[Envelope], sending: Sending) -> None:
    out = Console()
    async with sending as send:
        for event in track(events, "报送 submitting", console=out, disable=len(events) < 20):
            said = await send(event)
            out.print(f"✔ {event.source} {event.id} {said}", highlight=False, soft_wrap=True)


@asynccontextmanager
async def _over_http(data_dir: Path, url: str) -> AsyncIterator[Send]:
    with asking("enforcement", Who(data_dir, url=url)) as api:

        async def send(event: Envelope) -> str:
            kind = "application/cloudevents+json"
            answer = await asyncio.to_thread(api.send, "/events", to_structured(event), kind)
            return f"已收到 received {answer.json()['received_at']}"

        yield send


@asynccontextmanager
async def _over_kafka(data_dir: Path) -> AsyncIterator[Send]:
    adopt(data_dir, "KAFKA_BOOTSTRAP_SERVERS")
    producer = AIOKafkaProducer(
        bootstrap_servers=KafkaSettings().bootstrap_servers,
        enable_idempotence=True,
        acks="all",
        max_request_size=1_200_000,
    )

    async def send(event: Envelope) -> str:
        key, value, headers = to_kafka(event)
        kept = await producer.send_and_wait(INTAKE.name, value, key=key, headers=headers)
        return f"已送达 kept at {kept.topic}/{kept.partition}/{kept.offset}"

    try:
        await producer.start()
        yield send
    finally:
        await producer.stop()
