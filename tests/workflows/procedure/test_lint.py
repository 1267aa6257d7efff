"""Lint refuses each way in which a table can contradict itself."""

from dataclasses import replace

import pytest

from contracts.agencies import Role
from contracts.procedure import Payload
from tests.support.directories import directory
from workflows.lint import released
from workflows.procedure.guard import Guard
from workflows.procedure.lint import changed, fingerprint, problems
from workflows.procedure.model import (
    SUPERIORS,
    By,
    Clock,
    Opens,
    Procedure,
    Step,
    Table,
    from_jurisdiction,
    stages,
    working_days,
)
from workflows.registry import PROCEDURES

HEAD = By(Role.HEAD)
CLOCK = Clock("answer_5wd", working_days(5), "an article", ladder=SUPERIORS)
END = Step("end", HEAD, stages("begun"), "over", zh="结束", basis="x", meets=("answer_5wd",))
SOUND = Table(
    "main_table",
    first="begun",
    ends=stages("over"),
    steps=(END,),
    clocks=(CLOCK,),
    starts=("answer_5wd",),
)


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


def _guarded(says: str, limit: int) -> Procedure:
    guard = Guard(lambda a: len(a.state.lines) > limit, says, says, "x")
    main = replace(SOUND, steps=(replace(END, needs=(guard,)),))
    return Procedure("p", 1, owner="enforcement", main=main)


def test_a_released_table_may_not_change() -> None:
    old = Procedure("p", 1, owner="enforcement", main=SOUND)
    known = {"p.v1": fingerprint(old)}

    longer = replace(CLOCK, length=working_days(6))
    new = replace(old, main=replace(SOUND, clocks=(longer,)))

    assert "has changed" in "\n".join(changed([new], known))
    assert list(changed([old], known)) == []


def test_a_guard_s_words_and_code_are_part_of_the_table() -> None:
    assert fingerprint(_guarded("a", 1)) != fingerprint(_guarded("b", 1))


def test_a_released_table_may_not_vanish_and_a_new_one_must_be_released() -> None:
    old = Procedure("p", 1, owner="enforcement", main=SOUND)

    assert "is gone" in "\n".join(changed([], {"p.v1": fingerprint(old)}))
    assert "is not in released.toml" in "\n".join(changed([old], {}))


def test_a_payload_s_name_is_part_of_the_table() -> None:
    class Other(Payload):
        pass

    old = Procedure("p", 1, owner="enforcement", main=SOUND)
    new = replace(old, main=replace(SOUND, steps=(replace(END, payload=Other),)))

    assert fingerprint(old) != fingerprint(new)
