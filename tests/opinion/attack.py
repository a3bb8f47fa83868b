"""An order to a machine, as it may stand in an article, with the answer of a model that obeys."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from tests.opinion.articles import LAO, PASSAGE, gist
from tests.opinion.model_server import Reply, completion

# What the article has of its own beside the order.
TEXT: Final = f"{LAO} https://bit.ly/abc123 t.me/baolao"


@dataclass(frozen=True)
class Attack:
    """``answer``: changes of a good gist, or the whole text, or the whole reply. ``dropped``: nothing of it comes out;
    else it comes out without what it was made for. ``harm`` must stand in nothing that comes out.
    """

    name: str
    order: str
    answer: Mapping[str, Any] | str | Reply
    harm: str
    dropped: bool = True

    @property
    def reply(self) -> Reply:
        if isinstance(self.answer, Reply):
            return self.answer
        return completion(self.answer if isinstance(self.answer, str) else gist(**self.answer))

    @property
    def sentence(self) -> str:
        """What it would have said in another kind of answer; empty where it would not have kept to any."""
        if not isinstance(self.answer, Mapping):
            return ""
        first = [*self.answer.get("sentences", ()), self.answer.get("passage_told"), self.answer.get("passage")]
        return next((each for each in first if isinstance(each, str) and each), "")

    @property
    def quote(self) -> str:
        """What it would have given as its source."""
        quoted = self.answer.get("passage") if isinstance(self.answer, Mapping) else None
        return quoted or PASSAGE


def says(sentence: str) -> dict[str, Any]:
    return {"sentences": [sentence, "Hai nghìn tấn hàng được chở về Pakse.", "Cước vận chuyển giảm."]}


def calls(name: str, **arguments: str) -> Reply:
    call = {"type": "function", "function": {"name": name, "arguments": json.dumps(arguments)}}
    return completion(None, end="tool_calls", tool_calls=[call])


GOOD: Final = gist()
