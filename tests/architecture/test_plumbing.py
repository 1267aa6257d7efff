"""What only the kit or only the engine may do."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.house import ROOT, at, calls, imported, lines, modules, nothing
from workflows import registry

KIT = ROOT / "services" / "kit"
ENGINE = ROOT / "workflows" / "workflow.py"
WALLED = sorted({procedure.owner for procedure in registry.PROCEDURES})
"""Services whose tables are under row-level security: all that keep records of procedures."""
OUTSIDE_KIT = [path for path in modules("services", "workflows") if not path.is_relative_to(KIT)]
WRITTEN = re.compile(
    r"\b(INSERT INTO|UPDATE|DELETE FROM)"
    r" (inbox|outbox|held|set_aside|held_action|procedure|step_log)\b"
)
RECORDED = ENGINE.with_suffix(".commands")
COMMANDS = {
    "continue_as_new",
    "deprecate_patch",
    "execute_activity",
    "execute_child_workflow",
    "execute_local_activity",
    "patched",
    "sleep",
    "start_activity",
    "start_child_workflow",
    "wait_condition",
}


def test_every_subscription_goes_through_the_kit() -> None:
    nothing(
        (
            f"{at(path, line)} imports {package}"
            for path in OUTSIDE_KIT
            for package, line in imported(path).items()
            if package in {"faststream", "aiokafka"}
        ),
        "leave Kafka to the kit: mark a function `hears`, emit in a transaction",
    )


def test_a_subscription_acknowledges_by_hand_and_parses_by_our_own_parser() -> None:
    [call] = [
        call
        for path in modules("services/kit")
        for name, call in calls(path)
        if name.endswith(".subscriber")
    ]
    said = {keyword.arg: ast.unparse(keyword.value) for keyword in call.keywords}

    assert said["ack_policy"] == "AckPolicy.MANUAL"
    assert {"group_id", "parser", "decoder"} <= said.keys()
    assert said["auto_offset_reset"] == "'earliest'"


def test_only_the_kit_writes_its_own_tables() -> None:
    code = [path for path in OUTSIDE_KIT if "migrations" not in path.parts]

    nothing(lines(code, WRITTEN), "use services.kit, which alone writes its tables")


@pytest.mark.parametrize("unit", WALLED)
def test_a_service_that_owns_a_procedure_is_walled_and_asks_its_own_walls(unit: str) -> None:
    revisions = (ROOT / "services" / unit / "migrations" / "versions").glob("*.py")

    assert any("kit_walls_v1(" in revision.read_text("utf-8") for revision in revisions)
    asked = (ROOT / "tests" / "services" / unit).glob("*.py")
    assert any("relforcerowsecurity" in test.read_text("utf-8") for test in asked), (
        f"no test of {unit} looks whether each of its tables has a wall"
    )


def test_a_route_says_for_whom_it_sees() -> None:
    """Behind row-level security a session without a sight sees nothing, and nobody wonders why."""
    called = [
        (path, name, call)
        for unit in WALLED
        for path in modules(f"services/{unit}/api")
        for name, call in calls(path)
    ]
    sessions = [
        f"{at(path, call)} {name}: open it with `seeing(record, visible)`"
        for path, name, call in called
        if re.search(r"record(\(request\))?$", name) and not call.args
    ]
    transactions = [
        f"{at(path, call)} {name}: open it with `visible=…`"
        for path, name, call in called
        if name == "transaction" and "visible" not in _keywords(call)
    ]

    nothing([*sessions, *transactions], "say for whom it sees")


def test_every_route_is_in_the_open() -> None:
    """The matrices of who is shown what list routes as the application's own document does."""
    routes = [path for path in modules("services", "workflows") if path.name != "web.py"]

    nothing(lines(routes, "include_in_schema"), "let every route be in the document")


def test_only_the_engine_s_wrapper_calls_activities() -> None:
    nothing(
        (f"{at(path, call)} calls {name}" for path, name, call in _activities() if path != ENGINE),
        "take a step: only the engine calls activities",
    )


def test_each_call_of_an_activity_has_a_timeout() -> None:
    timeouts = {"start_to_close_timeout", "schedule_to_close_timeout"}

    assert _activities()
    nothing(
        (
            f"{at(path, call)} calls {name}"
            for path, name, call in _activities()
            if not timeouts & _keywords(call)
        ),
        f"say one of {sorted(timeouts)}",
    )


def _activities() -> list[tuple[Path, str, ast.Call]]:
    return [
        (path, name, call)
        for path in modules("workflows")
        for name, call in calls(path)
        if re.fullmatch(r"(start|execute)_(local_)?activity(_method)?", name.rpartition(".")[2])
    ]


def test_the_engine_s_commands_are_the_recorded_ones() -> None:
    """A running procedure replays its history against today's code: commands may not drift."""
    assert commands() == RECORDED.read_text("utf-8"), (
        "the commands of the engine's workflow changed, in kind or in order. Gate the change with "
        '`workflow.patched("…")` if a procedure has run with the old code, then run '
        "`make workflow-commands`"
    )


def _keywords(call: ast.Call) -> set[str | None]:
    return {keyword.arg for keyword in call.keywords}


def commands() -> str:
    """The workflow's commands in the order of the source, one line each."""
    found = [
        (call.lineno, call.col_offset, name.rpartition(".")[2], call)
        for name, call in calls(ENGINE)
        if name.rpartition(".")[2] in COMMANDS
    ]
    lines = [
        f"{name}({', '.join(ast.unparse(argument) for argument in call.args)})"
        for _, _, name, call in sorted(found, key=lambda one: one[:2])
    ]
    return "".join(f"{line}\n" for line in lines)


if __name__ == "__main__":
    RECORDED.write_text(commands(), "utf-8")
