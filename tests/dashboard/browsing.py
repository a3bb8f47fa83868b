"""A reader with a real browser: what the page complained of, what it asked of others, and whether it fits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tests.parts import CHROMIUM

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# What Playwright switches off (the last list counts), and the popup of the address bar: for every window Chromium loads
# 400 files of that page of its own, which takes as much of the processor as a screen of ours.
_WITHOUT: Final = (
    "WebUIOmniboxAimPopup",
    "AimEnabled",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)
# Headless, alone, and silent towards its maker.
FLAGS: Final = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(_WITHOUT)}",
)
# Milliseconds for a page on a slow machine.
PATIENCE: Final = 60_000
# Waits for what opens or closes, three seconds at most; what turns for ever does not count.
STILL: Final = """() => Promise.race([new Promise((over) => setTimeout(over, 3000)),
    Promise.allSettled(document.getAnimations()
    .filter((each) => each.effect.getComputedTiming().iterations !== Infinity).map((each) => each.finished))])"""
_SHIPPED: Final = find_spec("axe_playwright_python")


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
        # What stands there from the drawing before is pale until it is drawn anew.
        self.page.wait_for_function("() => !document.querySelector('[data-stale=true]')", timeout=PATIENCE)
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

    def does(self, button: str, then: str) -> None:
        """Presses a button that stands there once it is drawn, and waits for these words."""
        from playwright.sync_api import TimeoutError as Late

        self.settled()
        self.page.get_by_role("button", name=button, exact=True).filter(visible=True).first.click()
        try:
            self.page.get_by_text(then).first.wait_for(timeout=PATIENCE)
        except Late:
            raise AssertionError(f"{then!r} does not stand in: {self.page.inner_text('body')}") from None
        self.settled()

    def heard(self, message: Any) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def asked(self, request: Any) -> None:
        if not request.url.startswith((self.base, self.base.replace("http", "ws"), "data:", "blob:")):
            self.outside.append(request.url)

    def wide(self) -> list[str]:
        """What makes the screen scroll sideways."""
        found: list[str] = self.page.evaluate(
            """() => { const main = document.querySelector('[data-testid=stMain]');
            if (main.scrollWidth <= main.clientWidth) return [];
            return [...main.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > main.clientWidth + 1)
                .slice(0, 5).map(e => e.tagName + '.' + e.className + ' ' + e.innerText.slice(0, 40)); }"""
        )
        return found

    def hidden(self) -> list[str]:
        """What cannot be tapped because something else lies over it, or read because it is cut off."""
        found: list[str] = self.page.evaluate(
            """() => { const help = document.querySelector('.st-key-screen-help button'),
                at = help.getBoundingClientRect(),
                top = document.elementFromPoint(at.x + at.width / 2, at.y + at.height / 2);
            const over = help.contains(top) ? [] : [`over the help: ${top && top.outerHTML.slice(0, 120)}`];
            return over.concat([...document.querySelectorAll('[data-testid=stMain] [data-testid=stPageLink] p')]
                .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => `cut: ${e.innerText.slice(0, 80)}`)); }"""
        )
        return found

    def barriers(self) -> list[str]:
        """What axe-core calls serious or critical for who cannot see or point; Streamlit's own menu is left out
        (docs/accessibility.md). Looked at twice where there is something: a page may draw itself anew meanwhile.
        """
        found = self._barriers()
        if found:
            self.settled()
            found = [each for each in self._barriers() if each in found]
        return found

    def _barriers(self) -> list[str]:
        if not self.page.evaluate("'axe' in window"):
            assert _SHIPPED is not None
            assert _SHIPPED.origin is not None
            self.page.evaluate(Path(_SHIPPED.origin).with_name("axe.min.js").read_text(encoding="utf-8"))
        found: list[str] = self.page.evaluate(
            """async () => {
            const shown = {include: [['body']], exclude: [['[data-testid=stSidebarNav]']]};
            const found = await axe.run(shown, {resultTypes: ['violations']});
            return found.violations.filter(each => ['serious', 'critical'].includes(each.impact)).flatMap(each =>
                each.nodes.map(node => `${each.id}: ${node.html.slice(0, 220)}`)); }"""
        )
        return found


@contextmanager
def browsing() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


def reader_of(
    browser: Browser, base: str, cookies: Mapping[str, str], *, width: int = 1280, dark: bool = False
) -> Reader:
    """Somebody at this address, let in by these cookies."""
    page = browser.new_page(
        viewport={"width": width, "height": 900}, locale="vi-VN", color_scheme="dark" if dark else "light"
    )
    page.context.add_cookies([{"name": name, "value": value, "url": base} for name, value in cookies.items()])
    page.set_default_timeout(PATIENCE)
    found = Reader(page, base)
    page.on("console", found.heard)
    page.on("pageerror", lambda error: found.complaints.append(str(error)))
    page.on("request", found.asked)
    return found
