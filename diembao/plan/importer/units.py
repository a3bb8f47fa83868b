"""Names of units in a plan: a list in a cell taken apart, and who a sentence of duties speaks to."""

from __future__ import annotations

import re

# What a unit's name begins with. Capitals count: "Ban Dân tộc" is a unit, "ban" in "Các sở, ban, ngành" is not.
_HEAD = (
    r"(?:[Cc]ác [Ss]ở|[Cc]ác (?:cơ quan|đơn vị|địa phương|ban|bộ|ngành|hội|đoàn thể|doanh nghiệp|huyện|xã)"
    r"|Sở|UBND|Ủy ban|Uỷ ban|HĐND"
    r"|Ban|Bộ|Công an|Văn phòng|VP|Đài|Báo|báo chí|Hội|Trung tâm|TT|Cổng|Cục|Chi cục|Thanh tra|Tòa|Viện|Kho bạc"
    r"|Mặt trận|MTTQ|Tỉnh đoàn|Tỉnh ủy|Thành ủy|Thành đoàn|Liên đoàn|Liên hiệp|Liên minh|Hiệp hội|Trường|Đại học"
    r"|Ngân hàng|Bảo hiểm|Hải quan|Thuế|Tổng công ty|Công ty|Cơ quan|Tạp chí|Thông tấn|Đoàn|Ngành|Tổ)"
)
_APART = re.compile(rf"\s*;\s*|\s*,\s*(?:và\s+)?(?={_HEAD}\b)|\s+(?:và\s+)+(?={_HEAD}\b)|\s*\n\s*")
_BRACKETS = re.compile(r"\s*\([^()]*\)")
# Words between names, where the plan says in a sentence who works with whom.
_WITH = re.compile(
    r"\s*,?\s*(?:chủ trì|chủ động)?\s*,?\s*(?:và\s+)?phối hợp(?: chặt chẽ| thực hiện)? (?:với|cùng)(?: các)?(?= )\s*",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\s*,?\s*(?:chủ trì|(?:tổ chức |triển khai )?thực hiện)\s*$", re.IGNORECASE)
_ASKED = re.compile(r"^(?:Giao|Đề nghị|Yêu cầu|Phân công)(?:\s+cho)?\s+(?=\S)")
_ON_GROUND_OF = re.compile(rf"^(?:Căn cứ|Theo|Trên cơ sở|Đối với)\b.*?,\s*(?={_HEAD}\b)")
# The verb with which a duty begins ends the name before it.
_VERBS = (
    r"(?:chủ trì|chủ động|phối hợp|căn cứ|theo dõi|đôn đốc|xây dựng|duy trì|hướng dẫn"
    r"|tham mưu|có trách nhiệm|chịu trách nhiệm|chỉ đạo|tổ chức|thực hiện|triển khai|tăng cường|đẩy mạnh"
    r"|bố trí|thẩm định|cân đối|tổng hợp|báo cáo|định kỳ|thường xuyên|rà soát|bảo đảm"
    r"|đảm bảo|tuyên truyền|cung cấp|quản lý|nghiên cứu|kiểm tra|giám sát|đề xuất|làm đầu mối"
    r"|cụ thể hóa)"
)
_NAME = re.compile(rf"^(?P<name>{_HEAD}\b.*?)\s*(?:[:：]|(?=\s{_VERBS}\b))")
_LONGEST = 260  # characters; names of several units together are shorter, sentences are not


def units_in(cell: str) -> tuple[str, ...]:
    """The units a cell or label lists, in its order and with its letters, each once.

    >>> units_in("Các sở, ban, ngành; UBND các huyện, thị xã, thành phố.")
    ('Các sở, ban, ngành', 'UBND các huyện, thị xã, thành phố')
    """
    text = _WITH.sub("; ", _BRACKETS.sub("", " ".join(cell.split())))
    pieces = (_TAIL.sub("", piece.strip(" .,;:-")).strip(" ,") for piece in _APART.split(text))
    return tuple(dict.fromkeys(piece for piece in pieces if piece))


def addressed(paragraph: str) -> tuple[str, str] | None:
    """Who a paragraph of duties speaks to, and what it asks; None: it names no unit at its beginning."""
    text = _ON_GROUND_OF.sub("", _ASKED.sub("", paragraph.strip()))
    if is_unit(text):
        return text.rstrip(" :."), ""
    found = _NAME.match(text)
    if found is None or len(found["name"]) > _LONGEST:
        return None
    return _BRACKETS.sub("", found["name"]).strip(" ,;"), text[found.end() :].strip(" :")


def is_unit(text: str) -> bool:
    """Whether a line is a name, or several, and nothing else."""
    plain = _BRACKETS.sub("", text).rstrip(" :.")
    if not re.match(rf"{_HEAD}\b", plain) or len(plain) > _LONGEST or re.search(r"[.!?]\s", plain):
        return False
    return not re.search(rf"\s{_VERBS}\b", plain)
