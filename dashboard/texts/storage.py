"""Words of *Lưu trữ* on *Quản trị*."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "storage": ("Dung lượng", "Storage"),
    "storage.tab": ("Lưu trữ", "Storage"),
    "storage.help": (
        "Đo kho, chỉ mục, tệp; xem trước những gì hết hạn lưu. Đo đọc cả kho, có thể mất một phút.",
        "Measure record, index and files; see what is past its time. It reads the whole record and may take a minute.",
    ),
    "storage.measure": ("Đo", "Measure"),
    "storage.measuring": ("Đang đo…", "Measuring…"),
    "storage.what": ("Gì", "What"),
    "storage.size": ("Dung lượng", "Size"),
    "storage.record": ("Kho dữ liệu", "The record"),
    "storage.evidence": ("trong đó: trang gốc và tệp của vụ việc", "of it: pages as received, files of cases"),
    "storage.index": ("Chỉ mục tìm kiếm (bản sao, làm lại được)", "Searchable copy (can be made again)"),
    "storage.vectors": ("Vectơ (bản sao, làm lại được)", "Vectors (can be made again)"),
    "storage.files": ("Tệp của cơ quan: hồ sơ, mẫu, mô hình, khóa", "Files: profiles, templates, models, keys"),
    "storage.free": ("Đĩa còn trống", "Free on the disk"),
    "storage.of": ("{size} trên {of}", "{size} of {of}"),
    "storage.server": ("ở máy chủ tìm kiếm", "on the search server"),
    "storage.pages": ("{n} tệp, {size}", "{n} files, {size}"),
    "storage.part": (
        "Kho không nhỏ lại khi bỏ trang cũ: chỗ trống bên trong được dùng lại.",
        "The record does not shrink when old pages go: the room inside is used again.",
    ),
    "storage.growth": ("Tăng theo tháng", "Growth by month"),
    "storage.month": ("Tháng", "Month"),
    "storage.articles": ("Bài mới", "New articles"),
    "storage.page_bytes": ("Trang gốc", "Pages as received"),
    "storage.retention": ("Hết hạn lưu (xem trước, chưa bỏ gì)", "Past their time (nothing is dropped)"),
    "storage.kind.pages": ("Trang của bài về tỉnh", "Pages of articles about the province"),
    "storage.kind.other-pages": ("Trang của bài không về tỉnh", "Pages of articles about none"),
    "storage.kind.aside": ("Mục cách ly đã bỏ", "Dropped from quarantine"),
    "storage.after": ("Hạn", "Limit"),
    "storage.days": ("{n} ngày", "{n} days"),
    "storage.would_go": ("Sẽ bỏ", "Would go"),
    "storage.needed": ("Quá hạn nhưng được viện dẫn", "Past it, but cited"),
    "storage.automatic": (
        "Máy tự bỏ mỗi ngày (retention.automatic). Chữ của bài, mã SHA-256 và chứng cứ của vụ việc giữ nguyên.",
        "They go by themselves every day (retention.automatic). Words, digests and evidence of cases stay.",
    ),
    "storage.by_hand": (
        "Chỉ bỏ khi có người chạy lệnh này. Chữ của bài, mã SHA-256 và chứng cứ của vụ việc giữ nguyên.",
        "They go only when somebody runs this. Words, digests and evidence of cases stay.",
    ),
    "backup": ("Sao lưu", "Backup"),
    "backup.never": (
        "Chưa sao lưu lần nào. Nếu đĩa hỏng bây giờ thì mất tất cả.",
        "No backup was ever made. If the disk dies now, all is lost.",
    ),
    "backup.last": ("Lần cuối: {time} ({ago}), thư mục {folder}.", "The last: {time} ({ago}), folder {folder}."),
    "backup.size": ("{size}.", "{size}."),
    "backup.with_keys": ("Có cả khóa riêng của cơ quan.", "The private keys are in it."),
    "backup.without_keys": ("Không có khóa riêng: giữ thư mục keys/ ở nơi khác.", "Without keys/: keep those apart."),
    "backup.unchecked": (
        "Bản này chưa được kiểm tra (hoặc kiểm tra mà không ghi lại).",
        "It has not been checked (or the check was not noted).",
    ),
    "backup.checked": ("Đã kiểm tra lúc {time}: trọn vẹn.", "Checked at {time}: whole."),
    "backup.damaged": (
        "Kiểm tra lúc {time}: {n} chỗ hỏng, không dùng được. Sao lưu lại ngay.",
        "Checked at {time}: {n} problems, it cannot be used. Make another at once.",
    ),
    "backup.lost": (
        "Nếu đĩa hỏng bây giờ, bản ấy thiếu: {articles} bài, {labels} nhãn do người sửa, {acts} việc ở vụ việc.",
        "If the disk dies now, that backup lacks {articles} articles, {labels} labels by people, {acts} acts on cases.",
    ),
    "backup.nothing_lost": (
        "Từ bản ấy đến nay chưa có gì mới để mất.",
        "Nothing has come since that could be lost.",
    ),
    "backup.how": (
        "Sao lưu bằng lệnh, mỗi đêm, sang đĩa khác; máy vẫn chạy trong lúc đó. Rồi kiểm tra và ghi lại:",
        "Backups are made by a command, every night, to another disk, while everything runs. Then check and note it:",
    ),
    "audit.did.backup.make": ("sao lưu", "backup made"),
    "audit.did.backup.verify": ("kiểm tra bản sao lưu", "backup checked"),
    "audit.did.backup.restore": ("khôi phục từ bản sao lưu", "restored from a backup"),
    "audit.did.retention.drop": ("bỏ trang hết hạn lưu", "pages past their time dropped"),
}
