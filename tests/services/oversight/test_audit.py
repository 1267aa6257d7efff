"""What the audit finds in a changed log, and that it finds nothing in an untouched one."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.signing import SigningKey

from contracts.topics import INTAKE
from services.oversight.rules.audit import out_of_sequence
from services.oversight.rules.checkpoints import CheckpointKey
from services.oversight.rules.record import LogRecord, columns, read
from services.oversight.rules.stored import Stored
from services.oversight.rules.tree import leaf_hash
from tests.services.oversight.logs import (
    CASE,
    NOW,
    checkpoint,
    erased,
    first_wrong,
    log,
    noted,
    record,
    step,
)

LOG = log([noted(0), step(1), step(2), noted(3), step(3), noted(5), noted(6), step(4), noted(8)])
SALT = b"\x01" * 32


def with_record(entry: Stored, raw: bytes) -> Stored:
    return replace(entry, record=raw)


def rehashed(entry: Stored, raw: bytes) -> Stored:
    """As a forger who knows the leaf hash would write it."""
    assert entry.salt is not None
    spine = leaf_hash(entry.salt, raw) + entry.spine[32:]
    return Stored(columns(read(raw)), spine, entry.salt, raw)


def forged(at: int) -> list[Stored]:
    """The whole log written again from one changed entry on, trees and all."""
    said = [noted(0), step(1), step(2), noted(3), step(3), noted(5), noted(6), step(4), noted(8)]
    return log([*said[:at], noted(99), *said[at + 1 :]])


def test_nothing_is_wrong_with_an_untouched_log() -> None:
    assert first_wrong(LOG, [checkpoint(LOG, size) for size in (1, 4, 9)]) is None
    assert first_wrong([]) is None


@given(st.integers(0, 8), st.data())
def test_one_changed_byte_of_a_record_is_found_at_its_entry(at: int, data: st.DataObject) -> None:
    raw = LOG[at].record
    assert raw is not None
    byte = data.draw(st.integers(0, len(raw) - 1))
    changed = raw[:byte] + bytes([raw[byte] ^ data.draw(st.integers(1, 255))]) + raw[byte + 1 :]

    finding = first_wrong([*LOG[:at], with_record(LOG[at], changed), *LOG[at + 1 :]])

    assert finding is not None
    assert finding.index == at
    assert finding.code in {"record_changed", "record_moved"}


def test_a_changed_byte_names_the_event_and_both_hashes() -> None:
    raw = LOG[3].record or b""
    forgery = raw.replace(b'"number": 3', b'"number": 4')

    finding = first_wrong([*LOG[:3], with_record(LOG[3], forgery), *LOG[4:]])

    assert finding is not None
    assert (finding.code, finding.index, finding.event) == ("record_changed", 3, "event-3")
    assert finding.expected == LOG[3].leaf.hex()
    assert finding.found == leaf_hash(LOG[3].salt or b"", forgery).hex()
    assert finding.says == "the bytes of entry 3 do not give its leaf hash"
    assert finding.says_zh == "第 3 条的内容与其叶子散列不符"


@pytest.mark.parametrize("at", range(8))
def test_a_deleted_entry_is_named(at: int) -> None:
    finding = first_wrong(LOG[:at] + LOG[at + 1 :])

    assert finding is not None
    assert (finding.code, finding.index) == ("entry_missing", at)
    assert finding.found == f"entry {at + 1}"


def test_entries_missing_at_the_end_are_found_by_the_checkpoint_that_covers_them() -> None:
    finding = first_wrong(LOG[:7], [checkpoint(LOG, 9)])

    assert finding is not None
    assert (finding.code, finding.index, finding.found) == (
        "checkpoint_beyond_the_log",
        7,
        "7 entries",
    )


@given(st.permutations(range(9)).filter(lambda order: order != list(range(9))))
def test_records_in_another_order_are_found_at_the_first_that_moved(order: list[int]) -> None:
    moved = [
        replace(LOG[at], record=LOG[to].record, salt=LOG[to].salt) for at, to in enumerate(order)
    ]
    first = next(at for at, to in enumerate(order) if at != to)

    finding = first_wrong(moved)

    assert finding is not None
    assert (finding.code, finding.index) == ("record_moved", first)
    assert finding.found == f"entry {order[first]}"


def test_a_record_changed_together_with_its_leaf_hash_breaks_the_subtree_above_it() -> None:
    forgery = bytes(record(2, noted(99)))

    finding = first_wrong([*LOG[:2], rehashed(LOG[2], forgery), *LOG[3:]])

    assert finding is not None
    assert (finding.code, finding.index, finding.what) == ("subtree_changed", 3, "entries 2-3")
    assert finding.expected != finding.found


def test_a_changed_interior_hash_is_found_in_its_row() -> None:
    spine = LOG[3].spine[:64] + bytes(32)

    finding = first_wrong([*LOG[:3], replace(LOG[3], spine=spine), *LOG[4:]])

    assert finding is not None
    assert (finding.code, finding.index, finding.what) == ("subtree_changed", 3, "entries 0-3")
    assert finding.expected == "00" * 32


@pytest.mark.parametrize("at", range(9))
def test_a_log_written_again_whole_differs_from_what_was_signed(at: int) -> None:
    honest = checkpoint(LOG, 9)

    assert first_wrong(forged(at)) is None  # nothing but a signature can tell
    finding = first_wrong(forged(at), [honest])

    assert finding is not None
    assert (finding.code, finding.what) == ("checkpoint_root", "9")
    assert finding.expected == honest.root


def test_a_rewritten_checkpoint_is_not_signed_by_the_log() -> None:
    other = CheckpointKey("log-1", SigningKey(bytes(32)))

    by_other = first_wrong(LOG, [checkpoint(LOG, 4, other)])
    by_unknown = first_wrong(LOG, [checkpoint(LOG, 4, CheckpointKey("log-2", other.private))])
    later = checkpoint(LOG, 4).model_copy(update={"at": NOW.replace(year=2027)})
    broken = checkpoint(LOG, 4).model_copy(update={"signature": "ü"})

    for finding in (by_other, by_unknown, first_wrong(LOG, [later]), first_wrong(LOG, [broken])):
        assert finding is not None
        assert (finding.code, finding.index, finding.what) == ("checkpoint_signature", 3, "4")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("topic", "metrology.intake.v1"),
        ("type", "cn.metrology.enforcement.case_closed.v1"),
        ("source", "/services/coordination"),
        ("event_id", "another"),
        ("subject", "another"),
        ("case_id", UUID(int=8)),
        ("procedure", f"fast_response/{CASE}"),
        ("seq", 7),
        ("recorded_at", NOW.replace(hour=3)),
    ],
)
def test_a_changed_column_is_found_although_the_record_is_untouched(
    column: str, value: Any
) -> None:
    entry = LOG[2]
    lying = replace(entry, columns=replace(entry.columns, **{column: value}))

    finding = first_wrong([*LOG[:2], lying, *LOG[3:]])

    assert finding is not None
    assert (finding.code, finding.index, finding.what) == ("column_changed", 2, column)
    assert finding.found == str(value)


def test_an_erased_entry_leaves_the_tree_whole_and_is_vouched_for_by_its_erasure() -> None:
    emptied, fact = erased(LOG[2])
    left = [*LOG[:2], emptied, *LOG[3:]]

    assert first_wrong(left, [checkpoint(LOG, 9)], [fact]) is None


def test_an_entry_emptied_in_silence_is_found() -> None:
    emptied, fact = erased(LOG[2])
    left = [*LOG[:2], emptied, *LOG[3:]]

    unrecorded = first_wrong(left)
    renumbered = replace(emptied, columns=replace(emptied.columns, seq=9))
    other_step = first_wrong([*LOG[:2], renumbered, *LOG[3:]], erasures=[fact])
    other_leaf = first_wrong(left, erasures=[fact.model_copy(update={"leaf": "00" * 32})])

    assert unrecorded is not None
    assert (unrecorded.code, unrecorded.index) == ("erasure_not_on_record", 2)
    assert other_step is not None
    assert (other_step.code, other_step.what, other_step.found) == ("erasure_differs", "seq", "9")
    assert other_leaf is not None
    assert (other_leaf.code, other_leaf.what) == ("erasure_differs", "leaf")


@pytest.mark.parametrize(
    ("name", "value"), [("seq", 3), ("procedure", "fast_response"), ("case_id", str(UUID(int=8)))]
)
def test_a_step_whose_state_is_of_another_step_is_found(name: str, value: Any) -> None:
    type_, content = step(2)
    lying = {**content, "state": {**content["state"], name: value}}

    finding = first_wrong(log([step(1), (type_, lying)]))

    assert finding is not None
    assert (finding.code, finding.index, finding.what) == ("step_state_differs", 1, name)
    assert (finding.expected, finding.found) == (str(content[name]), str(value))


def test_a_step_that_cannot_be_read_is_kept_and_reported() -> None:
    type_, _ = step(1)

    finding = first_wrong(log([(type_, {"seq": "one"})]))

    assert finding is not None
    assert (finding.code, finding.index) == ("step_unreadable", 0)


def test_a_gap_says_which_step_was_due() -> None:
    finding = out_of_sequence("enforcement_case/7", index=12, event="e", after=3, seq=5)

    assert (finding.expected, finding.found) == ("step 4", "step 5")
    assert "enforcement_case/7" in finding.says
    assert "enforcement_case/7" in finding.says_zh


@given(st.binary(max_size=200), st.text(max_size=20))
def test_a_record_gives_back_the_event_byte_for_byte(data: bytes, subject: str) -> None:
    said = LogRecord(4, "t", NOW, {"id": "1", "subject": subject}, data)

    assert read(bytes(said)) == said


def test_a_senders_number_that_looks_like_a_case_is_none() -> None:
    submission = replace(record(0, noted(0)), topic=INTAKE.name)

    assert columns(record(0, noted(0))).case_id == CASE
    assert columns(submission).case_id is None


@pytest.mark.parametrize("raw", [b"", b"{}", b"[]\n", b'{"index":1}', b"\xff\n{}"])
def test_bytes_that_are_no_record_are_refused(raw: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read(raw)
