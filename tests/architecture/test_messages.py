"""The contracts keep their own rules."""

import re
import typing
from decimal import Decimal
from typing import Any

import pytest

from contracts.catalogue import TOPICS
from contracts.messages import Event, Message, context_of
from contracts.topics import Topic
from deploy.schemas.sent import Sent, everything
from tests.architecture.house import SERVICES, events

SENT = everything()
SHARED = {"procedure"}
"""Contexts whose events go to the topic of whichever service owns the procedure."""


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_a_topic_is_a_context_and_a_version(topic: Topic) -> None:
    assert re.fullmatch(r"metrology\.[a-z_]+\.v\d+", topic.name)
    assert topic.key
    assert topic.writers


def test_topics_are_written_by_one_service_or_by_agencies_alone() -> None:
    assert len({topic.name for topic in TOPICS}) == len(TOPICS)
    assert all(len(topic.writers) == 1 for topic in TOPICS)


@pytest.mark.parametrize("event", events().values(), ids=lambda event: event.__name__)
def test_an_event_s_type_says_who_speaks_what_happened_and_which_version(
    event: type[Event],
) -> None:
    context = context_of(event)
    spoken = {topic.name.split(".")[1] for topic in TOPICS} | SHARED | set(SERVICES)

    assert re.fullmatch(rf"cn\.metrology\.{context}\.[a-z][a-z0-9_]*\.v\d+", event.type)
    assert context in spoken, f"{event.__name__} is of {context}, which no topic carries"
    assert not event.__name__.endswith("Event"), "an event is named by what happened"


@pytest.mark.parametrize("event", events().values(), ids=lambda event: event.__name__)
def test_an_event_has_a_key(event: type[Event]) -> None:
    assert event.key is not Event.key, f"{event.__name__} does not say what it is keyed by"


def test_every_type_of_event_is_one_class() -> None:
    types = [event.type for event in events().values()]

    assert len(set(types)) == len(types)


@pytest.mark.parametrize("sent", SENT, ids=lambda sent: sent.path)
def test_what_is_sent_says_what_it_means(sent: Sent) -> None:
    own = sent.model.__dict__.get("__doc__")

    assert own, f"{sent.model.__name__} has no docstring; it is published with the schema"


@pytest.mark.parametrize("sent", SENT, ids=lambda sent: sent.path)
def test_money_is_decimal_and_says_its_unit(sent: Sent) -> None:
    for name, field in sent.model.model_fields.items():
        is_money = any(part is Decimal for part in _parts(field.annotation))
        assert is_money == name.endswith("_yuan"), (
            f"{sent.model.__name__}.{name}: money is Decimal and its name ends in _yuan"
        )
        assert float not in _parts(field.annotation), f"{sent.model.__name__}.{name} is a float"


@pytest.mark.parametrize("sent", SENT, ids=lambda sent: sent.path)
def test_a_message_cannot_be_changed_and_bears_new_fields(sent: Sent) -> None:
    model: type[Message] = sent.model

    assert model.model_config.get("frozen") is True
    assert model.model_config.get("extra") == "ignore"


def _parts(annotation: Any) -> set[Any]:
    parts = typing.get_args(annotation)
    return {annotation}.union(*(_parts(part) for part in parts)) if parts else {annotation}
