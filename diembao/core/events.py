"""The store's log: what became of articles, in order, and ranges of it handed to workers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Event(StrEnum):
    """Kinds of entries in the store's log. The subject of every entry is an article's id."""

    ARTICLE = "article"  # a new article
    REVISION = "revision"  # its title or text changed
    WITHDRAWN = "withdrawn"  # its page was taken down
    RETURNED = "returned"  # a page that was taken down is there again
    PERSON_LABEL = "person-label"  # a person corrected a label
    MODEL = "model"  # a tagger changed: judge this article again
    PROFILE = "profile"  # the province's profile changed: judge this article again
    JUDGED = "judged"  # written by the step `judge`
    GROUPED = "grouped"  # written by the step `group`
    LABELLED = "labelled"  # a label that no step reads: a headline, a second opinion, how much of a page was read


@dataclass(frozen=True, slots=True)
class LogEntry:
    number: int
    event: Event
    article_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Lease:
    """A range of the log handed to one worker: numbers ``first``..``last``, both included.

    ``entries`` are those of the asked kinds within it, in order (may be empty: the range still
    has to be finished).
    """

    step: str
    worker: str
    first: int
    last: int
    entries: tuple[LogEntry, ...]

    @property
    def article_ids(self) -> tuple[str, ...]:
        """Distinct subjects, in the order of their first entry."""
        return tuple(dict.fromkeys(entry.article_id for entry in self.entries))
