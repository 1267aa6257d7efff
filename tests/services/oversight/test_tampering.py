"""Whoever gets past every lock of the database is found out, and told where."""

from services.oversight.checkpointing import Checkpoints
from services.oversight.rules.findings import LogFinding, LogFindingCode
from services.oversight.verifying import verify
from tests.services.oversight.conftest import Log
from tests.services.oversight.events import closed, filed, step_taken, submitted, told
from tests.services.oversight.logs import CASE, KEY, KEYS


async def filled(log: Log) -> Log:
    """Nine entries, with checkpoints over four and over all of them."""
    await log.take(submitted(), told(filed()), told(step_taken(1)), told(step_taken(2)))
    await Checkpoints(log.worker, KEY).one()
    await log.take(told(step_taken(1, procedure="fast_response"), "coordination"))
    await log.take(told(step_taken(3)), submitted(), told(step_taken(4)), told(closed()))
    await Checkpoints(log.worker, KEY).one()
    return log


async def found(log: Log, code: LogFindingCode) -> LogFinding:
    """The one thing found, and that it is this."""
    verdict = await log.verdict()
    assert not verdict.holds
    assert verdict.findings[0].code == code
    return verdict.findings[0]


async def test_an_untouched_log_holds_and_says_what_was_checked(audit_log: Log) -> None:
    verdict = await (await filled(audit_log)).verdict()

    assert verdict.holds
    assert (verdict.entries, verdict.erased) == (9, 0)
    assert (verdict.checkpoints, verdict.covered) == (2, 9)
    assert (verdict.procedures, verdict.steps) == (2, 5)


async def test_an_empty_log_holds(audit_log: Log) -> None:
    verdict = await audit_log.verdict()

    assert verdict.holds
    assert (verdict.entries, verdict.checkpoints) == (0, 0)
    assert await Checkpoints(audit_log.worker, KEY).one() is None


async def test_one_changed_byte_is_found_in_its_entry(audit_log: Log) -> None:
    log = await filled(audit_log)
    await log.tamper(
        "UPDATE entry SET record = set_byte(record, length(record) - 3, 65) WHERE index = 5"
    )

    finding = await found(log, "record_changed")

    assert finding.index == 5
    assert finding.event
    assert len(finding.expected) == len(finding.found) == 64


async def test_a_deleted_entry_is_found_missing(audit_log: Log) -> None:
    log = await filled(audit_log)
    await log.tamper("DELETE FROM entry WHERE index = 6")

    finding = await found(log, "entry_missing")

    assert (finding.index, finding.found) == (6, "entry 7")


async def test_entries_deleted_at_the_end_are_missed_by_the_checkpoint(audit_log: Log) -> None:
    log = await filled(audit_log)
    await log.tamper("DELETE FROM entry WHERE index >= 7")

    finding = await found(log, "checkpoint_beyond_the_log")

    assert (finding.index, finding.expected, finding.found) == (7, "9 entries", "7 entries")


async def test_two_swapped_entries_are_found_at_the_first(audit_log: Log) -> None:
    log = await filled(audit_log)
    await log.tamper(
        "UPDATE entry SET index = 100 WHERE index = 2",
        "UPDATE entry SET index = 2 WHERE index = 6",
        "UPDATE entry SET index = 6 WHERE index = 100",
    )

    finding = await found(log, "record_moved")

    assert (finding.index, finding.expected, finding.found) == (2, "entry 2", "entry 6")


async def test_a_step_that_never_came_leaves_a_gap(audit_log: Log) -> None:
    await audit_log.take(told(step_taken(1)), told(step_taken(2)), told(step_taken(4)))

    finding = await found(audit_log, "step_out_of_sequence")

    assert (finding.index, finding.what) == (2, f"enforcement_case/{CASE}")
    assert (finding.expected, finding.found) == ("step 3", "step 4")


async def test_a_step_told_twice_under_two_ids_is_a_double(audit_log: Log) -> None:
    await audit_log.take(told(step_taken(1)), told(step_taken(2)), told(step_taken(2)))

    finding = await found(audit_log, "step_out_of_sequence")

    assert (finding.index, finding.expected, finding.found) == (2, "step 3", "step 2")


async def test_a_procedure_that_starts_in_the_middle_has_a_gap(audit_log: Log) -> None:
    await audit_log.take(told(step_taken(1)), told(step_taken(2, procedure="fast_response")))

    finding = await found(audit_log, "step_out_of_sequence")

    assert (finding.index, finding.expected) == (1, "step 1")


async def test_a_hidden_step_is_found_by_its_record_and_by_the_gap(audit_log: Log) -> None:
    log = await filled(audit_log)
    await log.tamper("UPDATE entry SET procedure = NULL, seq = NULL WHERE index = 3")

    verdict = await log.verdict()

    assert [f.code for f in verdict.findings] == ["column_changed", "step_out_of_sequence"]
    assert (verdict.findings[0].index, verdict.findings[0].what) == (3, "procedure")


async def test_a_changed_checkpoint_is_found(audit_log: Log) -> None:
    log = await filled(audit_log)
    await log.tamper("UPDATE checkpoint SET at = at + interval '1 day' WHERE size = 4")
    signature = await found(log, "checkpoint_signature")
    await log.tamper("UPDATE checkpoint SET root = repeat('0', 64) WHERE size = 4")
    root = await found(log, "checkpoint_root")

    assert (signature.index, signature.what) == (3, "4")
    assert (root.index, root.what, root.expected) == (3, "4", "0" * 64)


async def test_a_log_cut_back_with_its_checkpoints_differs_from_one_kept_elsewhere(
    audit_log: Log,
) -> None:
    await audit_log.take(told(filed()), told(step_taken(1)))
    kept = await Checkpoints(audit_log.worker, KEY).one()
    assert kept is not None
    await audit_log.tamper("DELETE FROM checkpoint", "DELETE FROM entry WHERE index = 1")

    alone = await verify(audit_log.app, KEYS)
    against = await verify(audit_log.app, KEYS, against=[kept])

    assert alone.holds  # nothing inside the database can tell
    assert [f.code for f in against.findings] == ["checkpoint_beyond_the_log"]


async def test_a_record_emptied_in_silence_is_found(audit_log: Log) -> None:
    log = await filled(audit_log)
    await log.tamper("UPDATE entry SET salt = NULL, record = NULL, subject = '' WHERE index = 4")

    finding = await found(log, "erasure_not_on_record")

    assert finding.index == 4
