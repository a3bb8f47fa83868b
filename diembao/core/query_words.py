"""The words of the query language, in Vietnamese and English: fields, values, operators.

A person may write any of them with or without marks, capitals and underscores: chủ_đề, chủđề, chu_de, CHUDE.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Final

from diembao.core.text import fold

# Fields of `core.document.FIELDS`; the first name is the one `unparse` writes.
NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("id", "mã"),
    "text": ("text", "toàn_văn", "nội_dung", "bài"),
    "title": ("title", "tiêu_đề", "tít"),
    "outlet": ("outlet", "báo", "nguồn", "source"),
    "country": ("country", "nước", "quốc_gia"),
    "language": ("language", "ngôn_ngữ", "tiếng", "lang"),
    "relevance": ("relevance", "liên_quan"),
    "place": ("place", "nơi", "địa_bàn", "tỉnh", "about"),
    "theme": ("theme", "chủ_đề"),
    "stance": ("stance", "thái_độ"),
    "story": ("story", "chuyện"),
    "role": ("role", "vai", "vai_trò"),
    "published": ("published", "đăng"),
    "seen": ("seen", "thấy"),
}
# Short ways to say a range of `published`.
SINCE, UNTIL, DAY = "since", "until", "day"
RANGES: Final[Mapping[str, tuple[str, ...]]] = {
    SINCE: ("từ", "từ_ngày", "from", "since"),
    UNTIL: ("đến", "đến_ngày", "to", "until"),
    DAY: ("ngày", "day", "date"),
}
# Names of more than one value: the themes of a unit or of a task of the plan, a whole query. `vocabulary` knows them.
UNIT, TASK, SAVED = "unit", "task", "saved"
NAMED: Final[Mapping[str, tuple[str, ...]]] = {
    UNIT: ("unit", "đơn_vị"),
    TASK: ("task", "nhiệm_vụ"),
    SAVED: ("saved", "lưu", "câu_lưu"),
}
# Keyword fields whose values are known; any other value of them is a slip of the pen.
VALUES: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "relevance": {"yes": ("yes", "có"), "part": ("part", "một_phần"), "no": ("no", "không")},
    "stance": {
        "positive": ("positive", "tích_cực"),
        "neutral": ("neutral", "trung_tính", "trung_lập"),
        "critical": ("critical", "phê_phán", "tiêu_cực"),
        "abstain": ("abstain", "chưa_rõ", "không_rõ"),
    },
    "role": {
        "original": ("original", "gốc", "bài_gốc"),
        "copy": ("copy", "bản_sao", "đăng_lại"),
        "follow-up": ("follow-up", "tiếp_theo", "diễn_biến"),
        "correction": ("correction", "đính_chính", "cải_chính"),
    },
}
# Keyword fields that hold codes; the names of these are understood, other codes pass.
CODES: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "language": {
        "vi": ("vi", "việt", "vietnamese"),
        "lo": ("lo", "lào", "lao"),
        "km": ("km", "khmer"),
        "th": ("th", "thái", "thai"),
        "zh": ("zh", "trung", "hoa", "chinese"),
        "zh-Hans": ("zh-hans", "giản_thể"),
        "zh-Hant": ("zh-hant", "phồn_thể"),
        "ja": ("ja", "nhật", "japanese"),
        "ko": ("ko", "hàn", "korean"),
        "en": ("en", "anh", "english"),
        "fr": ("fr", "pháp", "french"),
        "ru": ("ru", "nga", "russian"),
    },
    "country": {
        "VN": ("vn", "việt_nam", "vietnam"),
        "LA": ("la", "lào", "laos"),
        "KH": ("kh", "campuchia", "cambodia"),
        "TH": ("th", "thái_lan", "thailand"),
        "CN": ("cn", "trung_quốc", "china"),
        "TW": ("tw", "đài_loan", "taiwan"),
        "JP": ("jp", "nhật_bản", "japan"),
        "KR": ("kr", "hàn_quốc", "korea"),
        "US": ("us", "mỹ", "hoa_kỳ", "usa"),
        "GB": ("gb", "anh", "uk"),
        "FR": ("fr", "pháp", "france"),
        "RU": ("ru", "nga", "russia"),
    },
}
# Keyword fields whose values are ids of ours: small letters, digits and hyphens.
_SLUGS: Final = frozenset({"outlet", "theme", "place"})
AND, OR, NOT = "AND", "OR", "NOT"
# Capitals only: "và", "hoặc" and "không" in small letters are words like any other.
OPERATORS: Final[Mapping[str, str]] = {"AND": AND, "VÀ": AND, "OR": OR, "HOẶC": OR, "NOT": NOT, "KHÔNG": NOT}


def bare(word: str) -> str:
    """A word of the language without what may be left out."""
    return fold(word).replace("_", "").replace("-", "").replace(" ", "")


def _lookup(names: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {bare(way): name for name, ways in names.items() for way in ways}


_FIELDS: Final = _lookup({**NAMES, **RANGES, **NAMED})
_VALUES: Final = {field: _lookup(values) for field, values in VALUES.items()}
_CODES: Final = {field: _lookup(values) for field, values in CODES.items()}


def field_of(name: str) -> str | None:
    """The field (or one of `RANGES` and `NAMED`) that a typed name means."""
    return _FIELDS.get(bare(name))


def values_for(field: str, typed: str, *, quoted: bool = False) -> tuple[str, ...]:
    """The values of a keyword field that a typed one means; none where the field has no such value.

    Ids of outlets, themes and places are written like gia-lai: "Gia Lai" and gia_lai mean that. Quotes around a value
    without spaces take it as it stands.
    """
    if field in _VALUES:
        known = _VALUES[field].get(bare(typed))
        return (known,) if known else ()
    if quoted and " " not in typed:
        return (typed,)
    if field in _CODES:
        code = _CODES[field].get(bare(typed)) or (typed.upper() if field == "country" else typed)
        return ("zh", "zh-Hans", "zh-Hant") if (field, code) == ("language", "zh") else (code,)
    if field in _SLUGS:
        return ("-".join(fold(typed).replace("_", " ").split()),)
    return (typed,)


def values_of(field: str) -> str:
    """What may be typed for a field with known values, for a message."""
    return ", ".join(f"{ways[1]} ({value})" for value, ways in VALUES[field].items())


def nearest_field(name: str) -> str:
    """The known name that looks most like a mistyped one; the fields' own names where none does."""
    ways = {bare(way): way for way in _ways()}
    near = get_close_matches(bare(name), ways, n=1, cutoff=0.7)  # below, the likeness is chance
    return f"{ways[near[0]]}:" if near else "title:, outlet:, theme:, stance:, từ:, đến:"


def _ways() -> Iterable[str]:
    for names in (NAMES, RANGES, NAMED):
        for ways in names.values():
            yield from ways
