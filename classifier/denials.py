"""Words by which coverage says that a claim is not so, in our languages: who reports a denial does not say the claim
again. Words of denying only, never plain negations: "without warning" is part of many claims.
"""

from __future__ import annotations

import re
from typing import Final

_WORDS: Final = {
    "vi": "bác bỏ|bác tin|bác thông tin|phủ nhận|cải chính|đính chính|bịa đặt|tin giả|tin đồn|thất thiệt|"
    "khẳng định (?:rằng |là )?không|không có (?:chuyện|việc)|không đúng sự thật|sai sự thật|"
    "là không (?:đúng|chính xác)|không phát hiện|không ghi nhận",
    "en": r"den(?:y|ies|ied|ying|ial)\b|reject(?:s|ed)? (?:\w+ ){0,6}false|"
    r"(?:was|is|were|are|as) (?:not true|untrue|false)|\bdebunk|\brefut|\brumou?rs?\b|no evidence|"
    r"\bstays? open|\bremains? open|no truth",
    "fr": "dément|démenti|infirm(?:e|ent|é)|fausses? (?:rumeur|information|nouvelle)|sont faux|est fau(?:x|sse)",
    "ru": r"опроверг|опровержен|не соответству\w+ действительности|неправд|"
    r"ложн\w+ (?:слух|сведени|информаци)|отрица[ею]",
    "zh": "否认|否認|不实|不實|谣言|謠言|辟谣|闢謠|并无此事",
    "ja": "事実ではない|事実無根|否定した|デマ",
    "ko": "부인했|부인하|사실이 아니|사실무근|허위",
    "th": "ปฏิเสธ|ไม่เป็นความจริง|ข่าวปลอม|ข่าวลือ|ปลอม",
    "lo": "ປະຕິເສດ|ບໍ່ເປັນຄວາມຈິງ|ຂ່າວປອມ|ຂ່າວລື",
    "km": "បដិសេធ|មិនពិត|ក្លែងក្លាយ|ពាក្យចចាមអារ៉ាម",
}
_DENIES: Final = re.compile("|".join(_WORDS.values()), re.IGNORECASE)


def denies(text: str) -> str:
    """The first such words; empty where there are none. The text is NFC."""
    found = _DENIES.search(text)
    return found[0] if found else ""
