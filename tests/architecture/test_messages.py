"""The contracts keep their own rules."""

import inspect
import re
import typing
from decimal import Decimal
from pathlib import Path
from typing import Any

from contracts.catalogue import TOPICS
from contracts.messages import Event, context_of
from deploy.schemas.sent import everything
from tests.architecture.house import SERVICES, at, events, nothing

SENT = everything()
SHARED = {"procedure"}
"""Contexts whose events go to the topic of whichever service owns the procedure."""


def test_a_topic_is_a_context_and_a_version() -> None:
    nothing(
        (
            topic.name
            for topic in TOPICS
            if not (re.fullmatch(r"metrology\.[a-z_]+\.v\d+", topic.name) and topic.key)
            or not topic.writers
        ),
        "name it metrology.<context>.v<N>, and say its key and its writers",
    )


def test_topics_are_written_by_one_service_or_by_agencies_alone() -> None:
    assert len({topic.name for topic in TOPICS}) == len(TOPICS)
    assert all(len(topic.writers) == 1 for topic in TOPICS)


def test_an_event_s_type_says_who_speaks_what_happened_and_which_version() -> None:
    of = {event: context_of(event) for event in events().values()}
    spoken = {topic.name.split(".")[1] for topic in TOPICS} | SHARED | set(SERVICES)

    nothing(
        (
            f"{_where(event)} {event.type}"
            for event, context in of.items()
            if not re.fullmatch(rf"cn\.metrology\.{context}\.[a-z][a-z0-9_]*\.v\d+", event.type)
        ),
        "its type is cn.metrology.<context>.<what_happened>.v<N>",
    )
    nothing(
        (_where(event) for event, context in of.items() if context not in spoken),
        "put it into a context that a topic carries",
    )
    nothing(
        (_where(event) for event in of if event.__name__.endswith("Event")),
        "name an event by what happened",
    )


def test_an_event_has_a_key() -> None:
    nothing(
        (_where(event) for event in events().values() if event.key is Event.key),
        "say what it is keyed by",
    )


def test_every_type_of_event_is_one_class() -> None:
    types = [event.type for event in events().values()]

    assert len(set(types)) == len(types)


def test_what_is_sent_says_what_it_means() -> None:
    nothing(
        (_where(sent.model) for sent in SENT if not sent.model.__dict__.get("__doc__")),
        "give it a docstring; it is published with the schema",
    )


def test_money_is_decimal_and_says_its_unit() -> None:
    parts = {
        (sent.model, name): _parts(field.annotation)
        for sent in SENT
        for name, field in sent.model.model_fields.items()
    }

    nothing(
        (
            f"{_where(model)}.{name}"
            for (model, name), found in parts.items()
            if any(part is Decimal for part in found) != name.endswith("_yuan")
        ),
        "money, and only money, is Decimal and has a name that ends in _yuan",
    )
    nothing(
        (f"{_where(model)}.{name}" for (model, name), found in parts.items() if float in found),
        "take Decimal or int: what is sent is exact",
    )


def test_a_message_cannot_be_changed_and_bears_new_fields() -> None:
    wanted = {"frozen": True, "extra": "ignore"}

    nothing(
        (
            _where(sent.model)
            for sent in SENT
            if not wanted.items() <= dict(sent.model.model_config).items()
        ),
        f"leave its model_config with {wanted}",
    )


def _where(model: type) -> str:
    """The line that the class is written on, and its name."""
    path = Path(inspect.getfile(model))
    return f"{at(path, inspect.getsourcelines(model)[1])} {model.__name__}"


def _parts(annotation: Any) -> set[Any]:
    parts = typing.get_args(annotation)
    return {annotation}.union(*(_parts(part) for part in parts)) if parts else {annotation}
