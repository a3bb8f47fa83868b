"""Numbers written in words, as coverage writes small and round ones: "twenty-two", "ba trăm", "одиннадцать", "三百",
"열네 명". Only what cannot be anything else: "năm" alone is a year in Vietnamese, "a hundred" is a figure of speech.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final


def _table(*given: tuple[int, str]) -> dict[str, int]:
    """Each row: the value of its first word, those after it one more each; ``-`` leaves one out."""
    found = {word: first + n for first, words in given for n, word in enumerate(words.split()) if word != "-"}
    return {alone: value for word, value in found.items() for alone in word.split("/")}


_ONES: Final = _table(
    (1, "một/mốt hai ba bốn/tư năm/lăm sáu bảy/bẩy tám chín mười"),
    (1, "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"),
    (18, "eighteen nineteen"),
    (2, "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"),
    (2, "два/две/двух/двое три/трёх/трех/трое четыре/четырёх/четырех/четверо пять/пяти/пятеро шесть/шести семь/семи"),
    (8, "восемь/восьми девять/девяти десять/десяти одиннадцать/одиннадцати двенадцать/двенадцати"),
    (13, "тринадцать/тринадцати четырнадцать/четырнадцати пятнадцать/пятнадцати шестнадцать/шестнадцати"),
    (17, "семнадцать/семнадцати восемнадцать/восемнадцати девятнадцать/девятнадцати"),
)
_TENS: Final = {
    word: 10 * n
    for word, n in _table(
        (2, "twenty thirty forty fifty sixty seventy eighty ninety"),
        (2, "vingt trente quarante cinquante soixante"),
        (2, "двадцать/двадцати тридцать/тридцати сорок/сорока пятьдесят шестьдесят семьдесят"),
    ).items()
}
_HUNDREDS: Final = {"двести": 200, "триста": 300, "четыреста": 400, "пятьсот": 500, "шестьсот": 600, "семьсот": 700}
_TIMES: Final = {"mươi": 10, "chục": 10, "trăm": 100, "hundred": 100, "cent": 100, "cents": 100, "сто": 100}
_LARGE: Final = {"nghìn": 1000, "ngàn": 1000, "thousand": 1000, "mille": 1000, "тысяч": 1000, "тысячи": 1000}
_ALONE_NO: Final = frozenset({"một", "mốt", "tư", "năm", "lăm", "one"})  # a part of other words, a year, an article
_WORD: Final = "|".join(
    sorted((re.escape(word) for table in (_ONES, _TENS, _HUNDREDS, _TIMES, _LARGE) for word in table), key=len)[::-1]
)
_FIRST: Final = "".join({word[0] for table in (_ONES, _TENS, _HUNDREDS, _TIMES, _LARGE) for word in table})
_SPELT: Final = re.compile(
    rf"(?<![\w-])(?=[{_FIRST}])(?:{_WORD})(?:(?:[ -]| and | et )(?:{_WORD}))*(?![\w-])", re.IGNORECASE
)
_MOST: Final = 8  # words of one number

_HAN: Final = {sign: n for n, sign in enumerate("一二三四五六七八九", 1)} | {"两": 2, "兩": 2}
_HAN_TIMES: Final = {"十": 10, "百": 100, "千": 1000}
# Two or more signs, or one that counts something.
_HAN_SPELT: Final = re.compile(
    "(?<![一二三四五六七八九十百千万萬亿億第星期周])"
    "(?:[一二三四五六七八九两兩十百千]{2,7}|[二三四五六七八九两兩十](?=[名人所家艘个個位座只隻条條辆輛国國天年月]))"
    "(?![一二三四五六七八九十百千万萬亿億])"
)
_KOREAN: Final = _table((1, "한 두 세 네 다섯 여섯 일곱 여덟 아홉"))
_KOREAN_TENS: Final = {"열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40}
_HANGUL: Final = re.compile("[가-힣]")
_COUNTED: Final = "명|마리|곳|채|대|가구|살|척|개|달|마을"
_KOREAN_SPELT: Final = re.compile(rf"(?<![가-힣])({'|'.join(_KOREAN_TENS)})?({'|'.join(_KOREAN)})?(?= ?(?:{_COUNTED}))")


def spelt(text: str) -> Iterator[float]:
    """The numbers that stand in words; the text is NFC."""
    for found in _SPELT.finditer(text.lower()):
        words = re.split(r"[ -]", found[0])
        if len(words) <= _MOST and (value := _value([each for each in words if each not in {"and", "et"}])):
            yield float(value)
    if text.isascii():
        return
    for found in _HAN_SPELT.finditer(text):
        yield float(_of_han(found[0]))
    for found in _KOREAN_SPELT.finditer(text) if _HANGUL.search(text) else ():
        if found[0]:
            yield float(_KOREAN_TENS.get(found[1], 0) + _KOREAN.get(found[2], 0))


def _value(words: list[str]) -> int:
    """0: no number, or one that is also something else."""
    if len(words) == 1 and (words[0] in _ALONE_NO or words[0] in _TIMES or words[0] in _LARGE):
        return 0
    if len(words) > 1 and words[-1] == "năm":  # "mười năm" are ten years
        words = words[:-1]
        if len(words) == 1:
            return _value(words)
    whole = part = 0
    for word in words:
        if word in _LARGE:
            whole, part = whole + (part or 1) * _LARGE[word], 0
        elif word in _TIMES:
            part = (part // 100) * 100 + (part % 100 or 1) * _TIMES[word]
        else:
            part += _ONES.get(word) or _TENS.get(word) or _HUNDREDS.get(word, 0)
    return whole + part


def _of_han(signs: str) -> int:
    whole, digit = 0, 0
    for sign in signs:
        if sign in _HAN_TIMES:
            whole, digit = whole + (digit or 1) * _HAN_TIMES[sign], 0
        else:
            digit = _HAN[sign]
    return whole + digit
