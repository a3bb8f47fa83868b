"""The dashboard as its reader meets it: a real server, a real browser, nothing from outside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from diembao.core.article import Kind
from diembao.core.settings import load
from diembao.pipeline.wiring import open_installation
from diembao.response.verifying import verify
from tests.dashboard import entering, seed
from tests.dashboard.seed import PROVINCE
from tests.dashboard.serving import serving
from tests.parts import CHROMIUM, needs

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = needs("chromium")

# Headless, alone, and silent towards its maker.
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Milliseconds for a page on a slow machine.
PATIENCE = 60_000
# Waits for what opens or closes; what turns for ever does not count.
STILL = """() => Promise.allSettled(document.getAnimations()
    .filter((each) => each.effect.getComputedTiming().iterations !== Infinity).map((each) => each.finished))"""


@dataclass
class Reader:
    """A page, and everything it complained of or asked of others."""

    page: Page
    base: str
    complaints: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(self.base + path)
        self.page.wait_for_selector("h1", timeout=PATIENCE)
        self.settled()

    def settled(self) -> None:
        """Waits until the program has nothing more to draw and all stands still: what is clicked or typed before may be
        drawn anew, and a panel that is still opening moves a button away between press and release.
        """
        self.page.wait_for_selector("[data-test-script-state=notRunning]", state="attached", timeout=PATIENCE)
        self.page.evaluate(STILL)

    def press(self, name: str, url: str) -> None:
        """Presses the button that leads there; what stands on the screen in place of that page is told."""
        from playwright.sync_api import TimeoutError as Late

        self.settled()
        self.page.get_by_role("button", name=name).click()
        try:
            self.page.wait_for_url(url, timeout=PATIENCE)
        except Late:
            raise AssertionError(self.page.inner_text("body")) from None

    def heard(self, message: Any) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def asked(self, request: Any) -> None:
        if not request.url.startswith((self.base, self.base.replace("http", "ws"), "data:", "blob:")):
            self.outside.append(request.url)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path, dict[str, str]]]:
    home = tmp_path_factory.mktemp("served")
    with open_installation(seed.home_at(home)) as house:
        ids = seed.fill(house, (*seed.LEADING, *seed.month(6)), now=datetime.now(UTC)).ids
    with serving(home) as base:
        yield base, home, ids


@pytest.fixture(scope="module")
def reader(served: tuple[str, Path, dict[str, str]]) -> Iterator[Reader]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="vi-VN")
        cookies = entering.session(served[1])
        page.context.add_cookies([{"name": n, "value": v, "url": served[0]} for n, v in cookies.items()])
        page.set_default_timeout(PATIENCE)
        reader = Reader(page, served[0])
        page.on("console", reader.heard)
        page.on("pageerror", lambda error: reader.complaints.append(str(error)))
        page.on("request", reader.asked)
        yield reader
        browser.close()


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

    page.get_by_role("link", name="Nước thải trại heo chảy ra sông Côn, dân").click()
    page.wait_for_url(f"**/bai-bao?id={ids['waste']}**")
    page.get_by_role("tab", name="Thái độ").click()
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


def test_a_shift_is_worked_off_by_keys_alone(reader: Reader) -> None:
    page = reader.page
    reader.open("/truc")
    page.wait_for_selector("[class*=st-key-shift-skip] button")
    reader.settled()
    page.keyboard.press("0")
    page.wait_for_selector("[class*=st-key-shift-undo]")
    reader.settled()
    page.keyboard.press("1")
    page.wait_for_selector("text=đã xem 1 trong phiên này")
    reader.settled()
    page.keyboard.press("9")
    page.wait_for_selector("text=đã xem 0 trong phiên này")
    assert reader.complaints == []


def test_a_case_from_an_article_to_its_draft(reader: Reader, served: tuple[str, Path, dict[str, str]]) -> None:
    """Opened, taken, verified, drafted, left and found again: by its buttons alone."""
    _, home, ids = served
    page = reader.page
    reader.open(f"/bai-bao?id={ids['port']}")
    page.get_by_text("Mở vụ việc").first.click()
    reader.settled()
    page.get_by_label("Tên vụ việc").fill("Cảng Quy Nhơn mở rộng")
    reader.press("Mở vụ việc", "**/ho-so-vu-viec?id=VV-*-0001**")
    page.wait_for_selector("h1:has-text('Cảng Quy Nhơn mở rộng')")
    page.get_by_role("button", name="Nhận vụ việc").click()
    page.get_by_role("button", name="Bắt đầu xác minh").click()
    page.get_by_label("Ghi chú mới").fill("Đã hỏi Ban Quản lý cảng.")
    page.locator("[data-testid=stForm]", has=page.get_by_label("Ghi chú mới")).get_by_role("button", name="Ghi").click()
    page.wait_for_selector("text=Đã ghi ghi chú.")
    page.get_by_role("button", name="Bắt đầu soạn").click()
    page.get_by_role("textbox", name="Nội dung · Tiếng Việt").fill("Cảng mở rộng theo quy hoạch.")
    page.get_by_role("button", name="Ghi thành bản 1").click()
    page.wait_for_selector("text=Đã ghi bản 1.")

    page.get_by_role("link", name="Vụ việc", exact=True).first.click()
    page.wait_for_selector("h1:has-text('Vụ việc')")
    page.get_by_role("link", name="Cảng Quy Nhơn mở rộng").click()
    page.wait_for_selector("text=Ghi thành bản 2")
    with open_installation(load(home)) as house:
        (case,) = house.store.cases_with([ids["port"]])
        found = house.store.case_file(case.number)
        assert found is not None
        assert [draft.text for draft in found.drafts] == ["Cảng mở rộng theo quy hoạch."]
    assert reader.complaints == []
    assert reader.outside == []


def test_a_file_is_made_when_it_is_taken_for_the_reader_it_was_drawn_for(
    reader: Reader, served: tuple[str, Path, dict[str, str]]
) -> None:
    """Streamlit makes it outside of any run, where it knows no cookies: rights are asked all the same."""
    reader.open(f"/bai-bao?id={served[2]['waste']}")
    with reader.page.expect_download() as taken:
        reader.page.locator(".st-key-evidence-download button").first.click()
    assert taken.value.suggested_filename.endswith(".zip")
    assert taken.value.path().read_bytes()[:2] == b"PK"
    assert reader.complaints == []


def test_what_an_outlet_wrote_stays_text(reader: Reader, served: tuple[str, Path, dict[str, str]]) -> None:
    ids = served[2]
    reader.open(f"/bai-bao?id={ids['hostile']}")
    reader.page.wait_for_selector(".diembao-text")
    shown = reader.page.locator("h1").inner_text().replace("\u2060", "")
    assert shown == seed.HOSTILE_TITLE
    lines = [line for line in reader.page.locator(".diembao-text").first.inner_text().splitlines() if line.strip()]
    assert lines[1:] == [line for line in seed.HOSTILE_TEXT.splitlines() if line.strip()]
    assert reader.page.evaluate("window.broken") is None
    assert reader.page.locator("img[src=x]").count() == 0
    assert reader.complaints == []


def test_a_telephone_shows_every_screen_without_sideways_scrolling(
    reader: Reader, served: tuple[str, Path, dict[str, str]]
) -> None:
    reader.page.set_viewport_size({"width": 360, "height": 780})
    number = f"VV-{datetime.now(UTC).astimezone(seed.ZONE).year}-0001"  # opened by the walk above
    waste = served[2]["waste"]
    stories = "/tin-chinh", f"/tin-chinh?id={waste}", "/truc"
    for path in ("/", "/dong-tin", *stories, f"/bai-bao?id={waste}", "/vu-viec", f"/ho-so-vu-viec?id={number}"):
        reader.open(path)
        main = reader.page.locator("[data-testid=stMain]")
        assert main.evaluate("e => e.scrollWidth <= e.clientWidth"), path
    assert reader.complaints == []
    assert reader.outside == []
