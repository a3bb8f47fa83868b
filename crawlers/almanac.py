"""What dates are written with: names of months, eras, names of zones.

The months are of the languages that are not left to dateparser, as papers write them: in full and short.
"""

from __future__ import annotations

from typing import Final

_NAMES = (
    # Thai, in full and short
    "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม",
    "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.",
    "มค กพ มีค เมย พค มิย กค สค กย ตค พย ธค",
    # Lao
    "ມັງກອນ ກຸມພາ ມີນາ ເມສາ ພຶດສະພາ ມິຖຸນາ ກໍລະກົດ ສິງຫາ ກັນຍາ ຕຸລາ ພະຈິກ ທັນວາ",
    # Khmer, with the two spellings of February
    "មករា កុម្ភៈ មីនា មេសា ឧសភា មិថុនា កក្កដា សីហា កញ្ញា តុលា វិច្ឆិកា ធ្នូ",
    "មករា កុម្ភះ មិនា មេសា ឧសភា មិថុនា កក្តដា សីហា កញ្ញា តុលា វិច្ឆិកា ធ្នូ",
    # Russian, of a day, by itself and short
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "янв фев мар апр мая июн июл авг сен окт ноя дек",
    "янв. февр. мар. апр. мая июн. июл. авг. сент. окт. нояб. дек.",
)
MONTHS: Final = {name: number for names in _NAMES for number, name in enumerate(names.split(), 1)}

ENGLISH = {
    name: n
    for n, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}
VIETNAMESE = {
    name: n
    for n, name in enumerate(
        ("một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai"), 1
    )
} | {"giêng": 1, "chạp": 12, "mười hai": 12}

# The year before the first of an era: 平成31年 is 2019. 民國 is Taiwan's count.
ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}

# Hours east of Greenwich, for the names that RFC 822 and the outlets of the catalogue use.
ZONES = {
    **dict.fromkeys(("UT", "UTC", "GMT", "Z", "WET"), 0.0),
    "EST": -5.0,
    "EDT": -4.0,
    "CST": -6.0,
    "CDT": -5.0,
    "MST": -7.0,
    "MDT": -6.0,
    "PST": -8.0,
    "PDT": -7.0,
    "BST": 1.0,
    "CET": 1.0,
    "CEST": 2.0,
    "EET": 2.0,
    "EEST": 3.0,
    "MSK": 3.0,
    "IST": 5.5,
    "ICT": 7.0,
    "WIB": 7.0,
    "WITA": 8.0,
    "WIT": 9.0,
    "HKT": 8.0,
    "SGT": 8.0,
    "MYT": 8.0,
    "PHT": 8.0,
    "JST": 9.0,
    "KST": 9.0,
    "AEST": 10.0,
    "AEDT": 11.0,
    "NZST": 12.0,
    "NZDT": 13.0,
}
