"""A case on one page for a leader: what, since when, how much, who says what, what we know, what we answered, what is
next. Every figure stands with its question, every quote with who said it and where.

It fits one page by rule: what matters most stands first in each list, the lists are filled evenly until nothing more
fits, and sentences are cut where that leaves too few of them; what is left out is said at its foot. Internal notes and
the names of officers are not on it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, partial
from typing import Final
from zoneinfo import ZoneInfo

from diembao.core.article import Kind, Labelled, Role, Stance
from diembao.core.case import CaseFile, CaseState
from diembao.core.errors import IndexAway
from diembao.core.names import language_name
from diembao.core.query import Bool, Query, Terms
from diembao.core.requests import RequestState
from diembao.core.statement import Issue, Verdict, standing
from diembao.core.text import fold, snippet
from diembao.paper import forms, page, pdf
from diembao.paper.letter import Span, Words, words
from diembao.paper.page import Page, Part
from diembao.paper.scripts import printable
from diembao.reports.filling import LOOKS, Lists, Look, fill
from diembao.reports.house import House
from diembao.reports.quotes import quote
from diembao.response.moves import NAMES, OUTCOMES
from diembao.response.packet_index import VERDICTS, taken_back
from diembao.response.statements import answered, unmarked

# Characters of the case's own title; outlets and languages that are named; stories that are counted.
TITLE, NAMED, STORIES = 160, 5, 3
QUOTED: Final = 12  # outlets of which a sentence is looked for
_FIRST: Final = (Verdict.INACCURATE, Verdict.INCOMPLETE, Verdict.UNVERIFIABLE, None, Verdict.ACCURATE)
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
    looks = [telling.filled(look) for look in LOOKS]
    first = next((n for n, (_, enough) in enumerate(looks) if enough), len(looks) - 1)
    pages = [each for each, _ in looks[first:]]
    for each in pages:
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

    def filled(self, look: Look) -> tuple[Page, bool]:
        quotes, more = self._said(look)
        lists = Lists((self._known(look), quotes, self._answered(look), self._waiting(look)), more)
        return fill(lists, partial(self._page, look, lists))

    def _page(self, look: Look, lists: Lists, counts: Sequence[int]) -> Page:
        known, said, answered, waiting = (told[:n] for told, n in zip(lists.every, counts, strict=True))
        parts = (
            Part("1. Sự việc", self._what),
            Part("2. Mức độ", self._how_much),
            Part("3. Báo chí nói gì", tuple(said)),
            Part("4. Đã rõ điều gì", tuple(known)),
            Part("5. Đã trả lời", tuple(answered)),
            Part("6. Tiếp theo", (*self._next(), *waiting)),
        )
        case, left = self.found.case, lists.left(counts)
        cut = f"Lược cho vừa một trang: {', '.join(left)}; câu dài cắt còn {look.sentence} ký tự. " if left else ""
        foot = f"{cut}Đầy đủ: hồ sơ vụ việc {case.number}. Thái độ của bài là gợi ý của máy, trừ chỗ ghi do người."
        issuer = " ".join(self.house.profile.letterhead.issuer.split())
        under = f"{issuer + ' · ' if issuer else ''}{case.number} · lập lúc {self._at(self.now)}"
        title = f"TÓM TẮT VỤ VIỆC: {snippet(case.details.title, length=TITLE)}"
        return Page(title, under, tuple(x for x in parts if x.items), foot, issuer, self.now, look.size)

    # -- what, since when, how much
    @cached_property
    def _what(self) -> tuple[Words, ...]:
        return tuple(self._of_the_case())

    def _of_the_case(self) -> Iterator[Words]:
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

    @cached_property
    def _how_much(self) -> tuple[Words, ...]:
        return tuple(self._counted())

    def _counted(self) -> Iterator[Words]:
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
        """All coverage of its stories, whether it is of the case or not."""
        found = Counter(story for item in self._items if (story := item.key(Kind.STORY)))
        if not found:
            return
        asked: Query = Terms("story", tuple(story for story, _ in found.most_common(STORIES)))
        try:
            whole = self.house.index.count(asked)
            critical = self.house.index.count(Bool(must=(asked, Terms("stance", ("critical",)))))
        except IndexAway:
            return
        number = self.found.case.number
        which = "các chuyện" if len(found) <= STORIES else f"{STORIES} chuyện nhiều bài nhất"
        told = f"{forms.number(whole)}, trong đó máy gợi ý phê phán {forms.number(critical)}"
        yield words(f"Mọi bài đã thu được của {which} trong {number}: {told}.")

    # -- who says what
    def _said(self, look: Look) -> tuple[Sequence[Words], int]:
        """One article of each outlet, the critical and the original ones first, no sentence twice; and how many outlets
        were not looked at.
        """
        told = [
            words(Span(source, bold=True, link=link), ": ", _told(snippet(said, length=look.sentence), lang))
            for source, link, said, lang in self._sentences[0]
        ]
        return told, self._sentences[1]

    @cached_property
    def _sentences(self) -> tuple[list[tuple[str, str, str, str]], int]:
        once: dict[str, Labelled] = {}
        for item in sorted(self._items, key=self._weight):
            once.setdefault(item.article.outlet, item)
        shown = [item.article.id for item in once.values()][:QUOTED]
        whole = {item.article.id: item for item in self.house.store.articles(shown)}
        told: dict[str, tuple[str, str, str, str]] = {}
        for item in (whole[each] for each in shown if each in whole):
            said = printable(quote(item, self.house.profile.id) or item.article.title)
            source = f"{self._outlet(item)}, {self._at(item.article.when)}"
            language = item.key(Kind.LANGUAGE) or item.article.language
            told.setdefault(" ".join(fold(said).split()), (source, item.article.url, said, language))
        return list(told.values()), len(once) - len(shown)

    def _weight(self, item: Labelled) -> tuple[bool, bool, float]:
        critical = item.key(Kind.STANCE, self.house.profile.id) == Stance.CRITICAL
        return not critical, item.key(Kind.ROLE) == Role.COPY, -item.article.when.timestamp()

    # -- what we know, what we answered, what is next
    def _known(self, look: Look) -> Sequence[Words]:
        """What is wrong first, of it what was answered."""
        told, answers = [], self._answers
        for claim in sorted(
            self.found.claims, key=lambda each: (_FIRST.index(each.verdict), each.number not in answers, each.number)
        ):
            said = VERDICTS[claim.verdict] if claim.verdict else "chưa kết luận"
            why = f" ({snippet(claim.why, length=look.sentence)})" if claim.why else ""
            quoted = snippet(claim.quote, length=look.sentence)
            told.append(words(Span(f"[#{claim.number}] “{quoted}”", link=claim.url), ": ", Span(said, bold=True), why))
        return told or [words("Chưa trích điểm nào để xác minh.")]

    @cached_property
    def _answers(self) -> Collection[int]:
        """The claims that an issued statement which stands bears the numbers of."""
        numbers = {draft.version: answered(draft) for draft in self.found.drafts}
        issues, by_claim = self.found.issues, dict[int, set[int]]()
        for issue in issues:
            for claim in numbers.get(issue.version, ()):
                by_claim.setdefault(claim, set()).add(issue.number)
        return {claim for claim, its in by_claim.items() if standing(issues, its)}

    def _answered(self, look: Look) -> Sequence[Words]:
        told = [self._issued(issue, look) for issue in reversed(self.found.issues)]
        return told or [words("Chưa phát hành trả lời nào.")]

    def _issued(self, issue: Issue, look: Look) -> Words:
        draft = next((each for each in self.found.drafts if each.version == issue.version), None)
        text = snippet(" ".join(unmarked(draft.text).split()), length=2 * look.sentence) if draft else ""
        speaker = f", {draft.speaker}" if draft and draft.speaker else ""
        to = snippet(issue.recipients, length=look.sentence)
        title = f" “{snippet(draft.title, length=look.sentence)}”." if draft and draft.title else ""
        back = taken_back(issue, self.found.issues, self._at)
        said = f" [{snippet(back, length=look.sentence)}]" if back else ""
        return words(Span(f"{self._at(issue.at)}{speaker}", bold=True), f" (nơi nhận: {to}){said}:{title} “{text}”")

    def _next(self) -> Iterator[Words]:
        case = self.found.case
        if step := _NEXT.get(case.state):
            yield words(f"Bước kế: {step}.")
        elif case.reason:
            yield words(f"Đã kết thúc: {snippet(case.reason, length=LOOKS[0].sentence)}.")

    def _waiting(self, look: Look) -> Sequence[Words]:
        """Units that were asked and have not answered."""
        return [
            words(
                Span(f"Chờ {each.unit_name}", bold=True),
                f" (hỏi {self._at(each.asked_at)}, hạn {self._at(each.due_at) if each.due_at else 'không đặt'}"
                f"{', TRỄ' if each.is_late(self.now) else ''}): {snippet(each.question, length=look.sentence)}",
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


def _told(said: str, language: str) -> Span:
    return Span(f"“{said}”", italic=True, language=language)


def stem(found: CaseFile, now: datetime, zone: str) -> str:
    """The name of its files: VV-2026-0042_tom-tat_2026-11-21."""
    day: date = now.astimezone(ZoneInfo(zone)).date()
    return f"{found.case.number}_tom-tat_{day.isoformat()}"
