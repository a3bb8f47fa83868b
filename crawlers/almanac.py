"""What dates are written with: months in Vietnamese words, eras, names of zones (months: `core.months`)."""

from __future__ import annotations

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
