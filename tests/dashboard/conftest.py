"""One made-up month for all tests of the screens; each test works on a copy of its own."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from html import unescape
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import dashboard
from dashboard import newsroom
from diembao.api.rights import Standing, Visitor
from diembao.core.accounts import Grant, Role
from diembao.core.errors import IndexAway
from diembao.core.settings import load
from diembao.pipeline.wiring import Installation, open_installation
from tests.dashboard import published, seed
from tests.dashboard.seed import Seeded

Later = Callable[[Installation, datetime], None]

APP = Path(dashboard.__file__).with_name("app.py")
# Who looks, where a test does not say otherwise.
OFFICER = Visitor(
    "person:1",
    "session:1",
    (Standing.SIGNED_IN,),
    (Grant(Role.OFFICER), Grant(Role.APPROVER)),
    account=1,
    name="lan",
    shown="Nguyễn Thị Lan",
)
ADDRESSES = {
    "stream": "dong-tin",
    "stories": "tin-chinh",
    "article": "bai-bao",
    "duty": "truc",
    "foreign": "bao-chi-nuoc-ngoai",
    "cases": "vu-viec",
    "case": "ho-so-vu-viec",
    "statements": "cau-tra-loi",
    "owing": "chua-tra-loi",
    "plan": "ke-hoach",
    "questions": "cau-hoi",
    "calendar": "lich",
    "sources": "nguon-tin",
    "alerts": "canh-bao",
    "kits": "tai-lieu",
    "reports": "bao-cao",
    "trends": "xu-huong",
    "effects": "hieu-qua",
    "unit": "don-vi",
    "own": "tai-khoan",
    "administration": "quan-tri",
}


@pytest.fixture(scope="session", autouse=True)
def components() -> Iterator[None]:
    """Which installed libraries bring components to Streamlit is looked up once: each run of a screen reads the papers
    of all of them, which takes four times as long as the screen.
    """
    with pytest.MonkeyPatch.context() as patch:
        found = manifest_scanner.scan_component_manifests()
        patch.setattr(manifest_scanner, "scan_component_manifests", lambda: found)
        yield


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Seeded]:
    home = tmp_path_factory.mktemp("seeded")
    with open_installation(seed.home_at(home)) as house:
        return home, seed.fill(house, (*published.LEADING, *published.month(16)))


@pytest.fixture
def house(filled: tuple[Path, Seeded], tmp_path: Path) -> Iterator[Installation]:
    """The made-up month, at 06:40 of its last day."""
    home = tmp_path / "home"
    shutil.copytree(filled[0], home)
    yield from _shown(home)


@pytest.fixture
def ids(filled: tuple[Path, Seeded]) -> dict[str, str]:
    """Article ids by the short names of `published.LEADING`."""
    return filled[1].ids


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Installation]:
    seed.home_at(tmp_path)
    yield from _shown(tmp_path)


def _shown(home: Path) -> Iterator[Installation]:
    with open_installation(load(home)) as house:
        newsroom.use(house, lambda: seed.NOW, who=lambda: OFFICER)
        yield house


@pytest.fixture
def later() -> Later:
    """The same installation at another time."""
    return lambda house, now: newsroom.use(house, lambda: now, who=lambda: OFFICER)


def screen(name: str = "today", **address: str | list[str]) -> AppTest:
    """A screen as a reader sees it who opened this address; nothing may fail on it."""
    test = AppTest.from_file(str(APP), default_timeout=30)
    for key, value in address.items():
        test.query_params[key] = value
    test._page_hash = calc_hash(ADDRESSES[name]) if name in ADDRESSES else ""
    test.run()
    assert not test.exception, test.exception
    return test


def unfolded(test: AppTest, *keys: str) -> AppTest:
    """With these opened: what is folded away is drawn when somebody opens it."""
    for key in keys:
        test.session_state[key] = True
    return test.run()


def titles_of(test: AppTest, kind: str = "title") -> dict[str, str]:
    """Where the rows of the lists on a screen lead, and their titles (or another ``kind`` of link), in their order."""
    found = re.compile(rf'<a class="[^"]* diembao-{kind}" href="([^"]*)"[^>]*>(.*?)</a>')
    drawn = "".join(str(element.proto.body) for element in test.get("html"))
    return {unescape(to): unescape(title) for to, title in found.findall(drawn)}


def words_of(test: AppTest) -> str:
    """Everything that is written on a screen, the sidebar too."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "warning", "success", "error")
    found = [str(getattr(element, "value", "")) for kind in kinds for element in test.get(kind)]
    found += [str(element.proto.body) for element in test.get("html")]
    found += [str(element.proto.label) for element in test.get("page_link")]
    return "\n".join(found)


def figures_of(test: AppTest) -> dict[str, str]:
    """The figures of a screen, by what is counted."""
    listed = re.compile(r"^- (.*?) \*\*(.*?)\*\* \*", re.MULTILINE)
    return dict(pair for each in test.markdown for pair in listed.findall(each.value))


class Away:
    """The door of an index whose server does not answer."""

    def __getattr__(self, name: str) -> object:
        raise IndexAway("Elasticsearch at http://search.example:9200 cannot be reached")

    def close(self) -> None:
        pass
