"""What a drill expects of a matter beyond its stage: its lines, its papers, its objectives."""

from collections import Counter
from uuid import UUID

from deploy.play.cast import Answered, Cast
from deploy.play.scenario import Expectation


async def otherwise(expected: Expectation, id_: UUID, record: Answered, cast: Cast) -> list[str]:
    """Whatever is named in the scenario and came out differently."""
    lines = {line["key"]: line["stage"] for line in record.get("lines", ())}
    papers = Counter(paper["kind"] for paper in record.get("papers", ()))
    found = [
        f"{what} is {there.get(what)}, expected {value}"
        for wanted, there in ((expected.lines, lines), (expected.papers, papers))
        for what, value in wanted.items()
        if there.get(what) != value
    ]
    if expected.kept:
        operation = await cast.get("coordination", f"/operations/{id_}")
        kept = {one["milestone"]: one["kept"] for one in operation["milestones"]}
        found += [
            f"{name} was not kept: {kept.get(name)}" for name in expected.kept if not kept.get(name)
        ]
    return [f"{expected.procedure}: {one}" for one in found]
