"""What both engines are asked: every operator, every field, ten languages, with and without marks, and bad manners."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from demo.copydesk import pieces
from diembao.core.query_words import CODES, NAMES, VALUES

LANGUAGES: Final = ("vi", "en", "fr", "ru", "zh", "ja", "ko", "th", "lo", "km")

_OPERATORS: Final = (
    *("", "*", "bão OR lũ", "bão AND lũ", "bão lũ", "bão -lũ", "bão AND NOT lũ", "NOT lũ", "-lũ -bão", "NOT NOT bão"),
    *("bão HOẶC lũ", "bão VÀ lũ", "KHÔNG lũ", "và không hoặc", "(bão OR lũ) -quy", "NOT (bão AND lũ)", "+bão lũ"),
    *("NOT (lũ OR (bão AND NOT title:bão))", "pleiku OR NOT bão", "((bão))", '"mưa lũ" -"quy nhơn"', "title:(bão lũ)"),
    *("title:(bão OR lũ)", "báo:(none OR others)", "(lũ OR bão) AND (quy OR pleiku) -title:lũ", "bão bão bão"),
    *("quy*", "title:b*", "qu* nh*", '"quy nhơn" OR qu*', "ky*", "kĩ*", "вьетнам*", "covid-1*", "12*", "평*", "平*"),
    *("bão GẦN/5 lũ", "quy GẦN/0 nhơn", '"quy nhơn" NEAR/10 biển', "mưa GẦN/3 lũ -title:mưa", "title:(bão GẦN/5 số)"),
)
_VIETNAMESE: Final = (
    *("bão", "bao", "báo", "BÃO", "Bao", "lũ", "lu", "mưa lũ", "mua lu", '"mưa lũ"', '"mua lu"', "quy nhon"),
    *('"quy nhơn"', '"Qui Nhơn"', "qui nhon", "bình định", "binh dinh", "Bình Định", "gia lai", "du lịch biển"),
    *("du lich bien", "kỹ thuật", "kĩ thuật", "hòa OR hoà", "hoa", "đồng", "dong", "UBND", "TP.HCM", "TP HCM"),
    *("nhơn", "nhọn", "đường", "duong", "nước thải", "nuoc thai", "trại heo", "thủy sản", "thuỷ sản", "biển đảo"),
    *("5/12/2026", "05/12/2026", "12/5/2026", "1.200", "3,5%", "3,5", "2026", "covid-19", "số 5", "100%", "l'eau"),
)
_DATES: Final = (
    *("ngày:7", "ngày:1", "ngày:hôm_nay", "ngày:hôm_qua", "từ:hôm_nay", "đến:hôm_qua", "từ:-3d", "từ:-12h", "đến:-1w"),
    *("ngày:2026", "ngày:11/2026", "ngày:20/11/2026", "từ:15/11/2026 đến:18/11/2026", "published:2026-11-20"),
    *("seen:2026-11-21", "published:..2026-11-15", "seen:2026-11-01..", "từ:2026-11-20T07:00 lũ", "ngày:2001"),
)
# Emoji, control characters, marks of direction, what engines reserve, and much of it.
_PATHOLOGICAL: Final = (
    *(
        "🌊 lũ",
        "lũ🌊bão",
        "lũ\u200b",
        "\u202elũ\u202c",
        "lũ\tbão\r\nquy",
        "lu\u0303",
        "ﬁre",
        "Ｑｕｙ",
        "①②",
        "½",
        "a" * 500,
    ),
    *("khôngcótừnày", "C++ C#", "a/b/c", "user@example.vn", "https://example.vn/a?b=c", "lũ!", "lũ?", "<b>lũ</b>"),
    *('"lũ & bão"', '"{lũ}"', '"[lũ TO bão]"', '"lũ^2"', '"lũ~1"', '"a\\\\b"', '"$lũ"', "SELECT", "null", "_source"),
    *(" OR ".join(f"từ{n}" for n in range(200)), " ".join(["lũ"] * 300), '"' + " ".join(["mưa lũ"] * 60) + '"'),
    *("-" + " -".join(f"không{n}" for n in range(150)), "(" * 15 + "lũ" + ")" * 15, "id:" + "x" * 900),
)


def _fields() -> Iterator[str]:
    """Each field by each of its names, with values that there are and one that there is not."""
    first = pieces()[0]
    values = {
        "id": (f"000-{first.slug}", "none"),
        "text": ("lũ", "flood"),
        "title": ("lũ", '"quy nhơn"'),
        "outlet": (first.outlet, "none"),
        "country": ("VN", "XX"),
        "language": ("vi", "xx"),
        "relevance": ("yes", "no"),
        "place": ("gia-lai", "gia_lai"),
        "theme": ("tourism", "none"),
        "stance": ("critical", "abstain"),
        "story": (next(piece.story for piece in pieces() if piece.story), "none"),
        "role": ("copy", "correction"),
        "published": ("2026-11-20", "2026"),
        "seen": ("2026-11-21", "2026-11"),
    }
    for field, names in NAMES.items():
        for name in names:
            yield from (f"{name}:{value}" for value in values[field])
    for field, known in (*VALUES.items(), *CODES.items()):
        for ways in known.values():
            yield f"{NAMES[field][1]}:{ways[-1]} lũ OR {field}:{ways[0]}"


def _titles() -> Iterator[str]:
    """Titles of each language, and a piece of each, loose and as a phrase."""
    for language in LANGUAGES:
        for piece in [piece for piece in pieces() if piece.language == language][:5]:
            title = "".join(sign if sign.isalnum() else " " for sign in piece.words.title)
            cut = title[len(title) // 4 : len(title) * 3 // 4].strip()
            yield from (f'"{title}"', f'"{cut}"', f"title:({cut.lower()})")


QUESTIONS: Final[dict[str, tuple[str, ...]]] = {
    "operators": _OPERATORS,
    "vietnamese": _VIETNAMESE,
    "dates": _DATES,
    "pathological": _PATHOLOGICAL,
    "fields": tuple(_fields()),
    "titles": tuple(_titles()),
    "mixed": tuple(
        f"{words} {narrowing}"
        for words in ("lũ", '"quy nhơn"', "-bão", "title:b* OR flood", "洪水 OR 台风", "bao GẦN/9 quy")
        for narrowing in ("", "chủ_đề:tourism", "thái_độ:phê_phán", "ngôn_ngữ:vi ngày:5", "-báo:none đến:hôm_qua")
    ),
}
