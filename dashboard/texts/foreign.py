"""Words of *Báo chí nước ngoài*."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "foreign": ("Báo chí nước ngoài", "Press abroad"),
    "foreign.help": (
        (
            "Bài về tỉnh của các nguồn ở nước khác, theo nước và theo ngôn ngữ. Thái độ là gợi ý của máy;"
            " tóm tắt do mô hình viết thì ghi rõ đã có người duyệt hay chưa."
        ),
        (
            "Coverage of the province by outlets of other countries, by country and language. Stance is a suggestion of"
            " the machine's; a gist that a model wrote says whether a person accepted it."
        ),
    ),
    "foreign.by": ("Nhóm theo", "Group by"),
    "foreign.by.country": ("Nước", "Country"),
    "foreign.by.language": ("Ngôn ngữ", "Language"),
    "foreign.by.time": ("Thời gian", "Time"),
    "foreign.total": (
        "{n} bài, {texts} văn bản khác nhau, {outlets} nguồn",
        "Articles: {n}, texts: {texts}, outlets: {outlets}",
    ),
    "foreign.before": ("Kỳ liền trước, dài bằng kỳ này: {n} bài.", "In the time just before, as long: {n}."),
    "foreign.none": (
        (
            "Không có bài nào của báo chí nước ngoài khớp. Chọn khoảng thời gian dài hơn, bỏ bớt bộ lọc,"
            " hoặc xem trang Nguồn tin đang đọc những nguồn nào."
        ),
        (
            "Nothing from abroad matches. Choose a longer period, remove a filter, or see in Sources which outlets are"
            " read."
        ),
    ),
    "foreign.group": ("{name} · {n} bài", "{name} · {n}"),
    "foreign.was": ("kỳ trước {n}", "{n} before"),
    "foreign.outlets": ("{n} nguồn", "outlets: {n}"),
    "foreign.all": ("Xem cả {n} bài", "See all {n}"),
    "foreign.more": (
        "Còn {n} nhóm nhỏ hơn, ở bảng dưới; chọn trong bộ lọc để xem bài.",
        "Smaller groups in the table below: {n}; choose them in the filters to read.",
    ),
    "foreign.table": ("Bảng số liệu", "Table"),
    "foreign.articles": ("Bài", "Articles"),
    "foreign.then": ("Kỳ trước", "Before"),
    "foreign.sources": ("Nguồn", "Outlets"),
    "foreign.gists": (
        "Tóm tắt của các bài dưới đây: {accepted} đã có người duyệt, {machine} máy viết, chưa ai duyệt.",
        "Gists of the articles below: {accepted} accepted by a person, {machine} a machine's alone.",
    ),
    "foreign.told": ("Máy dịch: {text}", "Told by the machine: {text}"),
    "foreign.told_accepted": ("Dịch: {text}", "Told: {text}"),
    "foreign.case": ("Vụ việc {number}: {title}", "Case {number}: {title}"),
    "foreign.stream": ("Mở trên Dòng tin", "Open in the stream"),
    "foreign.export": ("Tải {kind}", "Download {kind}"),
}
