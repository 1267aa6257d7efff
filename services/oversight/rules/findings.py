"""What an audit can find wrong, in words: where exactly, what was expected, what is there."""

from typing import Literal

from pydantic import computed_field

from contracts.messages import Message

LogFindingCode = Literal[
    "entry_missing",
    "record_moved",
    "record_changed",
    "column_changed",
    "subtree_changed",
    "erasure_not_on_record",
    "erasure_differs",
    "checkpoint_root",
    "checkpoint_signature",
    "checkpoint_beyond_the_log",
    "step_unreadable",
    "step_state_differs",
    "step_out_of_sequence",
]

_SAYS: dict[LogFindingCode, tuple[str, str]] = {
    "entry_missing": ("第 {index} 条缺失", "entry {index} is missing"),
    "record_moved": (
        "第 {index} 条存放的是别处的记录",
        "entry {index} holds the record of another place",
    ),
    "record_changed": (
        "第 {index} 条的内容与其叶子散列不符",
        "the bytes of entry {index} do not give its leaf hash",
    ),
    "column_changed": (
        "第 {index} 条的检索列 {what} 与其内容不符",
        "column {what} of entry {index} differs from its record",
    ),
    "subtree_changed": (
        "第 {index} 条所存的子树散列（{what}）与叶子不符",
        "the root of {what} stored at entry {index} differs from what the entries give",
    ),
    "erasure_not_on_record": (
        "第 {index} 条内容已被清除，却没有清除记录",
        "entry {index} was emptied, and no erasure of it is on record",
    ),
    "erasure_differs": (
        "第 {index} 条已清除，但 {what} 与清除记录不符",
        "entry {index} was erased, but its {what} differs from the record of the erasure",
    ),
    "checkpoint_root": (
        "覆盖前 {what} 条的检查点根散列与日志不符",
        "the checkpoint over the first {what} entries states another root than the log gives",
    ),
    "checkpoint_signature": (
        "覆盖前 {what} 条的检查点签名无效",
        "the checkpoint over the first {what} entries is not signed by a known key",
    ),
    "checkpoint_beyond_the_log": (
        "检查点覆盖 {what} 条，日志却没有这么多：末尾条目缺失",
        "a checkpoint covers {what} entries, more than the log has: entries at its end are missing",
    ),
    "step_unreadable": (
        "第 {index} 条是程序步骤，但内容不可读",
        "entry {index} tells of a taken step, but cannot be read",
    ),
    "step_state_differs": (
        "第 {index} 条程序步骤的 {what} 与其状态不符",
        "the {what} of the step in entry {index} differs from the state it left",
    ),
    "step_out_of_sequence": (
        "程序 {what} 的步骤序号在第 {index} 条不连续",
        "the steps of procedure {what} have a gap or a double at entry {index}",
    ),
}


class LogFinding(Message):
    """One thing that is wrong with the log."""

    code: LogFindingCode
    index: int
    """The entry at which it shows; counted from 0."""
    event: str = ""
    """Id of the event in that entry, where it is known."""
    what: str = ""
    """The column, procedure, range or checkpoint concerned."""
    expected: str
    found: str

    @computed_field  # type: ignore[prop-decorator]
    @property
    def says_zh(self) -> str:
        return self._sentence(_SAYS[self.code][0])

    @computed_field  # type: ignore[prop-decorator]
    @property
    def says(self) -> str:
        return self._sentence(_SAYS[self.code][1])

    def _sentence(self, template: str) -> str:
        return template.format(index=self.index, what=self.what)
