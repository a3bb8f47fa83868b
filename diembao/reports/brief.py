"""A case on one page for a leader: what, since when, how much, who says what, what we know, what we answered, what is
next. Every figure stands with its question, every quote with who said it and where.

It fits one page by rule: of each list the first few, and of each sentence so many characters; what that leaves out is
said at its foot. Internal notes and the names of officers are not on it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Final
from zoneinfo import ZoneInfo

from diembao.core.article import Kind, Labelled, Role, Stance
from diembao.core.case import CaseFile, CaseState
from diembao.core.errors import IndexAway
from diembao.core.names import language_name
from diembao.core.query import Bool, Query, Terms, unparse
from diembao.core.requests import RequestState
from diembao.core.statement import Issue
from diembao.core.text import snippet
from diembao.paper import forms, page, pdf
from diembao.paper.letter import Span, Words, words
from diembao.paper.page import Page, Part
from diembao.paper.scripts import printable
from diembao.reports.house import House
from diembao.reports.quotes import quote
from diembao.response.moves import NAMES, OUTCOMES
from diembao.response.packet_index import VERDICTS
from diembao.response.statements import unmarked

# Characters of the case's own title; outlets and languages that are named; stories that are counted.
TITLE, NAMED, STORIES = 160, 5, 3
_NEXT: Final = {
    CaseState.NEW: "giao người nhận vụ việc",
    CaseState.TAKEN: "bắt đầu xác minh",
    CaseState.VERIFYING: "xác minh xong thì soạn trả lời",
    CaseState.DRAFTING: "soạn xong thì gửi phê duyệt",
    CaseState.APPROVAL: "người thứ hai đọc và phê duyệt",
    CaseState.ISSUED: "theo dõi báo chí sau trả lời",
    CaseState.FOLLOWED: "đủ thời gian theo dõi thì đóng",
}


@dataclass(frozen=True, slots=True)
class Budget:
    """How many of each list, how many characters of a sentence, letters of which size (points)."""

    quotes: int
    claims: int
    answers: int
    requests: int
    sentence: int
    size: float


# From the roomiest to what always fits.
BUDGETS: Final = (
    Budget(6, 8, 3, 5, 260, 12),
    Budget(5, 6, 2, 4, 200, 12),
    Budget(4, 5, 2, 3, 160, 12),
    Budget(3, 4, 1, 2, 130, 11.5),
    Budget(2, 3, 1, 2, 110, 11),
    Budget(1, 2, 1, 1, 90, 10.5),
)


@dataclass(frozen=True, slots=True)
class Brief:
    """``pdf`` is None where none was asked for; ``left_out`` says in Vietnamese what is not on the page."""

    docx: bytes
    text: str
    left_out: str
    pdf: bytes | None = None


def make(house: House, found: CaseFile, now: datetime, *, with_pdf: bool) -> Brief:
    """The page; with a PDF it is counted that it is one page, else reckoned.

    Raises:
        Misconfigured: a PDF is asked for and LibreOffice is not installed. Retry: it was not done in time.
    """
    telling = _Telling(house, found, now)
    pages = [telling.page(budget) for budget in BUDGETS]
    first = next((n for n, each in enumerate(pages) if each.fits()), len(pages) - 1)
    for each in pages[first:]:
        document = page.write(each)
        made = pdf.convert(document) if with_pdf else None
        if made is None or pdf.pages(made) == 1 or each is pages[-1]:
            break
    return Brief(document, page.text(each), each.foot, made)


@dataclass(frozen=True)
class _Telling:
    house: House
    found: CaseFile
    now: datetime

    def page(self, budget: Budget) -> Page:
        left: list[str] = []
        parts = (
            Part("1. Sự việc", tuple(self._what())),
            Part("2. Mức độ", tuple(self._how_much())),
            Part("3. Báo chí nói gì", self._some(self._said, budget.quotes, budget, "trích dẫn", left)),
            Part("4. Đã rõ điều gì", self._some(self._known, budget.claims, budget, "điểm đã nêu", left)),
            Part("5. Đã trả lời", self._some(self._answered, budget.answers, budget, "lần trả lời", left)),
            Part("6. Tiếp theo", (*self._next(), *self._some(self._waiting, budget.requests, budget, "yêu cầu", left))),
        )
        case = self.found.case
        cut = f"Lược cho vừa một trang: {', '.join(left)}; câu dài cắt còn {budget.sentence} ký tự. " if left else ""
        foot = f"{cut}Đầy đủ: hồ sơ vụ việc {case.number}. Thái độ của bài là gợi ý của máy, trừ chỗ ghi do người."
        issuer = " ".join(self.house.profile.letterhead.issuer.split())
        under = f"{issuer + ' · ' if issuer else ''}{case.number} · lập lúc {self._at(self.now)}"
        title = f"TÓM TẮT VỤ VIỆC: {snippet(case.details.title, length=TITLE)}"
        return Page(title, under, tuple(x for x in parts if x.items), foot, issuer, self.now, budget.size)

    def _some(
        self, told: Callable[[Budget], Sequence[Words]], most: int, budget: Budget, name: str, left: list[str]
    ) -> tuple[Words, ...]:
        every = told(budget)
        if len(every) > most:
            left.append(f"{len(every) - most} {name}")
        return tuple(every[:most])

    # -- what, since when, how much
    def _what(self) -> Iterator[Words]:
        case, about = self.found.case, self.found.case.details
        outcome = f"; kết quả: {OUTCOMES[case.outcome][0]}" if case.outcome else ""
        state = f"Trạng thái: {NAMES[case.state][0]}{outcome}"
        yield words(f"{state}. Đơn vị chủ trì: {self._unit(about.unit)}.")
        first = min((item.article.when for item in self._items), default=None)
        begun = f"Bài đầu tiên: {self._at(first)}. " if first else ""
        yield words(f"{begun}Mở vụ việc: {self._at(case.opened_at)}. {self._due()}")
        if about.themes:
            known = self.house.profile.themes
            yield words(f"Chủ đề: {'; '.join(known[x].vi if x in known else x for x in about.themes[:NAMED])}.")

    def _due(self) -> str:
        case = self.found.case
        if case.due_at is None:
            return "Hồ sơ của tỉnh không đặt hạn."
        return f"Hạn trả lời: {self._at(case.due_at)}{' (ĐÃ TRỄ)' if case.late(self.now) else ''}."

    def _how_much(self) -> Iterator[Words]:
        items = self._items
        if not items:
            yield words("Chưa có bài báo nào trong vụ việc.")
            return
        outlets = Counter(self._outlet(item) for item in items)
        languages = Counter(self._language(item) for item in items)
        yield words(
            Span(f"{forms.number(len(items))} bài của {forms.number(len(outlets))} nguồn", bold=True),
            f" trong vụ việc (nguồn: {self._listed(outlets)}; tiếng: {self._listed(languages)}).",
        )
        stances = Counter(self._stance(item) for item in items)
        stances.pop("", None)
        if stances:
            yield words(f"Thái độ trong {forms.number(len(items))} bài ấy: {self._listed(stances)}.")
        yield from self._of_stories()

    def _of_stories(self) -> Iterator[Words]:
        """All coverage of its stories, with the question that finds it again."""
        found = Counter(story for item in self._items if (story := item.key(Kind.STORY)))
        if not found:
            return
        asked: Query = Terms("story", tuple(story for story, _ in found.most_common(STORIES)))
        try:
            whole = self.house.index.count(asked)
            critical = self.house.index.count(Bool(must=(asked, Terms("stance", ("critical",)))))
        except IndexAway:
            return
        which = "cùng chuyện" if len(found) <= STORIES else f"của {STORIES} chuyện nhiều bài nhất"
        told = f"Mọi bài {which}: {forms.number(whole)}, trong đó máy gợi ý phê phán {forms.number(critical)}"
        yield words(f"{told} (câu tìm: ", Span(unparse(asked)), ").")

    # -- who says what
    def _said(self, budget: Budget) -> Sequence[Words]:
        """One article of each outlet, the critical and the original ones first."""
        once: dict[str, Labelled] = {}
        for item in sorted(self._items, key=self._weight):
            once.setdefault(item.article.outlet, item)
        chosen = list(once.values())
        shown = [item.article.id for item in chosen[: BUDGETS[0].quotes]]
        whole = {item.article.id: item for item in self.house.store.articles(shown)}
        return [self._quoted(whole.get(item.article.id, item), budget) for item in chosen]

    def _weight(self, item: Labelled) -> tuple[bool, bool, float]:
        critical = item.key(Kind.STANCE, self.house.profile.id) == Stance.CRITICAL
        return not critical, item.key(Kind.ROLE) == Role.COPY, -item.article.when.timestamp()

    def _quoted(self, item: Labelled, budget: Budget) -> Words:
        sentence = quote(item, self.house.profile.id) or item.article.title
        source = f"{self._outlet(item)}, {self._at(item.article.when)}"
        said = snippet(printable(sentence), length=budget.sentence)
        language = item.key(Kind.LANGUAGE) or item.article.language
        spoken = Span(f"“{said}”", italic=True, language=language)
        return words(Span(source, bold=True, link=item.article.url), ": ", spoken)

    # -- what we know, what we answered, what is next
    def _known(self, budget: Budget) -> Sequence[Words]:
        told = []
        for claim in self.found.claims:
            said = VERDICTS[claim.verdict] if claim.verdict else "chưa kết luận"
            why = f" ({snippet(claim.why, length=budget.sentence)})" if claim.why else ""
            quoted = snippet(claim.quote, length=budget.sentence)
            told.append(words(Span(f"[#{claim.number}] “{quoted}”", link=claim.url), ": ", Span(said, bold=True), why))
        return told or [words("Chưa trích điểm nào để xác minh.")]

    def _answered(self, budget: Budget) -> Sequence[Words]:
        told = [self._issued(issue, budget) for issue in reversed(self.found.issues)]
        return told or [words("Chưa phát hành trả lời nào.")]

    def _issued(self, issue: Issue, budget: Budget) -> Words:
        draft = next((each for each in self.found.drafts if each.version == issue.version), None)
        text = snippet(" ".join(unmarked(draft.text).split()), length=2 * budget.sentence) if draft else ""
        speaker = f", {draft.speaker}" if draft and draft.speaker else ""
        to = snippet(issue.recipients, length=budget.sentence)
        title = f" “{snippet(draft.title, length=budget.sentence)}”." if draft and draft.title else ""
        return words(Span(f"{self._at(issue.at)}{speaker}", bold=True), f" (nơi nhận: {to}):{title} “{text}”")

    def _next(self) -> Iterator[Words]:
        case = self.found.case
        if step := _NEXT.get(case.state):
            yield words(f"Bước kế: {step}.")
        elif case.reason:
            yield words(f"Đã kết thúc: {snippet(case.reason, length=BUDGETS[0].sentence)}.")

    def _waiting(self, budget: Budget) -> Sequence[Words]:
        """Units that were asked and have not answered."""
        return [
            words(
                Span(f"Chờ {each.unit_name}", bold=True),
                f" (hỏi {self._at(each.asked_at)}, hạn {self._at(each.due_at) if each.due_at else 'không đặt'}"
                f"{', TRỄ' if each.is_late(self.now) else ''}): {snippet(each.question, length=budget.sentence)}",
            )
            for each in self.found.requests
            if each.state is RequestState.WAITING
        ]

    # -- names
    @cached_property
    def _items(self) -> Sequence[Labelled]:
        return self.house.store.rows([each.article_id for each in self.found.coverage])

    def _outlet(self, item: Labelled) -> str:
        known = self.house.outlets.get(item.article.outlet)
        return known.name if known else item.article.outlet

    def _unit(self, unit: str) -> str:
        known = self.house.profile.units.get(unit)
        return known.name if known else unit

    def _language(self, item: Labelled) -> str:
        return language_name(item.key(Kind.LANGUAGE) or item.article.language, "vi").removeprefix("tiếng ")

    def _stance(self, item: Labelled) -> str:
        names = {Stance.CRITICAL: "phê phán", Stance.NEUTRAL: "trung tính", Stance.POSITIVE: "tích cực"}
        own = self.house.profile.id
        label = next((x for x in item.labels if x.kind is Kind.STANCE and x.about == own), None)
        name = names.get(Stance(label.key), "") if label else ""
        return f"{name} (do người)" if label and label.by_person and name else name

    def _listed(self, counts: Counter[str]) -> str:
        told = [f"{name} {forms.number(n)}" for name, n in counts.most_common(NAMED)]
        more = len(counts) - NAMED
        return f"{', '.join(told)}{f' và {more} nữa' if more > 0 else ''}"

    def _at(self, moment: datetime) -> str:
        return forms.moment(moment, self.house.profile.timezone)


def stem(found: CaseFile, now: datetime, zone: str) -> str:
    """The name of its files: VV-2026-0042_tom-tat_2026-11-21."""
    day: date = now.astimezone(ZoneInfo(zone)).date()
    return f"{found.case.number}_tom-tat_{day.isoformat()}"
