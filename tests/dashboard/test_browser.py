"""The dashboard as its reader meets it: a real server, a real browser, nothing from outside."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dashboard.texts import Words
from diembao.api.paths import SCREENS
from diembao.core.accounts import Role
from diembao.core.article import Kind
from diembao.core.settings import load
from diembao.pipeline.wiring import open_installation
from diembao.response.verifying import verify
from tests.dashboard import entering, published, seed
from tests.dashboard.browsing import Reader, browsing, reader_of
from tests.dashboard.seed import PROVINCE
from tests.dashboard.serving import serving
from tests.dashboard.working import Shift
from tests.parts import needs

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = needs("chromium")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path, dict[str, str]]]:
    home = tmp_path_factory.mktemp("served")
    with open_installation(seed.home_at(home)) as house:
        ids = seed.fill(house, (*published.LEADING, *published.month(6)), now=datetime.now(UTC)).ids
    with serving(home) as base:
        yield base, home, ids


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as found:
        yield found


@pytest.fixture(scope="module")
def reader(served: tuple[str, Path, dict[str, str]], browser: Browser) -> Reader:
    return reader_of(browser, served[0], entering.session(served[1]))


def test_a_file_that_is_made_when_it_is_taken_is_made_for_its_reader(
    reader: Reader, served: tuple[str, Path, dict[str, str]], tmp_path: Path
) -> None:
    page = reader.page
    reader.open(f"/bai-bao?id={served[2]['waste']}")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Tải hồ sơ chứng cứ").click()
    taken.value.save_as(tmp_path / "packet.zip")
    assert verify(tmp_path / "packet.zip").problems == []


def test_a_morning_at_the_dashboard(reader: Reader, served: tuple[str, Path, dict[str, str]]) -> None:
    """Every screen is opened, a filter is used, a label corrected: no error, no request to anyone else."""
    _, home, ids = served
    page = reader.page

    reader.open("/")
    page.wait_for_selector("[data-testid=stVegaLiteChart] svg")
    assert page.locator("html").get_attribute("lang") == "vi"
    assert page.locator("h1").inner_text().startswith("Hôm nay · ")
    assert page.evaluate("document.fonts.check('16px \"Be Vietnam Pro\"', 'Điểm Báo')")

    page.get_by_role("link", name="Dòng tin", exact=True).first.click()
    page.wait_for_selector("h1:has-text('Dòng tin')")
    page.get_by_role("button", name="phê phán").click()
    page.wait_for_url("**stance=critical**")
    assert "/dong-tin" in page.url
    page.wait_for_selector("text=1 đang dùng")

    page.evaluate("window.same = true")  # a link in a row is followed within the page, back and forward too
    for _ in range(2):
        page.get_by_role("link", name="Nước thải trại heo chảy ra sông Côn, dân").click()
        page.wait_for_url(f"**/bai-bao?id={ids['waste']}**")
        page.wait_for_selector("text=Sửa nhãn")
        page.go_back()
        page.wait_for_selector("text=1 đang dùng")
    page.go_forward()
    page.get_by_role("tab", name="Thái độ").click()
    assert page.evaluate("window.same")
    panel = page.get_by_role("tabpanel").filter(visible=True)
    panel.get_by_text("trung tính").click()
    panel.get_by_role("textbox").fill("Bài chỉ thuật lại")
    panel.get_by_role("button", name="Ghi").click()
    page.wait_for_selector("text=trung tính (người sửa)")
    with open_installation(load(home)) as house:
        item = house.store.article(ids["waste"])
        assert item is not None
        assert item.key(Kind.STANCE, PROVINCE) == "neutral"

    assert reader.complaints == []
    assert reader.outside == []


def test_what_an_outlet_wrote_stays_text(reader: Reader, served: tuple[str, Path, dict[str, str]]) -> None:
    ids = served[2]
    reader.open(f"/bai-bao?id={ids['hostile']}")
    reader.page.wait_for_selector(".diembao-text")
    shown = reader.page.locator("h1").inner_text().replace("\u2060", "")
    assert shown == published.HOSTILE_TITLE
    lines = [line for line in reader.page.locator(".diembao-text").first.inner_text().splitlines() if line.strip()]
    assert lines[1:] == [line for line in published.HOSTILE_TEXT.splitlines() if line.strip()]
    assert reader.page.evaluate("window.broken") is None
    assert reader.page.locator("img[src=x]").count() == 0
    assert reader.complaints == []


def test_a_whole_shift_from_the_first_look_to_the_weekly_report(
    reader: Reader, browser: Browser, served: tuple[str, Path, dict[str, str]]
) -> None:
    """Watch, review, case, claim, draft, approval by a second person, issue, memory, report."""
    base, home, ids = served
    second = reader_of(browser, base, entering.session(home, "hoa", Role.APPROVER))
    Shift(reader, second, home, ids, Words("vi")).whole()
    assert reader.complaints + second.complaints == []
    assert reader.outside + second.outside == []
    second.page.close()


def test_every_screen_fits_a_desk_and_a_telephone_and_shuts_nobody_out(
    reader: Reader, served: tuple[str, Path, dict[str, str]]
) -> None:
    """After the shift, so that each has something to show: no error, no request to others, no barrier."""
    year = datetime.now(UTC).astimezone(seed.ZONE).year
    named = {"bai-bao": served[2]["waste"], "ho-so-vu-viec": f"VV-{year}-0001"}
    found = dict[str, list[str]]()
    for screen in SCREENS:
        reader.page.set_viewport_size({"width": 1280, "height": 900})
        reader.open(f"/{screen}?id={named[screen]}" if screen in named else f"/{screen}")
        wrong = reader.wide() + reader.barriers()
        reader.page.set_viewport_size({"width": 360, "height": 780})
        reader.settled()
        found[screen] = wrong + reader.wide() + reader.hidden()
    assert {screen: wrong for screen, wrong in found.items() if wrong} == {}
    reader.page.emulate_media(color_scheme="dark")
    reader.open("/cau-tra-loi")
    reader.page.keyboard.press("?")
    reader.page.wait_for_selector("[data-testid=stPopoverBody]")
    reader.settled()
    keys = reader.page.locator("[data-testid=stPopoverBody] [data-testid=stCaptionContainer] p").first
    assert keys.evaluate("each => getComputedStyle(each).color") == "rgb(169, 177, 187)"  # as on the page beneath
    assert reader.barriers() == []
    reader.page.emulate_media(color_scheme="light")
    assert reader.complaints == []
    assert reader.outside == []
