"""The morning's brief as one page of paper, and as a mail. Vietnamese or English; titles stay in their own language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from typing import Final
from zoneinfo import ZoneInfo

from diembao.core.alert import Enclosed, Message
from diembao.core.article import Labelled
from diembao.core.text import snippet
from diembao.paper import forms, page, pdf
from diembao.paper.letter import Span, Words, words
from diembao.paper.page import Page, Part
from diembao.paper.scripts import printable
from diembao.reports.daily import Daily, DueItem, NewStory, Number
from diembao.reports.house import House
from diembao.reports.quotes import quote
from diembao.response import desk_mail

LANGUAGES: Final = ("vi", "en")
TITLE: Final = 140  # characters of a title
_TEXTS: Final[dict[str, tuple[str, str]]] = {
    "title": ("ĐIỂM BÁO NGÀY {day}", "PRESS BRIEF OF {day}"),
    "subject": (
        "Điểm báo ngày {day}: {n} bài mới, {critical} bài phê phán",
        "Press brief of {day}: {n} new articles, {critical} critical",
    ),
    "under": ("{name} · từ {start} đến {end}", "{name} · from {start} to {end}"),
    "unfinished": ("chưa hết ngày, tính đến {end}", "the day is not over, up to {end}"),
    "new": ("1. Mới từ sáng hôm qua", "1. New since yesterday morning"),
    "critical": (
        "2. Phê phán (gợi ý của máy, hoặc người đã xác định)",
        "2. Critical (suggested by the machine, or settled by a person)",
    ),
    "answered": ("3. Đã trả lời", "3. Answered"),
    "due": ("4. Đến hạn hôm nay", "4. Due today"),
    "numbers": (
        (
            "{articles} bài (ngày trước: {articles_before}), {texts} văn bản khác nhau, {stories} chuyện;"
            " phê phán: {critical} ({critical_before}); báo chí nước ngoài: {foreign} ({foreign_before})."
        ),
        (
            "{articles} articles (the day before: {articles_before}), {texts} different texts, {stories} stories;"
            " critical: {critical} ({critical_before}); foreign press: {foreign} ({foreign_before})."
        ),
    ),
    "nothing": ("Không ghi nhận bài mới nào về tỉnh.", "No new article about the province was seen."),
    "story": (" ({outlet}; {texts} văn bản, {articles} bài)", " ({outlet}; {texts} texts, {articles} articles)"),
    "no_critical": ("Không có bài nào.", "None."),
    "case": (" · vụ việc {number}", " · case {number}"),
    "no_case": (" · chưa mở vụ việc", " · no case yet"),
    "no_answer": ("Không phát hành trả lời nào.", "No answer was issued."),
    "no_due": ("Không có việc nào đến hạn.", "Nothing is due."),
    "late": ("TRỄ HẠN · ", "OVERDUE · "),
    "due.case": ("Vụ việc {name}", "Case {name}"),
    "due.request": ("Yêu cầu {name}", "Request {name}"),
    "due.question": ("Câu hỏi báo chí {name}", "Press question {name}"),
    "due.point": ("Việc sau giao ban", "Follow-up of a briefing"),
    "due.matter": ("Lịch", "Calendar"),
    "due.report": ("Kỳ báo cáo", "Report"),
    "cut": ("Lược cho vừa một trang: {what}. ", "Left out to fit one page: {what}. "),
    "cut.stories": ("{n} chuyện", "{n} stories"),
    "cut.critical": ("{n} bài phê phán", "{n} critical articles"),
    "cut.answered": ("{n} trả lời", "{n} answers"),
    "cut.due": ("{n} việc", "{n} items"),
    "foot": (
        "Thái độ là gợi ý của máy, trừ chỗ người đã xác định; phê phán không có nghĩa là sai.",
        "Stance is a suggestion of the machine except where a person has settled it; critical does not mean wrong.",
    ),
}


@dataclass(frozen=True, slots=True)
class Budget:
    """How many of each list, how many characters of a sentence, letters of which size (points)."""

    stories: int
    critical: int
    answered: int
    due: int
    sentence: int
    size: float


BUDGETS: Final = (
    Budget(8, 8, 6, 12, 220, 12),
    Budget(7, 6, 4, 10, 170, 12),
    Budget(6, 5, 3, 8, 130, 11.5),
    Budget(5, 4, 3, 6, 110, 11),
    Budget(4, 3, 2, 5, 80, 11),
    Budget(3, 2, 1, 3, 60, 10.5),
)


@dataclass(frozen=True, slots=True)
class Made:
    """``pdf`` is None where none was asked for, or could not be made."""

    subject: str
    text: str
    html: str
    docx: bytes
    pdf: bytes | None

    def message(self, found: Daily) -> Message:
        """What is mailed: once for each day and province."""
        name = f"diem-bao_{found.province.id}_{found.day.isoformat()}"
        paper = (
            (f"{name}.pdf", "application/pdf", self.pdf) if self.pdf else (f"{name}.docx", page.DOCX_MEDIA, self.docx)
        )
        key = f"daily:{found.day.isoformat()}"
        return Message(
            key, self.subject, self.text, found.made, page="/hom-nay", html=self.html, enclosed=(Enclosed(*paper),)
        )


def make(house: House, found: Daily, *, language: str = "vi", with_pdf: bool = False) -> Made:
    """All of it; the page is one page by rule, and with a PDF it is counted that it is.

    Raises:
        Misconfigured: a PDF is asked for and LibreOffice is not installed. Retry: it was not done in time.
    """
    telling = _Telling(house, found, LANGUAGES.index(language))
    pages = [telling.page(budget) for budget in BUDGETS]
    first = next((n for n, each in enumerate(pages) if each.fits()), len(pages) - 1)
    for each in pages[first:]:
        document = page.write(each)
        printed = pdf.convert(document) if with_pdf else None
        if printed is None or pdf.pages(printed) == 1 or each is pages[-1]:
            break
    whole = telling.page(BUDGETS[0])
    return Made(telling.subject, page.text(whole), telling.html(whole), document, printed)


@dataclass(frozen=True)
class _Telling:
    house: House
    found: Daily
    language: int

    def say(self, key: str, **values: object) -> str:
        return _TEXTS[key][self.language].format(**values)

    @property
    def subject(self) -> str:
        numbers = self.found.numbers
        return self.say("subject", day=self._day, n=self._n(numbers["articles"]), critical=self._n(numbers["critical"]))

    def page(self, budget: Budget) -> Page:
        left: list[str] = []
        parts = (
            Part(self.say("new"), (*self._numbers(), *self._some("stories", self._stories, budget.stories, left))),
            Part(self.say("critical"), self._some("critical", lambda: self._critical(budget), budget.critical, left)),
            Part(self.say("answered"), self._some("answered", self._answered, budget.answered, left)),
            Part(self.say("due"), self._some("due", lambda: self._due(budget), budget.due, left)),
        )
        cut = self.say("cut", what=", ".join(left)) if left else ""
        issuer = " ".join(self.house.profile.letterhead.issuer.split())
        title = self.say("title", day=self._day)
        return Page(title, self._under(), parts, f"{cut}{self.say('foot')}", issuer, self.found.made, budget.size)

    def _some(self, name: str, told: Callable[[], Sequence[Words]], most: int, left: list[str]) -> tuple[Words, ...]:
        every = told()
        if len(every) > most:
            left.append(self.say(f"cut.{name}", n=len(every) - most))
        return tuple(every[:most])

    def _under(self) -> str:
        profile, found = self.house.profile, self.found
        name = profile.called if not self.language else profile.name_en
        told = self.say("under", name=name, start=self._at(found.start), end=self._at(found.end))
        return told if found.whole else f"{told} · {self.say('unfinished', end=self._at(found.made))}"

    # -- what is new, critical, answered, due
    def _numbers(self) -> Iterator[Words]:
        numbers = self.found.numbers
        if not numbers["articles"].count:
            yield words(self.say("nothing"))
            return
        told = {name: self._n(each) for name, each in numbers.items()}
        before = {f"{name}_before": self._number(each.before) for name, each in numbers.items()}
        yield words(Span(self.say("numbers", **told, **before), bold=True))

    def _stories(self) -> Sequence[Words]:
        return [self._story(each) for each in self.found.stories]

    def _story(self, story: NewStory) -> Words:
        item, texts, articles = story.headline.item, self._number(story.texts), self._number(story.articles)
        told = self.say("story", outlet=self._outlet(item), texts=texts, articles=articles)
        return words(self._title(item), told)

    def _critical(self, budget: Budget) -> Sequence[Words]:
        return [self._one(item, case, budget) for item, case in self.found.critical] or [words(self.say("no_critical"))]

    def _one(self, item: Labelled, case: str, budget: Budget) -> Words:
        sentence = snippet(printable(quote(item, self.house.profile.id)), length=budget.sentence)
        its = self.say("case", number=case) if case else self.say("no_case")
        where = f" ({self._outlet(item)}, {self._at(item.article.when)}){its}"
        said = (Span(f": “{sentence}”", italic=True, language=item.article.language),) if sentence else ()
        return words(self._title(item), where, *said)

    def _answered(self) -> Sequence[Words]:
        told = [
            words(Span(case.number, bold=True), f" {snippet(case.details.title, length=TITLE)} ({self._at(at)})")
            for case, at in self.found.answered
        ]
        return told or [words(self.say("no_answer"))]

    def _due(self, budget: Budget) -> Sequence[Words]:
        return [self._item(each, budget) for each in self.found.due] or [words(self.say("no_due"))]

    def _item(self, each: DueItem, budget: Budget) -> Words:
        late = (Span(self.say("late"), bold=True),) if each.late else ()
        when = self._at(each.at) if isinstance(each.at, datetime) else forms.day(each.at)
        who = f" · {each.who}" if each.who else ""
        name = self.say(f"due.{each.kind}", name=each.name)
        return words(*late, Span(name, bold=True), f" ({when}{who}): {snippet(each.text, length=budget.sentence)}")

    # -- names
    @property
    def _day(self) -> str:
        return forms.day(self.found.day)

    def _title(self, item: Labelled) -> Span:
        text = snippet(printable(item.article.title), length=TITLE) or item.article.url
        return Span(text, link=item.article.url, language=item.article.language)

    def _outlet(self, item: Labelled) -> str:
        known = self.house.outlets.get(item.article.outlet)
        return known.name if known else item.article.outlet

    def _at(self, moment: datetime) -> str:
        there = moment.astimezone(ZoneInfo(self.house.profile.timezone))
        return f"{there:%H:%M} {_short(there.date())}"

    def _n(self, number: Number) -> str:
        return self._number(number.count)

    def _number(self, value: int) -> str:
        return f"{value:,}" if self.language else forms.number(value)

    # -- as a mail
    def html(self, told: Page) -> str:
        parts = "".join(
            f'<h2 style="{_HEADING}">{escape(part.heading)}</h2>\n<ul style="{_LIST}">\n'
            + "".join(f'<li style="{_ITEM}">{"".join(map(_span, item))}</li>\n' for item in part.items)
            + "</ul>\n"
            for part in told.parts
        )
        return (
            f'<!doctype html>\n<html lang="{LANGUAGES[self.language]}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1"></head>\n'
            f'<body style="margin:0;padding:16px;background:#eef1f5;{desk_mail.FONT}">\n'
            f'<div style="{desk_mail.BOX}">\n<h1 style="{_TITLE}">{escape(told.title)}</h1>\n'
            f'<p style="{desk_mail.FAINT}">{escape(told.under)}</p>\n{parts}{desk_mail.PLACE}\n'
            f'<p style="{desk_mail.FAINT}">{escape(told.foot)}</p>\n</div>\n</body></html>\n'
        )


_TITLE: Final = "margin:0 0 4px;font-size:22px;line-height:1.3"
_HEADING: Final = "margin:20px 0 6px;font-size:16px;line-height:1.4;color:#1d4f8c"
_LIST: Final = "margin:0;padding:0 0 0 20px"
_ITEM: Final = "margin:0 0 8px;overflow-wrap:anywhere"


def _span(span: Span) -> str:
    text = escape(span.text)
    text = f"<strong>{text}</strong>" if span.bold else f"<em>{text}</em>" if span.italic else text
    if not span.link.startswith(("https://", "http://")):
        return text
    return f'<a href="{escape(span.link)}" style="color:#1d4f8c">{text}</a>'


def _short(day: date) -> str:
    return f"{day:%d/%m}"
