"""What only the kit or only the engine may do."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.house import ROOT, calls, modules, name_of, tree
from workflows import registry

KIT = ROOT / "services" / "kit"
ENGINE = ROOT / "workflows" / "workflow.py"
WALLED = sorted({procedure.owner for procedure in registry.PROCEDURES})
"""Services whose tables are under row-level security: all that keep records of procedures."""
OUTSIDE_KIT = [path for path in modules("services", "workflows") if not path.is_relative_to(KIT)]
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


def each(paths: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", paths, ids=name_of)


def imported(path: Path) -> set[str]:
    """Top-level packages a file imports."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


@each(OUTSIDE_KIT)
def test_every_subscription_goes_through_the_kit(path: Path) -> None:
    assert not {"faststream", "aiokafka"} & imported(path), (
        f"{name_of(path)} talks to Kafka itself: mark a function `hears`, emit in a transaction"
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


@each(OUTSIDE_KIT)
def test_only_the_kit_writes_its_own_tables(path: Path) -> None:
    own = r"(inbox|outbox|held|set_aside|held_action|procedure|step_log)"
    written = re.compile(rf"\b(INSERT INTO|UPDATE|DELETE FROM) {own}\b")

    if "migrations" not in path.parts:
        assert not written.search(path.read_text("utf-8")), (
            f"{name_of(path)} writes a table of the kit: use services.kit"
        )


@pytest.mark.parametrize("unit", WALLED)
def test_a_service_that_owns_a_procedure_is_walled_and_asks_its_own_walls(unit: str) -> None:
    revisions = (ROOT / "services" / unit / "migrations" / "versions").glob("*.py")

    assert any("kit_walls_v1(" in revision.read_text("utf-8") for revision in revisions)
    asked = (ROOT / "tests" / "services" / unit).glob("*.py")
    assert any("relforcerowsecurity" in test.read_text("utf-8") for test in asked), (
        f"no test of {unit} looks whether each of its tables has a wall"
    )


@each([path for unit in WALLED for path in modules(f"services/{unit}/api")])
def test_a_route_says_for_whom_it_sees(path: Path) -> None:
    """Behind row-level security a session without a sight sees nothing, and nobody wonders why."""
    for name, call in calls(path):
        says = {keyword.arg for keyword in call.keywords}
        assert not re.search(r"record(\(request\))?$", name) or call.args, (
            f"{name_of(path)}:{call.lineno} opens a session: use `seeing(record, seen)`"
        )
        assert name != "transaction" or "sight" in says, (
            f"{name_of(path)}:{call.lineno} opens a transaction without `sight`"
        )


@each([path for path in modules("services", "workflows") if path.name != "web.py"])
def test_every_route_is_in_the_open(path: Path) -> None:
    """The matrices of who is shown what list routes as the application's own document does."""
    assert "include_in_schema" not in path.read_text("utf-8"), name_of(path)


@each(modules("workflows"))
def test_only_the_engine_s_wrapper_calls_activities_and_each_call_has_a_timeout(
    path: Path,
) -> None:
    for name, call in calls(path):
        command = name.rpartition(".")[2]
        if not re.fullmatch(r"(start|execute)_(local_)?activity(_method)?", command):
            continue
        assert path == ENGINE, f"{name_of(path)}:{call.lineno} calls an activity: the engine does"
        timeouts = {"start_to_close_timeout", "schedule_to_close_timeout"}
        assert timeouts & {keyword.arg for keyword in call.keywords}, (
            f"{name_of(path)}:{call.lineno} calls {command} without a timeout"
        )


def test_the_engine_s_commands_are_the_recorded_ones() -> None:
    """A running procedure replays its history against today's code: commands may not drift."""
    assert commands() == RECORDED.read_text("utf-8"), (
        "the commands of the engine's workflow changed, in kind or in order. Gate the change with "
        '`workflow.patched("…")` if a procedure has run with the old code, then run '
        "`make workflow-commands`"
    )


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
