"""What the figures of a report do not say, and how they were made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from diembao.core.reasons import reason
from diembao.core.text import snippet
from diembao.paper import forms
from diembao.paper.letter import Block, Paragraph, words
from diembao.paper.scripts import printable
from diembao.reports.sources import QUARANTINE, Quiet
from diembao.reports.telling import Teller
from diembao.reports.weekly import Weekly

_NAMED: Final = 15  # outlets of one list that are named
_REASON: Final = 80  # characters of what went wrong


def limits(found: Weekly, say: Teller) -> Iterator[Block]:
    s, zone = found.sources, found.period.zone
    yield _item(
        f"Danh mục có {forms.number(s.listed)} nguồn; đọc được đến cuối {say.span}: {forms.number(s.read)} nguồn."
    )
    if s.run_ended:
        yield _item(f"Lượt thu thập gần nhất xong lúc {forms.moment(s.run_ended, zone)}.")
    else:
        yield _item("Chưa có lượt thu thập nào xong.")
    yield from _quiet("Chưa đọc được lần nào", s.never, zone)
    yield from _quiet("Không đọc được đến cuối kỳ", s.unread, zone)
    yield from _quiet(f"Đọc được nhưng không có bài mới nào trong {say.span}", s.silent, zone)
    if found.undated:
        yield _item(f"{forms.number(found.undated)} bài không rõ giờ đăng, tính theo giờ thu được.")
    if s.quarantined:
        more = "ít nhất " if s.quarantined >= QUARANTINE else ""
        yield _item(f"Nằm ở cách ly, chờ người xem: {more}{forms.number(s.quarantined)} mục tin.")
    if s.unjudged:
        yield _item(f"{forms.number(s.unjudged)} bài trong kho chưa được xét có về tỉnh hay không.")
    if s.behind:
        yield _item(f"Chỉ mục theo sau nhật ký {forms.number(s.behind)} mục: số liệu có thể chưa gồm các thay đổi ấy.")


def _quiet(what: str, found: Sequence[Quiet], zone: str) -> Iterator[Block]:
    if found:
        named = "; ".join(_named(each, zone) for each in found[:_NAMED])
        rest = len(found) - _NAMED
        more = f"; và {forms.number(rest)} nguồn khác" if rest > 0 else ""
        yield _item(f"{what} ({forms.number(len(found))} nguồn): {named}{more}.")


def _named(quiet: Quiet, zone: str) -> str:
    """Báo A (từ 06:10 ngày 20/11/2026; 4 lần lỗi: HTTP 503)."""
    since = f"từ {forms.moment(quiet.since, zone)}" if quiet.since else ""
    why = snippet(printable(reason(quiet.why, "vi")), length=_REASON)
    failed = f"{forms.number(quiet.failures)} lần lỗi liên tiếp{f', {why}' if why else ''}" if quiet.failures else ""
    told = "; ".join(part for part in (since, failed) if part)
    return f"{quiet.name} ({told})" if told else quiet.name


def method(found: Weekly, say: Teller) -> Iterator[Block]:
    own, began = say.house.profile, found.sources.began
    since = f"từ ngày {forms.day(began)}" if began else "chưa có bài nào"
    yield _item(
        f"Thu thập: bài công khai của các nguồn báo chí trong danh mục ({since}); không thu thập tài khoản cá nhân."
        " Bài tính vào ngày đăng theo giờ Việt Nam."
    )
    asked = f"máy xét là về {found.province.called}, hoàn toàn hay một phần, trừ khi người xác định khác"
    yield _item(f"“Bài về tỉnh” là bài mà {asked}.")
    if found.province.id != own.id:
        yield _item(f"Thái độ và chủ đề được xét đối với {own.called}.")
    yield _item(
        "Chủ đề, thái độ và cách gom chuyện là gợi ý của máy; ý kiến của người xác định được giữ và thay gợi ý."
        " “Văn bản khác nhau” không tính bài đăng lại nguyên văn của nguồn khác."
    )
    yield _item(
        f"Mỗi số liệu mang mã [S…]: tệp số liệu kèm theo ghi câu tìm, danh sách bài và số thứ tự nhật ký"
        f" {forms.number(found.as_of)} lúc lập ({forms.moment(found.made, found.period.zone)}), để mở lại và kiểm tra."
    )


def _item(text: str) -> Paragraph:
    return Paragraph(words(text), listed=True)
