"""Is it the whole article, or what an outlet shows before its paywall?

The order of rules, the first that fits:

1. the head says it is free → whole
2. the head tells how many words the article has, and most of them are here → whole
3. the head says it is not free, and the text is short, ends in dots, or stands before a wall's words → stub
4. the text is short and stands before a wall's words → stub

Pages that say they are not free often hold the whole text all the same, for search engines: then it is whole.
"""

from __future__ import annotations

import re
from itertools import islice

from crawlers.markup import Markup
from crawlers.plain import line

SHORT = 2_500  # characters of a text that may be a beginning; most articles have more
DENSE = 2.5  # times as much is said with a character of a script without spaces
LONG = 2  # times SHORT: from there on a text is taken for whole, whatever stands below it
MOST = 0.6  # of the words that the head tells; captions and boxes are often counted among them
NEAR = 150  # characters to both sides of a wall's key word
MAX_PLACES = 20  # of one key word that are looked at
MAX_SHOWN = 120  # characters of a wall's words that are kept as the reason
MAX_LINE = 200  # characters of a line that asks for money; a longer one says more than that

_WALL = re.compile(
    # Vietnamese
    r"đăng (?:ký|nhập) [^.]{0,30}để (?:tiếp tục (?:đọc|xem)|(?:đọc|xem) (?:tiếp|toàn|đầy đủ|trọn|hết|bài|nội dung))"
    r"|đăng nhập để (?:tiếp tục (?:đọc|xem)|(?:đọc|xem) (?:tiếp|toàn|đầy đủ|trọn|hết))"
    r"|(?:mua|nâng cấp) (?:gói|tài khoản)[^.]{0,40}để (?:tiếp tục )?đọc"
    r"|(?:bài viết|bài báo|nội dung)(?: này)? (?:chỉ )?dành (?:riêng )?cho (?:các )?"
    r"(?:thành viên|hội viên|bạn đọc trả phí|độc giả trả phí)"
    # English
    r"|subscribe (?:now |today )?to (?:continue|keep) reading|subscribe to read"
    r"|(?:sign|log) ?in to (?:continue|keep) reading"
    r"|to (?:continue|keep) reading[^.]{0,60}(?:subscri|sign in|log in|register)"
    r"|this (?:article|story|content) is (?:only )?(?:available |exclusive )?(?:for|to) (?:our )?"
    r"(?:paying |paid )?(?:subscribers|members)"
    # French
    r"|(?:article|contenu|suite)[^.]{0,20} réservée? (?:à nos |aux )abonnés"
    r"|abonnez-vous pour (?:lire|accéder|continuer)"
    r"|il vous reste \d+(?:[.,]\d+)? ?% de cet article"
    # Russian
    r"|(?:материал|статья|полный текст) (?:доступ\w+|открыт\w*) (?:только )?(?:для подписчиков|по подписке)"
    r"|(?:оформите|купите) подписку,? чтобы|чтобы (?:читать|дочитать|прочитать)[^.]{0,40}(?:подпи|войдите)"
    # Chinese
    r"|(?:订阅|訂閱|登录|登入|付费|付費|成为会员|加入會員|加入会员)[^。]{0,12}(?:继续阅读|繼續閱讀|阅读全文|閱讀全文|解锁全文|解鎖全文|查看全文)"
    r"|(?:本文|此文|全文)(?:为|為|仅限|僅限|是)[^。]{0,8}(?:付费|付費|会员|會員|订阅|訂閱)"
    # Japanese
    r"|(?:この記事|こちらの記事|この先|続き)は[^。]{0,12}(?:有料会員|会員限定|有料記事|有料プラン|会員登録)"
    r"|(?:有料会員|会員登録|ログイン)[^。]{0,12}(?:続き|全文)を?(?:お読み|読|ご覧)|残り\d+(?:文字|字)"
    # Korean
    r"|(?:구독|로그인|회원 ?가입|유료 ?회원)[^.]{0,15}(?:계속 ?읽|전문을? ?(?:보|읽)|이어서 ?읽|전체 ?기사)"
    r"|(?:유료|구독자|회원) ?전용 ?(?:기사|콘텐츠)"
    # Thai, Lao, Khmer
    r"|(?:สมัครสมาชิก|เข้าสู่ระบบ|ลงทะเบียน) ?เพื่ออ่าน|(?:บทความ|เนื้อหา)นี้(?:สงวนไว้)?(?:สำหรับ|เฉพาะ)สมาชิก"
    r"|(?:ສະໝັກສະມາຊິກ|ສະໝັກ|ລົງທະບຽນ|ເຂົ້າສູ່ລະບົບ) ?ເພື່ອອ່ານ|(?:ບົດຄວາມ|ເນື້ອຫາ)ນີ້(?:ສະເພາະ|ສຳລັບ)ສະມາຊິກ"
    r"|(?:ចុះឈ្មោះ|ជាវ|ចូលគណនី) ?ដើម្បី(?:បន្ត)?អាន|(?:អត្ថបទ|មាតិកា)នេះ(?:សម្រាប់|សំរាប់)(?:តែ)?(?:សមាជិក|អ្នកជាវ)",
    re.IGNORECASE,
)
# Each of the wall's sentences has one of these in it.
_KEY_WORDS = (
    *("để đọc", "để xem", "để tiếp tục", "dành cho", "dành riêng", "reading", "to read", "subscribers", "members"),
    *("abonnés", "abonnez", "de cet article", "подпи", "войдите", "继续", "繼續", "全文", "本文", "此文"),
    *("有料", "会員", "残り", "구독", "로그인", "가입", "유료", "회원", "เพื่ออ่าน", "สมาชิก", "ເພື່ອອ່ານ", "ສະມາຊິກ"),
    *("អាន", "សមាជិក", "អ្នកជាវ"),
)
_CUT = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\])\s*$")
_SPACELESS = re.compile("[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_BREAKS = str.maketrans("", "", "\u200b\u2e17")  # word breaks, and as they travel (`crawlers.extract`)


def asks_for_money(words: str) -> str:
    """What of these words belongs to a wall; "" where nothing does."""
    found = _WALL.search(words.translate(_BREAKS))
    return found[0] if found else ""


def told(beheld: str, text: str, markup: Markup) -> str:
    """A wall's words in all that the page shows, boxes too; looked for where the text may be a beginning."""
    if markup.free is True or _weight(text) >= LONG * SHORT:
        return ""
    around = (line(beheld[max(0, at - NEAR) : at + NEAR]) for at in _places(beheld))
    return next(filter(None, map(asks_for_money, around)), "")


def _places(beheld: str) -> list[int]:
    """Where a word stands that some wall's words have; the pattern itself is too slow for whole pages."""
    small = beheld.lower()
    found = (each.start() for word in _KEY_WORDS for each in islice(re.finditer(word, small), MAX_PLACES))
    return sorted(found)


def stub(text: str, markup: Markup, wall: str) -> str:
    """Why this text is but a beginning; "" for a whole one. ``wall``: the wall's words on its page."""
    if markup.free is True or (markup.words and _count(text) >= MOST * markup.words):
        return ""
    short = _weight(text) < SHORT
    if markup.free is False:
        if wall and _weight(text) < LONG * SHORT:
            return f"isAccessibleForFree: false · “{wall[:MAX_SHOWN]}”"
        fewer = markup.words and _count(text) < MOST * markup.words
        return "isAccessibleForFree: false" if short or fewer or _CUT.search(text) else ""
    return f"“{wall[:MAX_SHOWN]}”" if wall and short else ""


def without_wall(text: str) -> str:
    """The text without the lines at its end that ask for money."""
    lines = text.split("\n")
    while lines and len(lines[-1]) <= MAX_LINE and asks_for_money(lines[-1]):
        lines.pop()
    return "\n".join(lines)


def _weight(text: str) -> float:
    return len(text) + (DENSE - 1) * len(_SPACELESS.findall(text))


def _count(text: str) -> int:
    """Words, and characters of scripts without spaces, as heads count them."""
    return len(_SPACELESS.sub(" ", text).split()) + len(_SPACELESS.findall(text))
