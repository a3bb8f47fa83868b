"""The words of the trade that several screens say: stance, relevance, roles, the row of a list."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "row.story": ("{n} bài, {m} văn bản khác nhau", "{n} articles, {m} distinct texts"),
    "row.no_date": ("không rõ giờ đăng, thu được {time}", "no publication time, seen {time}"),
    "quote": ("“{text}”", "“{text}”"),
    "suggest": ("Gợi ý: {what}", "Suggested: {what}"),
    "person": ("{what} (người sửa)", "{what} (corrected)"),
    "relevance": ("Liên quan", "Relevance"),
    "relevance.yes": ("về tỉnh", "about the province"),
    "relevance.part": ("một phần về tỉnh", "partly about it"),
    "relevance.no": ("không về tỉnh", "not about it"),
    "stance": ("Thái độ với tỉnh", "Stance towards the province"),
    "stance.positive": ("tích cực", "positive"),
    "stance.neutral": ("trung tính", "neutral"),
    "stance.critical": ("phê phán", "critical"),
    "stance.abstain": ("chưa rõ", "not clear"),
    "theme": ("Chủ đề", "Themes"),
    "theme.none": ("không chủ đề nào", "none of the themes"),
    "place": ("Địa danh", "Places"),
    "story": ("Chuyện", "Story"),
    "story.number": ("số {id}", "number {id}"),
    "role": ("Vai trong chuyện", "Role in the story"),
    "role.original": ("bài đầu", "original"),
    "role.copy": ("đăng lại", "copy"),
    "role.follow-up": ("bài tiếp", "follow-up"),
    "role.correction": ("bài đính chính", "correction"),
    "extent": ("Phạm vi", "Extent"),
    "extent.stub": ("chỉ có phần đầu", "beginning only"),
    "extent.part": ("thiếu trang", "pages missing"),
    "form": ("Dạng bài", "Form"),
    "form.live": ("tường thuật trực tiếp", "live report"),
    "form.gallery": ("chùm ảnh", "gallery"),
    "form.video": ("video", "video"),
    "language": ("Ngôn ngữ của bài", "Language of the article"),
    "outlet": ("Nguồn", "Outlet"),
    "country": ("Nước", "Country"),
}
