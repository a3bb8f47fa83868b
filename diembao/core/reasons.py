"""The ledger's reasons in words; one that is not known here is shown as it stands in the books."""

from __future__ import annotations

import re
from typing import Final

from diembao.core.names import LANGUAGES

REASONS: Final[dict[str, tuple[str, str]]] = {
    "status": ("máy chủ trả lỗi {rest}", "the server answers with error {rest}"),
    "timeout": ("quá giờ chờ", "no answer in time"),
    "slow": ("trả lời quá chậm", "the answer is too slow"),
    "unreachable": ("không kết nối được", "cannot be reached"),
    "certificate": ("chứng thư không hợp lệ", "the certificate is not valid"),
    "dns": ("không tìm thấy tên miền", "the name is not found"),
    "address": ("địa chỉ không được phép đọc", "the address may not be read"),
    "redirect": ("chuyển hướng quá nhiều hoặc sai chỗ", "too many redirects, or to a wrong place"),
    "size": ("quá lớn", "too large"),
    "type": ("không phải trang chữ", "not a page of text"),
    "empty": ("trả về trang trống", "the answer is empty"),
    "robots": ("robots.txt không cho đọc", "robots.txt does not allow it"),
    "resting": ("máy chủ xin nghỉ, sẽ thử lại", "the server asked for a pause"),
    "busy": ("một tiến trình khác đang đọc máy chủ này", "another process is at this host"),
    "budget": ("đã đủ số lượt trong ngày", "the requests of today are used up"),
    "podcast": ("bản tin âm thanh", "a podcast"),
    "no articles": ("không thấy bài nào trên trang danh mục", "no article on the listing page"),
    "no feed": ("không phải RSS", "not a feed"),
    "entities": ("RSS có khai báo lạ, không đọc vì an toàn", "the feed declares entities, and is not read"),
    "not asked for": ("chưa đọc các trang sau", "further pages are not read yet"),
    "elsewhere": ("dẫn tới nơi ngoài danh mục nguồn tin", "it leads outside of the catalogue"),
    "film": ("là phim, không có chữ để đọc", "a film, with nothing to read"),
    "stopped": ("lượt đọc bị dừng giữa chừng", "the run was told to end"),
    "time limit": ("hết giờ của lượt đọc", "the time of the run was over"),
    "gave up": ("đã thử nhiều lần không được", "given up after several tries"),
}

_WORD: Final = re.compile(r"(no feed|no articles|not asked for|time limit|gave up|[a-z]+)[-: ]*(\d*)")


def reason(written: str, language: str) -> str:
    """``status-503`` → "máy chủ trả lỗi 503"."""
    found = _WORD.match(written)
    if found is None or found[1] not in REASONS:
        return written
    return REASONS[found[1]][LANGUAGES.index(language)].format(rest=found[2]).strip()
