"""What the audit log says of itself."""

from contracts.messages import Message
from contracts.oversight import Checkpoint, EntryErased
from tests.support.examples.moments import CASE, HASH, at

EXAMPLES: tuple[Message, ...] = (
    Checkpoint(
        size=1024,
        root=HASH,
        at=at("2026-03-02 23:59"),
        kid="oversight-2026",
        signature="Zm9yIHNpemUsIHJvb3QgYW5kIGF0IG9mIHRoZSBhdWRpdCBsb2cgb2YgU3RlZWx5YXJk",
    ),
    EntryErased(
        occurred_at=at("2026-04-01 09:00"),
        index=17,
        leaf=HASH,
        by="samr.operator",
        why="依个人信息保护法第四十七条删除",
        topic="metrology.intake.v1",
        recorded_at=at("2026-03-02 09:16"),
        event_type="cn.metrology.intake.report_submitted.v1",
        event_source="/agencies/gaoyao-samr",
        event_id="3f6c0b1e-77aa-4a0f-9c0e-1d2e3f4a5b6c",
        case_id=CASE,
        procedure=None,
        seq=None,
    ),
)
