"""What the record says beside the coverage: units that owe answers, the effect of answers, and every article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from diembao.paper import forms
from diembao.paper.letter import Block, Paragraph, Span, Table, Words, words
from diembao.reports.effects import EffectTold
from diembao.reports.telling import Teller, mark
from diembao.reports.weekly import STANCES, Weekly
from diembao.response.effect import LEAST, Ratio
from diembao.response.owing import Owed, UnitOwing, hours

# Requests that are told one by one; rows of an appendix: three hundred pages, and as many as a program opens well.
TOLD: Final = 20
ROWS: Final = 6_000


def owing(found: Weekly, say: Teller) -> Iterator[Block]:
    its = found.owing
    if not its.units:
        yield Paragraph(words(f"Trong {say.span} không có yêu cầu nào gửi các đơn vị ", mark(its.asked), "."))
        return
    said = words(*say.briefly(its.asked), "; chưa trả lời: ", *say.briefly(its.open), "; trong đó đã trễ hạn: ")
    yield Paragraph(words("Yêu cầu gửi các đơn vị: ", *said, *say.briefly(its.late), "."))
    rows = tuple(_unit(unit, mark(figure)) for unit, figure in its.units)
    head = (
        "Đơn vị",
        "Hỏi trong kỳ",
        "Còn nợ",
        "Trễ hạn",
        "Chờ lâu nhất (giờ)",
        "Đã trả lời",
        "Trả lời trễ",
        "Mã",
    )
    widths = (5.2, 1.6, 1.4, 1.4, 2.2, 1.7, 1.7, 1.3)
    yield Table(say.caption("Đơn vị chưa trả lời hoặc trả lời trễ"), head, rows, widths, "lrrrrrrc")
    late = [(unit, owed) for unit, _ in its.units for owed in unit.open]
    for unit, owed in late[:TOLD]:
        yield Paragraph(words(_owed(unit, owed, say)), listed=True)
    if len(late) > TOLD:
        yield Paragraph(words(f"Còn {forms.number(len(late) - TOLD)} yêu cầu nữa ", mark(its.open), "."))


def _unit(each: UnitOwing, code: Span) -> tuple[Words, ...]:
    counts = (each.asked, len(each.open), each.late)
    rest = (hours(each.waited), *map(forms.number, (each.answered, each.answered_late)))
    return (*(words(cell) for cell in (each.name, *map(forms.number, counts), *rest)), words(code))


def _owed(unit: UnitOwing, owed: Owed, say: Teller) -> str:
    each, zone = owed.request, say.period.zone
    due = f", hạn {forms.moment(each.due_at, zone)}" if each.due_at else ""
    late = f", trễ {hours(owed.late_by)} giờ làm việc" if owed.late_by else ""
    reminded = f", đã nhắc {each.reminders} lần" if each.reminders else ""
    asked = f"hỏi {forms.moment(each.asked_at, zone)}"
    return f"{unit.name}: {each.case}, {asked}{due}{late}{reminded}. Nội dung hỏi: {say.plain(each.question)}"


# -- the effect of answers


def effects(found: Weekly, say: Teller) -> Iterator[Block]:
    if not found.effects:
        yield Paragraph(words("Chưa có trả lời nào phát hành trong bốn tuần gần đây để so sánh."))
        return
    said = (
        "Số văn bản khác nhau trước và sau khi trả lời, hai khoảng dài như nhau; trong ngoặc là khoảng tin cậy 95% của"
        f" tỷ số. Dưới {LEAST} văn bản thì chưa đủ để nói. Đây là so sánh, không phải nguyên nhân."
    )
    yield Paragraph(words(said))
    head = (
        "Vụ việc",
        "Trả lời",
        "Số ngày",
        "Trước",
        "Sau",
        "Tỷ số",
        "Phê phán trước, sau",
        "Đính chính sau",
        "Mã",
    )
    widths = (4.6, 2.2, 1.2, 1.3, 1.3, 2.4, 2.0, 1.6, 1.3)
    rows = tuple(_effect(each, say) for each in found.effects)
    yield Table(say.caption("Báo chí trước và sau khi trả lời"), head, rows, widths, "lcrrrcccc")


def _effect(each: EffectTold, say: Teller) -> tuple[Words, ...]:
    its = each.effect
    cells = (
        f"{each.case.number}: {say.plain(each.case.details.title)}",
        forms.moment(its.issued_at, say.period.zone),
        forms.number(its.days),
        forms.number(its.before.texts),
        forms.number(its.after.texts),
        _ratio(its.coverage),
        f"{forms.number(its.before.critical)}, {forms.number(its.after.critical)}",
        forms.number(its.after.corrections),
    )
    return (*(words(cell) for cell in cells), words(mark(each.figure)))


def _ratio(found: Ratio | None) -> str:
    if found is None:
        return "chưa đủ để nói"
    ratio = "–" if found.ratio is None else forms.number(found.ratio, 2)
    high = "∞" if found.high is None else forms.number(found.high, 2)
    return f"{ratio} ({forms.number(found.low, 2)}–{high})"


# -- every article


def appendix(found: Weekly, say: Teller) -> Iterator[Block]:
    """All of the period, in the order of time."""
    shown = found.items[:ROWS]
    rows = tuple(
        (
            words(forms.number(n)),
            words(say.title(item), *say.in_own_words(item)),
            words(f"{say.outlet(item.article.outlet)}, {say.dated(item)}"),
            words(STANCES.get(say.stance(item), "chưa xét")),
        )
        for n, item in enumerate(shown, 1)
    )
    caption = f"Danh sách bài {say.span} này"
    yield Paragraph(words("Toàn bộ số bài: ", *say.briefly(found.overview.articles), ", theo giờ đăng."))
    yield Table(caption, ("TT", "Bài", "Nguồn, giờ đăng", "Thái độ"), rows, (1.2, 8.3, 4.9, 2.1), "rlll", small=True)
    if len(found.items) > ROWS:
        rest = f"Phụ lục in {forms.number(ROWS)} bài đầu; cả {forms.number(len(found.items))} bài ở tệp số liệu, mã "
        yield Paragraph(words(rest, mark(found.overview.articles), "."))
