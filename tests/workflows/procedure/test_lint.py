"""Lint refuses each way in which a table can contradict itself."""

from dataclasses import replace
from pathlib import Path

import pytest

from contracts.agencies import Role
from contracts.procedure import Payload
from tests.support.directories import directory
from tests.workflows.procedure.small_table import CLOCK, END, HEAD, SOUND, guarded
from workflows.lint import release, released
from workflows.procedure.fingerprints import NEWEST, SCHEMES, Released, changed, fingerprint, named
from workflows.procedure.guard import Guard
from workflows.procedure.lint import problems
from workflows.procedure.model import (
    Opens,
    Procedure,
    Step,
    Table,
    from_jurisdiction,
    stages,
    working_days,
)
from workflows.registry import PROCEDURES


def lint(table: Table, *parts: Table) -> str:
    return "\n".join(problems(Procedure("p", 1, owner="enforcement", main=table, parts=parts)))


def step(name: str, at: str, to: str | None = None, **more: object) -> Step:
    return replace(Step(name, HEAD, stages(at), to, zh="步骤", basis="x"), **more)  # type: ignore[arg-type]


def test_a_sound_table_is_left_alone() -> None:
    assert lint(SOUND) == ""


@pytest.mark.parametrize(
    ("table", "says"),
    [
        (replace(SOUND, steps=(END, step("lost", "nowhere"))), "lost can never be reached"),
        (replace(SOUND, steps=(END, step("more", "over"))), "more is open at an end"),
        (
            replace(SOUND, steps=(END, step("stray", "begun", "limbo"))),
            "nothing leaves the stage limbo",
        ),
        (replace(SOUND, ends=stages("over", "never")), "the end never is never reached"),
        (replace(SOUND, starts=()), "answer_5wd is never started"),
        (replace(SOUND, starts=()), "the stage begun waits without a clock"),
        (replace(SOUND, steps=(replace(END, meets=()),)), "answer_5wd is met by nothing"),
        (
            replace(SOUND, steps=(replace(END, meets=("answer_5wd", "other")),)),
            "names a clock that main_table has not: other",
        ),
        (replace(SOUND, clocks=(replace(CLOCK, ladder=()),)), "silent if missed"),
        (
            replace(SOUND, clocks=(replace(CLOCK, then="vanish"),)),
            "leads to vanish, which is no step",
        ),
        (
            replace(SOUND, clocks=(replace(CLOCK, then="end"),)),
            "leads to end, which the system does not take",
        ),
        (
            replace(SOUND, clocks=(replace(CLOCK, stops_for=frozenset({"rain"})),)),
            "stops for rain, which no step opens",
        ),
        (
            replace(SOUND, steps=(replace(END, keeps=("colour",)),)),
            "keeps colour, which Payload has not",
        ),
        (replace(SOUND, steps=(END, END)), "two steps are called end"),
        (replace(SOUND, clocks=(CLOCK, CLOCK)), "two clocks are called answer_5wd"),
        (replace(SOUND, steps=(replace(END, basis=""),)), "has no Chinese name or no basis"),
        (
            replace(SOUND, steps=(END, step("part", "begun", opens=Opens("task")))),
            "opens task, which is no part",
        ),
    ],
)
def test_each_contradiction_is_named(table: Table, says: str) -> None:
    assert says in lint(table)


def test_a_role_nobody_holds_is_named() -> None:
    where = directory()
    held = tuple(h for h in where.holders if h.role is not Role.HEAD)
    procedure = Procedure("p", 1, owner="enforcement", main=SOUND)

    found = problems(procedure, where.model_copy(update={"holders": held}))

    assert found == ["p v1: main_table.end: nobody in test holds head"]


def test_a_length_the_jurisdiction_does_not_give_is_named() -> None:
    clock = replace(CLOCK, length=from_jurisdiction("nothing"))
    procedure = Procedure("p", 1, owner="enforcement", main=replace(SOUND, clocks=(clock,)))

    assert "gives no nothing" in "\n".join(problems(procedure, directory()))


def test_every_procedure_there_is_passes() -> None:
    assert [x for p in PROCEDURES for x in problems(p)] == []
    assert list(changed(PROCEDURES, released())) == []


# ── released tables ──────────────────────────────────────────────────────────────────────────────


OLD = guarded()
"""A table as it was released, by each scheme."""


def pinned(scheme: str) -> Released:
    return {scheme: {"p.v1": fingerprint(OLD, scheme)}}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_released_table_may_not_change(scheme: str) -> None:
    longer = replace(CLOCK, length=working_days(6))
    new = replace(OLD, main=replace(SOUND, clocks=(longer,)))

    assert f"has changed ({scheme})" in "\n".join(changed([new], pinned(scheme)))
    assert "has changed" not in "\n".join(changed([OLD], pinned(scheme)))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_guard_s_words_are_part_of_the_table(scheme: str) -> None:
    def saying(zh: str) -> Procedure:
        guard = Guard(lambda _: True, zh, "no", "x")
        return replace(OLD, main=replace(SOUND, steps=(replace(END, needs=(guard,)),)))

    assert fingerprint(saying("甲"), scheme) != fingerprint(saying("乙"), scheme)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_payload_s_name_is_part_of_the_table(scheme: str) -> None:
    class Other(Payload):
        pass

    new = replace(OLD, main=replace(SOUND, steps=(replace(END, payload=Other),)))

    assert fingerprint(OLD, scheme) != fingerprint(new, scheme)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_released_table_may_not_vanish(scheme: str) -> None:
    assert "is gone" in "\n".join(changed([], pinned(scheme)))


def test_a_new_table_must_be_released_by_the_newest_scheme() -> None:
    assert list(changed([OLD], pinned(NEWEST))) == []
    for known in ({}, pinned("scheme_1")):
        assert "is not in released.toml" in "\n".join(changed([OLD], known))


def test_what_is_released_is_pinned_by_the_newest_scheme_and_the_rest_stays(
    tmp_path: Path,
) -> None:
    file, name = tmp_path / "released.toml", named(PROCEDURES[0])
    file.write_text(f'[scheme_1]\n"old.v1" = "1"\n[{NEWEST}]\n"{name}" = "2"\n', "utf-8")

    release(file)

    known = released(file)
    assert known["scheme_1"] == {"old.v1": "1"}
    assert known[NEWEST].keys() == {named(p) for p in PROCEDURES}
    assert known[NEWEST][name] == "2"
