"""Plots and papers: they show what was judged, in Chinese that can be read."""

from uuid import UUID

import httpx
import pypdfium2

from contracts.agencies import Role
from tests.services.net_content.house import TOLD, House
from tests.support.net_content import GOOD, SHORT


async def asked(house: House, path: str, role: Role = Role.INSPECTOR) -> httpx.Response:
    async with house.asked_by(role) as client:
        answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    return answer


def pages(content: bytes) -> list[str]:
    paper = pypdfium2.PdfDocument(content)
    # where Chinese meets Latin, the paper has a little space
    return ["".join(page.get_textpage().get_text_range().split()) for page in paper]


async def judged(house: House) -> tuple[UUID, UUID]:
    """Two lots of one campaign: one that failed, one that passed; the first one's id."""
    await house.furnish()
    walks = await house.checks(2)
    for walk, nets in zip(walks, (SHORT, GOOD), strict=True):
        await walk.sample()
        await walk.found(nets)
    await walks[0].take("tell_shortfall", **TOLD)
    [campaign] = await house.record.rows("campaign")
    return walks[0].id, campaign["id"]


async def test_a_lot_has_a_histogram_with_all_it_is_judged_by(house: House) -> None:
    check, _ = await judged(house)

    picture = (await asked(house, f"/checks/{check}/histogram.svg")).text

    assert picture.startswith("<svg")
    for says in (
        "标注 Qn 0",
        "Qn − T -15",
        "Qn − 2T -30",
        "平均值下限",
        "平均值 mean",
        "error (g)",
    ):
        assert says in picture
    assert "http" not in picture.replace("http://www.w3.org", "")


async def test_a_lot_s_report_is_one_page_of_readable_chinese(house: House) -> None:
    check, _ = await judged(house)
    [finding] = [row for row in await house.record.rows("finding") if row["check_id"] == check]

    answer = await asked(house, f"/checks/{check}/report.pdf")

    [said] = pages(answer.content)
    for says in ("定量包装商品净含量检验报告", "平均实际含量", "不合格fail", "BAL-1", "2035-12-31"):
        assert says in said
    assert finding["sha256"] in said


async def test_a_campaign_s_report_is_the_same_in_html_and_pdf(house: House) -> None:
    _, campaign = await judged(house)

    page = (await asked(house, f"/campaigns/{campaign}/report.html")).text
    paper = "".join(pages((await asked(house, f"/campaigns/{campaign}/report.pdf")).content))
    rates = (await asked(house, f"/campaigns/{campaign}/pass-rates.svg")).text

    assert "1/2" in rates
    assert "粮食" in rates
    for says in ("2026年大米抽查", "50.0", "合格率", "370202", "开奖号"):
        assert says in page
        assert says in paper
    assert "<svg" in page


async def test_a_campaign_without_findings_has_a_report_too(house: House) -> None:
    await house.furnish()
    campaign = (await house.drawn())["id"]

    answer = await asked(house, f"/campaigns/{campaign}/report.pdf")

    assert "2026年大米抽查" in "".join(pages(answer.content))


async def test_names_are_text_in_a_page_and_no_markup(house: House) -> None:
    await house.furnish()
    campaign = (await house.drawn(name="<script>alert(1)</script>#eval"))["id"]

    page = (await asked(house, f"/campaigns/{campaign}/report.html")).text
    paper = await asked(house, f"/campaigns/{campaign}/report.pdf")

    assert "<script>" not in page
    assert "#eval" in "".join(pages(paper.content))


async def test_papers_are_seen_by_whom_the_check_is(house: House) -> None:
    check, campaign = await judged(house)

    async with house.asked_by(Role.LIAISON, "lab") as stranger:
        answers = [
            await stranger.get(f"/checks/{check}/report.pdf"),
            await stranger.get(f"/checks/{check}/histogram.svg"),
            await stranger.get(f"/campaigns/{campaign}/report.html"),
        ]
    async with house.asked_by(Role.HEAD, "province") as above:
        seen = await above.get(f"/checks/{check}/histogram.svg")

    assert {answer.status_code for answer in answers} == {404}
    assert seen.status_code == 200
