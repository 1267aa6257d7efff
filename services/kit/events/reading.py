"""From a record's bytes to an event heard, or the reason why it is none."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from contracts.agencies import Directory
from contracts.catalogue import told_by
from contracts.messages import Event
from contracts.says import Says
from contracts.topics import AGENCIES, Topic
from services.kit.events.envelope import SERVICES, Envelope, Headers, Unreadable, from_kafka
from services.kit.events.handling import Handler, Heard
from services.kit.events.signing import Unverified, check_not_future, verify
from services.kit.faults import says_of


class Reader:
    """Reads records of some topics for some handlers."""

    def __init__(
        self,
        handlers: Mapping[str, Handler],
        topics: Sequence[Topic],
        directory: Callable[[], Directory] | None = None,
        *,
        drills: bool = False,
    ) -> None:
        self._handlers = handlers
        self._topics = {topic.name: topic for topic in topics}
        self._signed = {topic.name: topic.writers == (AGENCIES,) for topic in topics}
        self._directory = directory
        self._drills = drills
        if directory is None and any(self._signed.values()):
            raise ValueError("a signed topic needs a directory to verify against")

    def directory(self) -> Directory | None:
        """As it stands now. Ask once for a batch: its file is looked at each time."""
        return self._directory() if self._directory is not None else None

    def read(
        self,
        topic: str,
        record: tuple[bytes | None, bytes | None, Headers],
        received_at: datetime,
        directory: Directory | None,
    ) -> Heard[Any] | None:
        """None: not for us. Raises `Unreadable` or `Unverified`, nothing else."""
        return self._open(topic, from_kafka(*record), received_at, directory, whole=False)

    def open(self, topic: str, envelope: Envelope, received_at: datetime) -> Heard[Any] | None:
        """Judge and parse an envelope that came by a topic, or by HTTP for it."""
        return self._open(topic, envelope, received_at, self.directory(), whole=True)

    def _open(
        self,
        topic: str,
        envelope: Envelope,
        received_at: datetime,
        directory: Directory | None,
        *,
        whole: bool,
    ) -> Heard[Any] | None:
        """`whole`: also what is another unit's to take is parsed, for whoever handed it in."""
        signed = self._signed[topic]
        if signed and directory is not None:
            agency = verify(envelope, directory, received_at, drills=self._drills)
        else:
            agency = None
            self._check_writer(self._topics[topic], envelope)
        handler = self._handlers.get(envelope.type) or self._handlers.get("")
        of_others = _HANDED_IN.get(envelope.type) if signed else None
        if handler is None and (of_others is None or not whole):
            if of_others is None:
                self._refuse_unknown(envelope, signed=signed)
            return None
        event = _parse(handler.event if handler else of_others, envelope)  # type: ignore[arg-type]
        if agency is not None:
            shifted = self._drills and agency.drills
            check_not_future(event.occurred_at, received_at, shifted=shifted)
        return Heard(event, envelope, received_at, agency) if handler else None

    @staticmethod
    def _check_writer(topic: Topic, envelope: Envelope) -> None:
        if envelope.source.removeprefix(SERVICES) not in topic.writers:
            raise Unverified(
                "source_not_allowed",
                Says(
                    f"{envelope.source} 无权写入 {topic.name}。",
                    f"{envelope.source} does not write to {topic.name}",
                ),
            )

    def _refuse_unknown(self, envelope: Envelope, *, signed: bool) -> None:
        stem, version = _version(envelope.type)
        for known in self._handlers:
            known_stem, known_version = _version(known)
            if known_stem == stem and version > known_version:
                raise Unreadable(
                    "newer_version",
                    Says(
                        f"{envelope.type} 比已知的 {known} 新。",
                        f"{envelope.type} is newer than {known}",
                    ),
                )
        if signed:
            raise Unreadable(
                "unknown_type",
                Says(
                    f"此处没有 {envelope.type} 这一事件类型。",
                    f"{envelope.type} is no type of event known here",
                ),
            )


_HANDED_IN = {kind.type: kind for kind in told_by(AGENCIES)}
"""Every type agencies send, by its name: each is one unit's to take."""


def _version(type_: str) -> tuple[str, int]:
    found = re.fullmatch(r"(.+)\.v(\d{1,6})", type_)
    return (found[1], int(found[2])) if found else (type_, 0)


def _parse(kind: type[Event], envelope: Envelope) -> Event:
    try:
        event = kind.model_validate_json(envelope.data)
    except ValidationError as error:
        raise Unreadable(_code(error), says_of(error)) from error
    if kind is not Event and event.key != envelope.subject:
        raise Unreadable(
            "wrong_subject",
            Says("subject 与数据所指不一致。", "The subject is not the one the data names"),
        )
    return event


def _code(error: ValidationError) -> str:
    kinds = {e["type"] for e in error.errors(include_input=False, include_url=False)}
    if "json_invalid" in kinds:
        return "malformed_json"
    return "missing_field" if "missing" in kinds else "bad_field"
