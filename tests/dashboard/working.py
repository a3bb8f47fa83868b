"""A whole shift in the browser, in either language: watch, review, case, claim, draft, approval by a second person,
issue, memory, weekly report. By what stands on the screens alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from dashboard.texts import Words
from diembao.core.settings import load
from diembao.pipeline.remembering import remember
from diembao.pipeline.wiring import open_installation
from diembao.plan.answers import answers
from tests.dashboard import published, seed
from tests.dashboard.browsing import Reader

SENTENCE: Final = published.WASTE.partition(". ")[0] + "."
ANSWER: Final = "Ủy ban đã nhận đủ ba đơn và trả lời từng hộ dân ngày 20/11. [#1]"


@dataclass
class Shift:
    """``officer`` works, ``second`` approves."""

    officer: Reader
    second: Reader
    home: Path
    ids: dict[str, str]
    say: Words
    case: str = ""

    def whole(self) -> None:
        for part in (self.watch, self.review, self.open_case, self.verify, self.draft, self.approve, self.issue):
            part()
        self.remembered()
        self.report()

    def _to(self, reader: Reader, path: str) -> None:
        reader.open(f"{path}{'&' if '?' in path else '?'}lang={self.say.language}")

    def watch(self) -> None:
        self._to(self.officer, "/")
        page = self.officer.page
        page.get_by_role("link", name="Nước thải trại heo chảy ra sông Côn, dân").first.click()
        page.wait_for_url(f"**/bai-bao?id={self.ids['waste']}**")
        self.officer.settled()

    def review(self) -> None:
        """Keys alone: skip, done, take back."""
        self._to(self.officer, "/truc")
        page = self.officer.page
        page.wait_for_selector("[class*=st-key-shift-skip] button")
        for key, then in (("0", "[class*=st-key-shift-undo]"), ("1", f"text={self._seen(1)}")):
            self.officer.settled()
            page.keyboard.press(key)
            page.wait_for_selector(then)
        self.officer.settled()
        page.keyboard.press("9")
        page.wait_for_selector(f"text={self._seen(0)}")

    def _seen(self, n: int) -> str:
        return self.say("shift.left", n=0, m=n).rpartition("; ")[2].partition(".")[0]

    def open_case(self) -> None:
        say, page = self.say, self.officer.page
        self._to(self.officer, f"/bai-bao?id={self.ids['waste']}")
        page.get_by_text(say("case.open")).first.click()
        self.officer.settled()
        page.get_by_label(say("case.title")).fill("Nước thải ở sông Côn")
        self.officer.press(say("case.open"), "**/ho-so-vu-viec?id=VV-*")
        self.case = page.url.partition("id=")[2].partition("&")[0]
        page.wait_for_selector("h1:has-text('Nước thải ở sông Côn')")
        self.officer.does(say("case.move.taken"), say("case.move.verifying"))

    def verify(self) -> None:
        """The sentence, what it is held against, and the verdict in one's own name."""
        say, page, does = self.say, self.officer.page, self.officer.does
        does(say("case.move.verifying"), say("case.move.drafting"))
        page.get_by_text(say("claims.add")).first.click()
        self.officer.settled()
        page.get_by_label(say("claims.sentence")).fill(SENTENCE)
        does(say("claims.quote"), say("claims.quoted", n=1))
        does(say("claims.attach"), say("claims.attach.document"))
        page.get_by_label(say("claims.attach.document")).fill("345/BC-UBND")
        page.get_by_label(say("claims.attach.name")).fill("Báo cáo tiếp dân")
        does(say("claims.attach.do"), say("claims.attached", n=1))
        does(say("claims.verdict"), say("claims.why"))
        page.get_by_text(say("claims.verdict.inaccurate"), exact=True).last.click()
        page.get_by_label(say("claims.why")).fill("Cả ba đơn đã được trả lời, có biên nhận.")
        does(say("claims.mark"), say("claims.marked_done", n=1))
        page.get_by_label(say("case.note")).fill("Đã đối chiếu sổ tiếp dân của xã.")
        form = page.locator("[data-testid=stForm]", has=page.get_by_label(say("case.note")))
        form.get_by_role("button", name=say("case.save")).click()
        page.get_by_text(say("case.noted")).wait_for()

    def draft(self) -> None:
        say, page, does = self.say, self.officer.page, self.officer.does
        does(say("case.move.drafting"), say("case.draft_save", n=1))
        form = answers().forms["written"]
        box = page.get_by_role("combobox", name=say("statement.form"))
        box.fill(form.name if say.language == "vi" else form.name_en)
        for key in ("ArrowDown", "Enter"):
            box.press(key)
        self.officer.settled()
        in_vietnamese = {"language": "Tiếng Việt"}
        for name, words in (("title", "Trả lời về sông Côn"), ("text", ANSWER), ("speaker", "Chủ tịch xã Tây Sơn")):
            page.get_by_label(say(f"statement.{name}", **in_vietnamese)).fill(words)
            page.keyboard.press("Tab")
            self.officer.settled()
        does(say("case.draft_save", n=1), say("case.draft_saved", n=1))
        does(say("case.move.awaiting-approval"), say("approve.waits", n=1))
        assert page.get_by_role("button", name=say("approve.do", n=1)).count() == 0

    def approve(self) -> None:
        """Who wrote it does not see the button; somebody else finds the case on *Hôm nay*."""
        self._to(self.second, "/")
        self.second.page.get_by_role("link", name="Nước thải ở sông Côn").first.click()
        self.second.page.wait_for_url("**/ho-so-vu-viec**")
        self.second.does(self.say("approve.do", n=1), self.say("approve.done", n=1))

    def issue(self) -> None:
        say, page = self.say, self.officer.page
        self._to(self.officer, f"/ho-so-vu-viec?id={self.case}")
        page.get_by_label(say("issue.recipients")).fill("Báo Sông Côn")
        self.officer.does(say("issue.do"), say("issue.done"))

    def remembered(self) -> None:
        """What the loop does next: an article that says it again bears the answer."""
        with open_installation(load(self.home)) as house:
            while remember(house, lambda: datetime.now(UTC), "shift") is not None:
                pass
        self._to(self.officer, f"/bai-bao?id={self.copy}")
        self.officer.page.get_by_role("heading", name=self.say("memory.article")).wait_for()

    @property
    def copy(self) -> str:
        """The article of another outlet with the same text."""
        return seed.entry_of(published.LEADING[1]).id

    def report(self) -> None:
        say = self.say
        self._to(self.officer, "/bao-cao")
        self.officer.settled()
        self.officer.page.get_by_role("button", name=say("reports.make"), exact=True).click()
        self.officer.page.wait_for_url("**/bao-cao?**so=**")
        self.officer.page.get_by_role("tab", name=say("reports.read")).wait_for()
        self.officer.settled()
