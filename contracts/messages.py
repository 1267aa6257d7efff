"""The three kinds of message, and what every one of them carries."""

import re
from datetime import datetime
from typing import Annotated, Any, ClassVar, Generic, TypeVar, cast
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, PlainSerializer

Reply = TypeVar("Reply", bound=BaseModel)

Instant = Annotated[AwareDatetime, PlainSerializer(datetime.isoformat, when_used="json")]
"""An aware moment, written with the offset it was given in: legal days are Asia/Shanghai days."""

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
"""Lower-case hexadecimal SHA-256, the name of a file kept by its content."""

RegionCode = Annotated[str, Field(pattern=r"^\d{6}$")]
"""Administrative division code (行政区划代码), GB/T 2260, six digits."""

AgencyCode = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,60}$")]
"""An agency as the jurisdiction's file calls it."""


def _split(class_name: str) -> tuple[str, int]:
    stem, _, version = class_name.rpartition("V")
    if not (stem and version.isdigit()):
        stem, version = class_name, "1"
    return re.sub(r"(?<!^)(?=[A-Z])", "_", stem).lower(), int(version)


def context_of(kind: type[BaseModel]) -> str:
    """The context a contract belongs to: the module or package right below `contracts`.

    So a contract that becomes a package of the same name keeps the types of its events.
    """
    names = kind.__module__.split(".")
    return names[1] if names[0] == "contracts" else names[-1]


class Message(BaseModel):
    """Immutable once built, and tolerant of fields a newer sender added."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Event(Message):
    """A fact. Named in the past tense, owned by the one service that publishes it.

    The class name gives the CloudEvents type: `CaseOpened` of `contracts.enforcement` is
    `cn.metrology.enforcement.case_opened.v1`; a later version is a new class, `CaseOpenedV2`.
    """

    type: ClassVar[str]

    occurred_at: Instant
    """When the fact came about in law: the sender's time, never the time of storing."""

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        name, version = _split(cls.__name__)
        cls.type = f"cn.metrology.{context_of(cls)}.{name}.v{version}"

    @property
    def key(self) -> str:
        """The Kafka key and CloudEvents subject: what the events of one thing share.

        Facts about no thing in particular share their type.
        """
        return self.type


class CaseEvent(Event):
    """A fact about one case; a case's facts on one topic keep their order."""

    case_id: UUID

    @property
    def key(self) -> str:
        return str(self.case_id)


class Request(Message, Generic[Reply]):
    """Something a workflow asks of one service, answered by exactly one activity."""

    activity: ClassVar[str]

    @classmethod
    def reply_type(cls) -> type[Reply]:
        """What this request is answered with: the `X` of `Request[X]`."""
        [reply] = cls.__base__.__pydantic_generic_metadata__["args"]  # type: ignore[union-attr]
        return cast(type[Reply], reply)
