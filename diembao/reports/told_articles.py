"""The articles of a period in words: main stories, what was critical and who answered, the foreign press, edits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from diembao.core.article import Labelled
from diembao.core.case import CaseState
from diembao.core.headlines import is_tied
from diembao.core.names import country_name
from diembao.paper import forms
from diembao.paper.letter import Block, Paragraph, Span, Words, words
from diembao.plan.answers import answers
from diembao.reports.answering import Answer
from diembao.reports.edits import Edit
from diembao.reports.figures import Figure
from diembao.reports.lists import Listed
from diembao.reports.official import OFFICIAL_WORDS
from diembao.reports.stories import Story
from diembao.reports.telling import Below, Teller, mark, nothing
from diembao.reports.weekly import Weekly
from diembao.response.moves import NAMES

# -- stories


def stories(found: Weekly, say: Teller) -> Iterator[Block]:
    if not found.stories:
        yield Paragraph(words("Các bài chưa được gom thành chuyện."))
    for n, story in enumerate(found.stories, 1):
        yield Paragraph(words(f"{n}. ", *_headline(story, say)), keep=True, ragged=True)
        yield Paragraph(words(*_gist(story, say)), ragged=say.foreign(story.headline.item))
        yield Paragraph(words(*_numbers(story, say)))
        yield say.address(story.headline.item)


def _headline(story: Story, say: Teller) -> Iterator[str | Span]:
    """The title that tells it best, with that of the foreign article beside it that it was put to."""
    headline = story.headline
    yield say.title(headline.item, bold=True)
    if headline.item.article.id not in {each.article.id for each in story.leads}:  # whose gists stand below
        yield from say.in_own_words(headline.item)
    if headline.original is not None and is_tied(headline.item, headline.original):
        yield from (" (bản gốc: ", say.title(headline.original), ")")


def _gist(story: Story, say: Teller) -> Iterator[str | Span]:
    """The leads of its own articles, each quoted, with who says it and where."""
    for n, item in enumerate(story.leads):
        told = (*say.lead(item), *say.gist(item))
        if told:
            yield from (" " if n else "", *told, " (", say.sourced(item), ").")


def _numbers(story: Story, say: Teller) -> Iterator[str | Span]:
    figure = story.figure
    yield f"Trong {say.span}: "
    yield from say.briefly(figure)
    if figure.count > 1:
        yield f", {forms.number(story.texts)} văn bản khác nhau" if story.texts else ", đều là bài đăng lại"
    last = "" if figure.last is None else f"{say.span} trước: {forms.number(figure.last)} bài; "
    yield f" ({last}từ đầu: {_whole(story)}). "
    yield f"Nguồn: {say.outlets(story.items)}. Thái độ: {say.stances(story.items)}."
    if named := say.themes(story.items):
        yield f" Chủ đề: {named}."


def _whole(story: Story) -> str:
    texts = f", {forms.number(story.whole_texts)} văn bản khác nhau" if story.whole > 1 else ""
    return f"{forms.number(story.whole)} bài{texts}"


# -- what was critical, and who answered


def critical(found: Weekly, say: Teller) -> Iterator[Block]:
    o = found.overview
    if not o.critical.count:
        said = "Không có bài nào được gợi ý hay xác định là phê phán "
        yield Paragraph(words(said, *_with_mark(o.critical, say)))
        return
    by_person = words("; trong đó do người xác định: ", *say.said(o.by_person), ".")
    yield Paragraph(words(*say.said(o.critical), *by_person))
    yield Paragraph(words(*_answered(found, say)))
    held = found.answering.of
    yield from say.all_told(found.critical, below=lambda item: _answers(held.get(item.article.id, ()), say))


def _answered(found: Weekly, say: Teller) -> Iterator[str | Span]:
    its = found.answering
    told = (
        ("Đã có trả lời", its.answered),
        ("đang xử lý, chưa trả lời", its.in_hand),
        ("đã kết thúc xử lý mà không phát hành trả lời", its.not_to_answer),
        ("chưa mở vụ việc", its.no_case),
    )
    for n, (name, figure) in enumerate(told):
        yield from ("; " if n else "", f"{name}: ", *say.briefly(figure))
    yield "."


def _answers(found: Sequence[Answer], say: Teller) -> Iterator[str]:
    if not found:
        yield "Trả lời: chưa mở vụ việc."
    for each in found:
        yield f"Trả lời: {_answer(each, say)}."


def _answer(each: Answer, say: Teller) -> str:
    case, profile = each.case, say.house.profile
    unit = profile.units.get(case.details.unit)
    in_charge = f"vụ việc {case.number}, {unit.name if unit else case.details.unit} chủ trì"
    if each.issued_at:
        form = answers(say.house.plan_folder, profile).forms.get(each.channel)
        how = "; ".join(x for x in (form.name if form else "", each.speaker) if x)
        return (
            f"đã trả lời lúc {forms.moment(each.issued_at, say.period.zone)}{f' ({how})' if how else ''}; {in_charge}"
        )
    if case.state is CaseState.NO_ANSWER:
        why = f" ({say.plain(case.reason)})" if case.reason else ""
        return f"quyết định không trả lời{why}; {in_charge}"
    late = " (đã trễ hạn)" if case.late(min(say.made, say.period.end)) else ""
    return f"chưa trả lời{late}; {in_charge}, {NAMES[case.state][0]}"


def _with_mark(figure: Figure, say: Teller) -> Words:
    return words(mark(figure), *say.beside(figure), ".")


# -- the foreign press


def foreign(found: Weekly, say: Teller) -> Iterator[Block]:
    o = found.overview
    countries = [(country_name(key, "vi"), x) for key, x in found.countries]
    if not o.foreign.count:
        yield Paragraph(words("Không có bài nào của báo chí nước ngoài ", *_with_mark(o.foreign, say)))
    if countries:
        yield say.table(say.caption("Báo chí nước ngoài, theo nước"), "Nước", countries, o.foreign)
    yield from _by_country(found.foreign, say)


def _by_country(found: Listed, say: Teller) -> Iterator[Block]:
    """The lists of each country together, as its table has them: the largest first."""
    groups: dict[str, list[tuple[Labelled, tuple[Labelled, ...]]]] = {}
    for row in found.rows:
        groups.setdefault(say.country(row[0]), []).append(row)
    number = 0
    for country, rows in sorted(groups.items(), key=lambda each: (-len(each[1]), each[0])):
        yield Paragraph(words(Span(country_name(country, "vi"), bold=True)), keep=True)
        for item, copies in rows:
            number += 1
            yield from say.told(number, item, copies)
    yield from say.rest(found)


# -- official information, corrections, edits


def official(found: Weekly, say: Teller) -> Iterator[Block]:
    said = ", ".join(f"“{each}”" for each in OFFICIAL_WORDS)
    how = f"có một trong các cụm từ {said}"
    yield from _kind("Bài dẫn thông tin chính thức", found.official, how, say, OFFICIAL_WORDS)
    yield from _kind("Bài đính chính", found.corrections, "gợi ý của máy trong từng chuyện", say)
    yield from _kind(
        "Bài được báo sửa sau khi đăng",
        found.revised,
        "so với lần thu được đầu tiên",
        say,
        below=lambda item: _edited(found.edits.get(item.article.id), say),
    )
    yield from _kind("Bài bị báo gỡ", found.withdrawn, "không còn trang ở hai lần xem lại cách nhau", say)


def _kind(
    name: str, found: Listed, how: str, say: Teller, first: Sequence[str] = (), below: Below = nothing
) -> Iterator[Block]:
    said = words(Span(name, bold=True), f" ({how}): ", *say.said(found.figure), ".")
    yield Paragraph(said, keep=bool(found.rows))
    yield from say.all_told(found, first, below)


def _edited(edit: Edit | None, say: Teller) -> Iterator[str | Span]:
    """Sửa lúc 06:10 ngày 20/11/2026: tựa trước là “…”; sửa lời dẫn."""
    if edit is None:
        return
    parts = [name for name, changed in (("lời dẫn", edit.lead), ("nội dung", edit.text)) if changed]
    also = f"sửa {' và '.join(parts)}" if parts else ""
    before = f"tựa trước là “{say.plain(edit.title)}”" if edit.title else ""
    times = f" ({edit.times} lần)" if edit.times > 1 else ""
    what = "; ".join(each for each in (before, also) if each)
    yield f"Sửa lúc {forms.moment(edit.at, say.period.zone)}{times}: {what}."
