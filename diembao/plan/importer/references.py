"""Documents of the law and of the authorities that a text names."""

from __future__ import annotations

import re

_KINDS = (
    r"(?:Nghị quyết|Nghị định|Quyết định|Chỉ thị|Kết luận|Kế hoạch|Thông tư(?: liên tịch)?|Công văn|Văn bản|Quy chế"
    r"|Quy định|Chương trình|Đề án|Tờ trình|Thông báo|Hướng dẫn|Luật|Công điện|Pháp lệnh)"
)
_NUMBERED = re.compile(
    rf"(?P<kind>{_KINDS})\s+(?:số\s+)?(?P<number>[0-9]+(?:/[0-9]{{4}})?(?:/|-)[A-ZĐ][0-9A-ZĐa-zđ]*(?:[-/][0-9A-ZĐa-zđ]+)*)"
    r"(?:\s+ngày\s+(?P<day>[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}))?"
)


def references(text: str) -> tuple[str, ...]:
    """Each document once, in the order in which it is named.

    >>> references("theo Nghị định số 152/2020/NĐ-CP ngày 30/12/2020 của Chính phủ")
    ('Nghị định 152/2020/NĐ-CP (30/12/2020)',)
    """
    found: dict[tuple[str, str], str] = {}
    for one in _NUMBERED.finditer(text):
        key = one["kind"].lower(), one["number"].upper()
        day = f" ({one['day']})" if one["day"] else ""
        if day or key not in found:
            found[key] = f"{one['kind']} {one['number']}{day}"
    return tuple(found.values())
