"""The parts of a report, each a heading and what stands below it: a report of any period is made of those it wants."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from diembao.paper.letter import Block, Heading, Paragraph, Span, words
from diembao.reports import then_and_now, told_articles, told_numbers, told_record
from diembao.reports.telling import Teller
from diembao.reports.weekly import Weekly
from diembao.reports.weekly_limits import limits, method


@dataclass(frozen=True, slots=True)
class Part:
    """``heading`` is without its numeral."""

    heading: str
    blocks: Callable[[Weekly, Teller], Iterable[Block]]


@dataclass(frozen=True, slots=True)
class Section:
    """A part as it was told of one period: what the machine says, which people add to."""

    name: str
    heading: str
    blocks: tuple[Block, ...]


PARTS: Final[Mapping[str, Part]] = {
    "overview": Part("TỔNG QUAN", told_numbers.overview),
    "silence": Part("TỔNG QUAN", told_numbers.silence),
    "stories": Part("CÁC CHUYỆN CHÍNH", told_articles.stories),
    "critical": Part("BÀI PHÊ PHÁN VÀ TRẢ LỜI", told_articles.critical),
    "owing": Part("ĐƠN VỊ CHƯA TRẢ LỜI", told_record.owing),
    "foreign": Part("BÁO CHÍ NƯỚC NGOÀI", told_articles.foreign),
    "effects": Part("HIỆU QUẢ TRẢ LỜI", told_record.effects),
    "official": Part("THÔNG TIN CHÍNH THỨC, ĐÍNH CHÍNH, SỬA BÀI", told_articles.official),
    # People's own: it stands in the report where somebody has written in it.
    "proposals": Part("NHẬN ĐỊNH, KIẾN NGHỊ", lambda _found, _say: ()),
    "limits": Part("GIỚI HẠN CỦA SỐ LIỆU", limits),
    "method": Part("CÁCH LÀM", method),
    "appendix": Part("DANH SÁCH BÀI", told_record.appendix),
}
WEEKLY: Final = (
    *("overview", "stories", "critical", "owing", "foreign", "effects", "official", "proposals", "limits", "method"),
    "appendix",
)
# Of a period without an article: there is nothing to tell, only why.
SILENT: Final = ("silence", "owing", "effects", "proposals", "limits", "method")
APPENDIX: Final = "appendix"
PROPOSALS: Final = "proposals"
PLAN: Final = "KẾT QUẢ THỰC HIỆN NHIỆM VỤ CỦA KẾ HOẠCH"
# Of every section that a report of some period has.
HEADINGS: Final[Mapping[str, str]] = {
    **{name: part.heading for name, part in PARTS.items()},
    "merger": then_and_now.HEADING,
    "plan": PLAN,
}
_SAME: Final[Mapping[str, str]] = {"overview": "silence", "silence": "overview"}
NUMERALS: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")


def sections(found: Weekly, say: Teller, names: Sequence[str] = WEEKLY) -> tuple[Section, ...]:
    """These parts of a report, told."""
    chosen = names if found.overview.articles.count else [each for each in SILENT if each == "silence" or each in names]
    return tuple(Section(name, PARTS[name].heading, tuple(PARTS[name].blocks(found, say))) for name in chosen)


def body(
    told: Sequence[Section], closing: str, written: Mapping[str, Sequence[str]] | None = None
) -> tuple[Block, ...]:
    """Numbered, what people wrote before what the machine says; without the appendix. A section of neither is left
    out.
    """
    whole, made = roomy(told), list[Block]()
    own = {each.name: tuple(_own(each, written or {}, whole)) for each in whole}
    shown = [each for each in whole if each.name != APPENDIX and (each.blocks or own[each.name])]
    for numeral, section in zip(NUMERALS, shown, strict=False):
        made.append(Heading(f"{numeral}. {section.heading}"))
        made += own[section.name]
        made += section.blocks
    # On the page of the signature, which may not stand alone.
    return (*made, Paragraph(words(closing), keep=True))


# -- what people wrote


def roomy(told: Sequence[Section]) -> tuple[Section, ...]:
    """With a section for people's own, where paragraphs go whose section is not there any more."""
    if any(each.name == PROPOSALS for each in told):
        return tuple(told)
    return (*told, Section(PROPOSALS, HEADINGS[PROPOSALS], ()))


def home(section: str, told: Sequence[Section]) -> str:
    """Where a paragraph of this section stands: a report that is made anew may have other sections than the one that
    it was written in.
    """
    there = {each.name for each in told} - {APPENDIX}
    return next((name for name in (section, _SAME.get(section, section)) if name in there), PROPOSALS)


def moved(section: str, told: Sequence[Section]) -> str:
    """The heading below which a paragraph was written, where it does not stand there any more; else empty."""
    stands = home(section, told)
    return "" if stands in (section, _SAME.get(section, section)) else HEADINGS.get(section, section)


def _own(section: Section, written: Mapping[str, Sequence[str]], told: Sequence[Section]) -> Iterable[Paragraph]:
    """The section's own first, then those that came from elsewhere."""
    for name in sorted(written, key=lambda each: each != section.name):
        if not written[name] or home(name, told) != section.name:
            continue
        if heading := moved(name, told):
            yield Paragraph(words(Span(f"Viết ở mục “{heading}”, mục này nay không còn trong báo cáo:", italic=True)))
        yield from paragraphs(written[name])


def paragraphs(texts: Iterable[str]) -> Iterable[Paragraph]:
    """A text of several lines is as many paragraphs."""
    return (Paragraph(words(line)) for text in texts for line in text.split("\n") if line.strip())


def appendix(told: Sequence[Section]) -> tuple[Block, ...]:
    return next((each.blocks for each in told if each.name == APPENDIX), ())
