"""The contracts are as frozen, and every way of breaking them is told by name."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from pydantic import create_model

from contracts.enforcement import CaseFiled, DecidePenalty
from contracts.messages import Message
from deploy.schemas.gate import ROOT, freeze, problems
from deploy.schemas.sent import Sent, everything
from tests.support.examples import EXAMPLES
from tests.support.examples.__main__ import keep

FILED = Sent.of(CaseFiled)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """One frozen type with its example, apart from the committed ones."""
    for path in (f"{FILED.path}.json", f"examples/{FILED.path}/001.json"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, tmp_path / path)
    return tmp_path


def changed(base: type[Message] = CaseFiled, /, **fields: Any) -> Sent:
    """The type as somebody changed it."""
    return Sent.of(create_model(base.__name__, __base__=base, __module__=base.__module__, **fields))


def without(field: str) -> Sent:
    """The type as somebody wrote it again, a field short."""
    kept = {
        name: (info.annotation, info)
        for name, info in CaseFiled.model_fields.items()
        if name != field
    }
    model = create_model("CaseFiled", __base__=Message, __module__=CaseFiled.__module__, **kept)  # type: ignore[call-overload]
    return Sent.of(model)


def test_the_committed_schemas_and_examples_are_today_s() -> None:
    assert problems(everything()) == []


def test_every_example_builder_s_message_has_been_kept() -> None:
    built = {Sent.of(type(message)).path for message in EXAMPLES}

    assert built == {sent.path for sent in everything()}


def test_an_unchanged_type_passes(root: Path) -> None:
    assert problems([FILED], root) == []


def test_an_added_optional_field_is_growth_to_be_frozen_again(root: Path) -> None:
    grown = changed(remark=(str | None, None))

    [problem] = problems([grown], root)
    assert "case_filed.v1.json is behind CaseFiled (properties.remark is new)" in problem
    assert "make schemas" in problem

    assert freeze([grown], root).written == ["contracts/schemas/enforcement/case_filed.v1.json"]
    [problem] = problems([grown], root)
    assert "no example shows remark" in problem

    message = grown.model.model_validate(
        json.loads((root / f"examples/{FILED.path}/001.json").read_text("utf-8"))
    )
    [example] = keep([message], root)
    assert example.name == "002.json"
    assert problems([grown], root) == []


@pytest.mark.parametrize(
    ("sent", "change"),
    [
        (changed(number=(int, ...)), "properties.number.type"),
        (changed(number=(str | None, None)), "required: 'number' is gone"),
        (changed(officer=(str, ...)), "required: 'officer' is new"),
        (without("number"), "properties.number is gone"),
    ],
    ids=["another type", "no longer promised", "newly demanded", "taken away"],
)
def test_a_breaking_change_asks_for_a_second_version(root: Path, sent: Sent, change: str) -> None:
    problem = problems([sent], root)[0]

    assert problem.startswith("contracts/schemas/enforcement/case_filed.v1.json: ")
    assert change in problem
    assert "add CaseFiledV2" in problem


def test_a_breaking_change_is_not_frozen(root: Path) -> None:
    before = (root / f"{FILED.path}.json").read_text("utf-8")

    done = freeze([without("number")], root)

    assert done.written == []
    assert "add CaseFiledV2" in done.refused[0]
    assert (root / f"{FILED.path}.json").read_text("utf-8") == before


def test_a_payload_may_not_demand_more_of_those_who_send_it(tmp_path: Path) -> None:
    freeze([Sent.of(DecidePenalty)], tmp_path)

    problem = problems([changed(DecidePenalty, witness=(str, ...))], tmp_path)[0]

    assert "what was written in the frozen form could not all be read any more" in problem


def test_a_new_type_needs_a_schema_and_an_example(tmp_path: Path) -> None:
    [problem] = problems([FILED], tmp_path)
    assert "case_filed.v1.json is missing" in problem

    freeze([FILED], tmp_path)
    [problem] = problems([FILED], tmp_path)
    assert "examples/enforcement/case_filed.v1/001.json is missing" in problem


def test_a_second_version_stands_beside_the_first(root: Path) -> None:
    second = Sent.of(
        create_model("CaseFiledV2", __base__=CaseFiled, __module__=CaseFiled.__module__)
    )

    problem, *others = problems([FILED, second], root)

    assert "enforcement/case_filed.v2.json is missing" in problem
    assert others == []


def test_nothing_that_was_sent_is_removed(root: Path) -> None:
    schema, example = problems([], root)

    assert "case_filed.v1.json has no type any more" in schema
    assert "examples/enforcement/case_filed.v1 has no type any more" in example


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        ({"number": 12}, "breaks its frozen schema at $.number"),
        ({"occurred_at": "2026-03-09T15:00:00"}, "CaseFiled does not read it any more"),
        ({"sealed": True}, "does not give it back whole: $.sealed"),
    ],
    ids=["another form", "naive time", "field forgotten"],
)
def test_every_example_is_still_read_whole(root: Path, edit: dict[str, Any], says: str) -> None:
    example = root / f"examples/{FILED.path}/001.json"
    example.write_text(json.dumps({**json.loads(example.read_text("utf-8")), **edit}), "utf-8")

    [problem] = problems([FILED], root)

    assert "001.json" in problem
    assert says in problem


def test_an_enumeration_does_not_grow_in_place(tmp_path: Path) -> None:
    """Codes that will grow are strings checked by rules; an enumeration is a promise."""
    [decided] = [sent for sent in everything() if sent.name == "no_penalty_decided"]
    freeze([decided], tmp_path)

    file = tmp_path / f"{decided.path}.json"
    file.write_text(file.read_text("utf-8").replace(',\n    "not_proved"', ""), "utf-8")

    assert "'not_proved' is new" in problems([decided], tmp_path)[0]
