"""Whether an official answer goes out under the headline of what it answers: then the accusation speaks for the office.

A warning, never a refusal: a person decides what the answer is called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from diembao.core.case import CaseFile
from diembao.core.ports import Store
from diembao.core.text import nfc
from diembao.response.acts import shown
from diembao.response.statements import NAMES

# Articles whose headlines are looked at: those that are quoted, then those that a person pointed to.
LOOKED_AT: Final = 100
_WORDS: Final = re.compile(r"\w+")


def warnings(store: Store, found: CaseFile) -> Sequence[str]:
    """A sentence for each language of the newest version whose title is the headline of a cited article, in any of its
    revisions: outlets change headlines.
    """
    titles = _titles(found)
    if not titles:
        return ()
    headlines = dict(_headlines(store, found))
    return tuple(
        _sentence(language, headlines[plain]) for language, title in titles if (plain := _plain(title)) in headlines
    )


def _titles(found: CaseFile) -> Sequence[tuple[str, str]]:
    if found.draft is None:
        return ()
    wording = found.draft.wording
    return [(language, title) for language in wording.languages if (title := wording.said(language).title)]


def _headlines(store: Store, found: CaseFile) -> Iterator[tuple[str, str]]:
    pointed_to = (each.article_id for each in found.coverage if each.followed)
    cited = dict.fromkeys((*(claim.article_id for claim in found.claims), *pointed_to))
    for article_id in islice(cited, LOOKED_AT):
        for each in store.revisions(article_id):
            if plain := _plain(each.title):
                yield plain, each.title


def _plain(title: str) -> str:
    """Its words alone: a full stop or a capital makes no other title of it."""
    return " ".join(_WORDS.findall(nfc(title).casefold()))


def _sentence(language: str, headline: str) -> str:
    told = shown(headline)
    return (
        f"Tiêu đề bản {NAMES[language]} trùng với tít của bài báo được trả lời: “{told}”. Câu trả lời sẽ mang lời của"
        " bài báo; nên đặt tiêu đề nói điều cơ quan khẳng định"
        f" (The title of the part in {NAMES[language]} is the headline of an article that it answers: “{told}”. The"
        " answer would go out under the article's words; give it a title that says what the office states)"
    )
