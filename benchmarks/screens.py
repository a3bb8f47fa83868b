"""Every screen in Chromium, longer than the tests look: a whole shift in both languages, each role at three widths,
dark and light, folded and unfolded, on paper; and the screenshots of the documentation.

    python -m benchmarks.screens [--roles viewer,approver] [--only hom-nay,lich] [--pictures DIR] [--shots docs/images]

Made-up articles of the tests, on the program's own server. `--roles` and `--only` take a part of it, `--pictures` keeps
a picture of whatever was looked at, `--shots` takes those of the documentation and looks at nothing else. Prints a
table, a line for each role (screens that it may open; what did not fit; what axe-core calls serious; what is wrong on
paper; what the page complained of or asked of others) as soon as it is done, and below it each finding. Ends with 1
where there is one. All of it takes some twenty minutes.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dashboard.texts import LANGUAGES, Words
from diembao.api.paths import SCREENS
from diembao.core.accounts import Role
from diembao.pipeline.wiring import open_installation
from tests.dashboard import entering, published, seed
from tests.dashboard.browsing import Reader, browsing, reader_of
from tests.dashboard.serving import serving
from tests.dashboard.working import Shift

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WIDTHS: Final = (360, 1280, 1920)
_NO_RIGHT: Final = Words(LANGUAGES[0])("error.rights")
# Screens of the documentation: (screen, width, dark).
SHOTS: Final = (
    ("hom-nay", 1280, False),
    ("dong-tin", 1280, False),
    ("tin-chinh", 1280, False),
    ("bai-bao", 1280, False),
    ("truc", 1280, False),
    ("vu-viec", 1280, False),
    ("ho-so-vu-viec", 1280, False),
    ("bao-chi-nuoc-ngoai", 1280, False),
    ("bao-cao", 1280, False),
    ("ke-hoach", 1280, False),
    ("hom-nay", 1280, True),
    ("hom-nay", 360, False),
)


# What is folded away on a screen; each is opened before the second look.
FOLDED: Final = "[data-testid=stMain] [data-testid=stExpander] details:not([open]) > summary"
# Unfolded at one screen; more are more of the same.
UNFOLDED: Final = 12
# Pixels of a picture; what is longer is more of the same.
HIGHEST: Final = 4000
# Letters of who looked.
WIDE: Final = 16
COLUMNS: Final = ("screens", "wide", "barriers", "paper", "complaints")
# What is printed though nobody can use or read it: the menu, what stands folded, a heading with nothing below it.
ON_PAPER: Final = """() => {
    const seen = each => each.getClientRects().length > 0 && getComputedStyle(each).visibility !== 'hidden';
    const some = (found, why) => [...document.querySelectorAll(found)].filter(seen).map(each =>
        `${why}: ${each.innerText.replace(/\\s+/g, ' ').slice(0, 60)}`);
    const main = document.querySelector('[data-testid=stMain]');
    const heads = [...main.querySelectorAll('h2, h3')].filter(seen);
    const lone = heads.filter((each, at) => {
        const next = heads[at + 1], range = document.createRange();
        range.setStartAfter(each.closest('[data-testid=stElementContainer]') || each);
        next ? range.setEndBefore(next) : range.setEndAfter(main.lastChild);
        if (next && next.tagName > each.tagName) return false;
        const inside = [...main.querySelectorAll(
            'p, li, td, svg, canvas, dd, pre, .diembao-text, [data-testid=stVegaLiteChart]')];
        return !inside.some(one => seen(one) && range.intersectsNode(one) && !one.closest('h2, h3'));
    }).map(each => `lone heading: ${each.innerText}`);
    return [...some('section[data-testid=stSidebar]', 'menu'), ...some('button:not([role=tab])', 'button'),
        ...some('details:not([open])', 'folded'), ...some('input, textarea, [role=combobox]', 'box'), ...lone]; }"""


@dataclass
class Seen:
    """Of one role: screens that it opened, and what was wrong, by column."""

    screens: int = 0
    wrong: dict[str, list[str]] = field(default_factory=lambda: {each: [] for each in COLUMNS[1:]})

    def note(self, column: str, where: str, found: Iterable[str]) -> None:
        self.wrong[column] += [f"{where}: {each}" for each in found]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--roles", type=_listed, default=[role.value for role in _PEOPLE])
    parser.add_argument("--only", type=_listed, default=list(SCREENS))
    parser.add_argument("--pictures", type=Path)
    parser.add_argument("--shots", type=Path)
    asked = parser.parse_args()
    if asked.pictures:
        asked.pictures.mkdir(parents=True, exist_ok=True)
    print(f"{'':{WIDE}}" + "".join(f"{each:>12}" for each in COLUMNS), flush=True)
    wrong = 0
    for who, seen in _looked(asked):
        lines = list(_told(who, seen))
        print("\n".join(lines), flush=True)
        wrong += len(lines) - 1
    if wrong:
        raise SystemExit(1)


def _looked(asked: argparse.Namespace) -> Iterator[tuple[str, Seen]]:
    """Each as soon as it was looked at: all of it takes a while."""
    with browsing() as browser:
        for language in LANGUAGES[:1] if asked.shots else LANGUAGES:
            with _house() as (home, base, ids):
                yield f"shift, {language}", _shift(browser, home, base, ids, language)
                if asked.shots:
                    _shoot(browser, home, base, ids, asked.shots)
                elif language == LANGUAGES[0]:
                    looking = _Looking(browser, home, base, _paths(ids, asked.only), asked.pictures)
                    yield from ((role, looking.as_role(Role(role))) for role in asked.roles)


def _listed(text: str) -> list[str]:
    return text.split(",")


def _told(who: str, seen: Seen) -> Iterator[str]:
    """The line of the table, then each finding."""
    counts = (seen.screens, *(len(each) for each in seen.wrong.values()))
    yield f"{who:{WIDE}}" + "".join(f"{count:>12}" for count in counts)
    for column, each in seen.wrong.items():
        yield from (f"  {column}: {what}" + (f" ({n} times)" if n > 1 else "") for what, n in Counter(each).items())


_PEOPLE: Final = tuple(role for role in Role if role is not Role.SERVICE)


def _shift(browser: Browser, home: Path, base: str, ids: dict[str, str], language: str) -> Seen:
    officer, second = _reader(browser, home, base, "lan"), _reader(browser, home, base, "hoa", Role.APPROVER)
    Shift(officer, second, home, ids, Words(language)).whole()
    seen = Seen()
    seen.note("complaints", "shift", [*_heard(officer), *_heard(second)])
    for each in (officer, second):
        each.page.close()
    return seen


@contextmanager
def _house() -> Iterator[tuple[Path, str, dict[str, str]]]:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with open_installation(seed.home_at(home)) as house:
            ids = seed.fill(house, (*published.LEADING, *published.month(16)), now=datetime.now(UTC)).ids
        with serving(home) as base:
            yield home, base, ids


def _reader(browser: Browser, home: Path, base: str, name: str, *roles: Role) -> Reader:
    return reader_of(browser, base, entering.session(home, name, *roles))


def _heard(reader: Reader) -> list[str]:
    return [*reader.complaints, *(f"asked {each}" for each in reader.outside)]


def _paths(ids: dict[str, str], only: Iterable[str] = SCREENS) -> dict[str, str]:
    case = f"VV-{datetime.now(UTC).astimezone(seed.ZONE).year}-0001"
    named = {"bai-bao": ids["waste"], "ho-so-vu-viec": case}
    return {screen: f"/{screen}?id={named[screen]}" if screen in named else f"/{screen}" for screen in only}


@dataclass(frozen=True)
class _Looking:
    """All screens, as an account with one role alone sees them."""

    browser: Browser
    home: Path
    base: str
    paths: Mapping[str, str]
    pictures: Path | None

    def as_role(self, role: Role) -> Seen:
        reader, seen = _reader(self.browser, self.home, self.base, f"vai-{role.value}", role), Seen()
        for screen, path in self.paths.items():
            reader.open(path)
            if reader.page.get_by_text(_NO_RIGHT).filter(visible=True).count():
                continue
            seen.screens += 1
            self._folded(reader, seen, screen, role)
            self._on_paper(reader, seen, screen, role)
            self._unfolded(reader, seen, screen, role)
        seen.note("complaints", "all", _heard(reader))
        reader.page.close()
        return seen

    def _folded(self, reader: Reader, seen: Seen, screen: str, role: Role) -> None:
        reader.page.emulate_media(color_scheme="light")
        for width in WIDTHS:
            reader.page.set_viewport_size({"width": width, "height": 900})
            reader.settled()
            seen.note("wide", f"{screen}, {width}", reader.wide())
            self._keep(reader, f"{screen}-{role.value}-{width}")
        seen.note("barriers", f"{screen}, light", reader.barriers())

    def _on_paper(self, reader: Reader, seen: Seen, screen: str, role: Role) -> None:
        reader.page.set_viewport_size({"width": 800, "height": 1100})
        reader.page.emulate_media(media="print")
        seen.note("paper", screen, reader.page.evaluate(ON_PAPER))
        self._keep(reader, f"{screen}-{role.value}-paper")
        reader.page.emulate_media(media="screen")

    def _unfolded(self, reader: Reader, seen: Seen, screen: str, role: Role) -> None:
        """In the dark, all that can be unfolded unfolded."""
        reader.page.set_viewport_size({"width": 1280, "height": 900})
        reader.page.emulate_media(color_scheme="dark")
        reader.settled()
        for _ in range(UNFOLDED):
            folded = reader.page.locator(FOLDED).filter(visible=True)
            if not folded.count():
                break
            folded.first.click()
            reader.settled()
        seen.note("barriers", f"{screen}, dark, unfolded", reader.barriers())
        seen.note("wide", f"{screen}, unfolded", reader.wide())
        self._keep(reader, f"{screen}-{role.value}-dark")

    def _keep(self, reader: Reader, name: str) -> None:
        """The whole of a screen: its part that scrolls is made as high as what is in it."""
        if not self.pictures:
            return
        before = reader.page.viewport_size
        assert before is not None  # noqa: S101 (it was set)
        high = reader.page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        reader.page.set_viewport_size({"width": before["width"], "height": min(max(high, before["height"]), HIGHEST)})
        reader.page.wait_for_timeout(300)  # charts are drawn after the page
        reader.page.screenshot(path=str(self.pictures / f"{name}.png"), full_page=True)
        reader.page.set_viewport_size(before)


def _shoot(browser: Browser, home: Path, base: str, ids: dict[str, str], folder: Path) -> None:
    """The screens of the documentation, in as few colours as they need."""
    from PIL import Image

    for screen, width, dark in SHOTS:
        reader = reader_of(browser, base, entering.session(home, "lan"), width=width, dark=dark)
        reader.open(_paths(ids)[screen])
        reader.page.wait_for_timeout(1500)  # charts are drawn after the page
        file = folder / f"{screen}{'-toi' if dark else ''}{'-360' if width == 360 else ''}.png"
        reader.page.screenshot(path=str(file))
        Image.open(file).convert("RGB").quantize(128).save(file, optimize=True)
        reader.page.close()


if __name__ == "__main__":
    main()
