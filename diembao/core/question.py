"""A question in a sentence → the tree that asks for any of its words.

Who asks in a sentence does not expect each of its words in the answer. In a script without spaces a word is any two
signs side by side, and each sign counts a little by itself. Words that only make a sentence a question (who, what,
bao nhiêu) are left out: they are rare in news, and would count for more than what is asked about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from diembao.core.analysis import Token, groups, tokens
from diembao.core.query import Bool, Phrase, Query, Text
from diembao.core.text import nfc

LONGEST: Final = 200  # words of a question that are asked; what is longer is a text

# Of all languages at once: a question mixes them. Left out are those that mean something else in another one, like the
# French "qui", which is how some spell Quy Nhơn.
_VIETNAMESE: Final = (
    "ai|gì|nào|đâu|sao|bao nhiêu|mấy|thế nào|như thế nào|khi nào|bao giờ|bao lâu|bao xa|vì sao|tại sao|cái gì|là gì"
)
_OTHERS: Final = (
    "what|who|whom|whose|which|when|where|why|how|how many|how much|did|does|is|are|was|were|"
    "quoi|quel|quelle|quels|quelles|où|quand|comment|pourquoi|combien|est-ce que|qu'est-ce que|"
    "что|кто|кого|кому|какой|какая|какое|какие|каких|каким|какую|каком|когда|где|куда|почему|зачем|как|сколько|чей|"
    "什么|什麼|谁|誰|哪些|哪个|哪個|哪里|哪裡|哪|多少|几|幾|怎么|怎麼|怎样|怎樣|如何|为什么|為什麼|为何|為何|何时|何時|何|"
    "何人|誰|どこ|いつ|なぜ|どう|どの|どのように|いくつ|いくら|どれ|どんな|"
    "무엇|누구|어디|언제|왜|어떻게|어떤|얼마나|얼마|몇|"
    "อะไร|ใคร|ที่ไหน|ไหน|เมื่อใด|เมื่อไร|เมื่อไหร่|เท่าใด|เท่าไร|เท่าไหร่|กี่|ทำไม|เพราะเหตุใด|อย่างไร|ใด|"
    "ຫຍັງ|ໃຜ|ໃສ|ເມື່ອໃດ|ເທົ່າໃດ|ເປັນຫຍັງ|ແນວໃດ|"
    "អ្វី|នរណា|ឯណា|ពេលណា|ប៉ុន្មាន|ហេតុអ្វី|យ៉ាងណា"
)


def any_word(question: str) -> Bool:
    """Without a clause where the question has no word."""
    text = nfc(question)
    found = list(dict.fromkeys(_clauses(_telling(text)))) or list(dict.fromkeys(_clauses(text)))
    return Bool(should=tuple(found[:LONGEST]))


def _clauses(question: str) -> Iterator[Query]:
    for group in groups(question):
        for token in group:
            yield Text("text", token.typed)
        for first, second in pairwise(group):
            if first.whole and second.whole:
                yield Phrase("text", first.typed + second.typed)


def _telling(text: str) -> str:
    """The question without the words that make it one."""
    found = list(tokens(text))
    plain = not any(token.marked for token in found)
    kept, place, at = "", 0, 0
    while at < len(found):
        length = _length(found, at, _words(plain=plain))
        if length and not text[found[at].start : found[at].end].isupper():  # AI is no "ai"
            kept += f"{text[place : found[at].start]} | "
            place = found[at + length - 1].end
        at += length or 1
    return kept + text[place:]


def _length(found: Sequence[Token], at: int, words: frozenset[tuple[str, ...]]) -> int:
    """How many tokens from here on are a word of asking; 0: none."""
    for length in range(min(_most(), len(found) - at), 0, -1):
        if tuple(token.exact for token in found[at : at + length]) in words:
            return length
    return 0


@lru_cache(maxsize=2)
def _words(*, plain: bool) -> frozenset[tuple[str, ...]]:
    """By their exact forms; in a question without any mark, Vietnamese ones without theirs too."""
    words = [tuple(tokens(word)) for word in f"{_VIETNAMESE}|{_OTHERS}".split("|")]
    found = {tuple(token.exact for token in word) for word in words}
    if plain:
        found |= {tuple(token.folded for token in tokens(word)) for word in _VIETNAMESE.split("|")}
    return frozenset(found)


@lru_cache(maxsize=1)
def _most() -> int:
    return max(map(len, _words(plain=False)))
