"""Every screen in Chromium, longer than the tests look: a whole shift in both languages, each role at three widths,
dark and light, on paper; and the screenshots of the documentation.

    python -m benchmarks.screens [--shots docs/images]

Made-up articles of the tests, on the program's own server; `--shots` takes the screenshots and looks at nothing else.
Prints one JSON object: screens looked at, and of each role what did not fit, what the page complained of, what it
asked of others, what axe-core calls serious. Ends with 1 where anything was found.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dashboard.texts import LANGUAGES, Words
from diembao.api.paths import SCREENS
from diembao.core.accounts import Role
from diembao.pipeline.wiring import open_installation
from tests.dashboard import entering, seed
from tests.dashboard.browsing import Reader, browsing, reader_of
from tests.dashboard.serving import serving
from tests.dashboard.working import Shift

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WIDTHS: Final = (360, 1280, 1920)
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shots", type=Path)
    asked = parser.parse_args()
    found: dict[str, list[str]] = {}
    with browsing() as browser:
        for language in LANGUAGES[:1] if asked.shots else LANGUAGES:
            with _house() as (home, base, ids):
                officer = _reader(browser, home, base, "lan")
                second = _reader(browser, home, base, "hoa", Role.APPROVER)
                Shift(officer, second, home, ids, Words(language)).whole()
                found[f"shift in {language}"] = [*_heard(officer), *_heard(second)]
                if asked.shots:
                    _shoot(browser, home, base, ids, asked.shots)
                elif language == LANGUAGES[0]:
                    found |= {role.value: _as(browser, home, base, ids, role) for role in _PEOPLE}
    print(json.dumps({"screens": len(SCREENS), "widths": WIDTHS, "found": found}, indent=1, ensure_ascii=False))
    if any(found.values()):
        raise SystemExit(1)


_PEOPLE: Final = tuple(role for role in Role if role is not Role.SERVICE)


@contextmanager
def _house() -> Iterator[tuple[Path, str, dict[str, str]]]:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with open_installation(seed.home_at(home)) as house:
            ids = seed.fill(house, (*seed.LEADING, *seed.month(16)), now=datetime.now(UTC)).ids
        with serving(home) as base:
            yield home, base, ids


def _reader(browser: Browser, home: Path, base: str, name: str, *roles: Role) -> Reader:
    return reader_of(browser, base, entering.session(home, name, *roles))


def _heard(reader: Reader) -> list[str]:
    return [*reader.complaints, *(f"asked {each}" for each in reader.outside)]


def _paths(ids: dict[str, str]) -> dict[str, str]:
    case = f"VV-{datetime.now(UTC).astimezone(seed.ZONE).year}-0001"
    named = {"bai-bao": ids["waste"], "ho-so-vu-viec": case}
    return {screen: f"/{screen}?id={named[screen]}" if screen in named else f"/{screen}" for screen in SCREENS}


def _as(browser: Browser, home: Path, base: str, ids: dict[str, str], role: Role) -> list[str]:
    """All that is wrong for an account with this role alone."""
    reader, wrong = _reader(browser, home, base, f"vai-{role.value}", role), list[str]()
    for screen, path in _paths(ids).items():
        reader.open(path)
        for scheme in ("light", "dark"):
            reader.page.emulate_media(color_scheme=scheme)
            reader.settled()
            wrong += [f"{screen}, {scheme}: {each}" for each in reader.barriers()]
        for width in WIDTHS:
            reader.page.set_viewport_size({"width": width, "height": 900})
            reader.settled()
            wrong += [f"{screen}, {width}: {each}" for each in reader.wide()]
        reader.page.emulate_media(media="print")
        if reader.page.locator("section[data-testid=stSidebar]").filter(visible=True).count():
            wrong.append(f"{screen}, on paper: the menu")
        reader.page.emulate_media(media="screen")
    wrong += _heard(reader)
    reader.page.close()
    return wrong


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
