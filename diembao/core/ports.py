"""The doors between rooms. Rooms that do not see each other meet here; `pipeline.wiring` hands them over.

Each door has one contract-test class in ``tests/contracts/`` that every adapter passes. The store's is written
down in `core.record`, that of the searchable copy in `core.searchable`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from diembao.core.alert import FOLDER, Alert, Channel, Parcel, Recipient, Undelivered
from diembao.core.article import Article, Kind, Label
from diembao.core.bookkeeping import Ledger
from diembao.core.events import Event, Lease, LogEntry
from diembao.core.ledger import OutletState
from diembao.core.quarantine import Quarantined
from diembao.core.record import Store, Writer
from diembao.core.revisits import Withdrawal
from diembao.core.searchable import Fresh, Hit, Hits, Index, Matcher, SortBy
from diembao.core.ties import Tie

if TYPE_CHECKING:  # only an encoder's users pay for NumPy
    import numpy as np
    import numpy.typing as npt

__all__ = [
    "FOLDER",
    "Alert",
    "Channel",
    "Encoder",
    "Event",
    "Fresh",
    "Grouper",
    "Hit",
    "Hits",
    "Index",
    "Lease",
    "Ledger",
    "LogEntry",
    "Matcher",
    "Notifier",
    "OutletState",
    "Parcel",
    "Placed",
    "Prefilter",
    "Quarantined",
    "Recipient",
    "SortBy",
    "Store",
    "Tagger",
    "Undelivered",
    "Vectors",
    "Withdrawal",
    "Writer",
]


class Prefilter(Protocol):
    """A cheap, wide door: could this text be about the province at all?"""

    def may_be_about(self, title: str, summary: str) -> bool: ...


class Tagger(Protocol):
    """Judges articles. ``kinds`` are the kinds it answers for; ``version`` changes with its answers."""

    version: str
    kinds: tuple[Kind, ...]

    def judge(self, article: Article, found: Sequence[Label]) -> Sequence[Label]:
        """``found`` holds the labels in force so far: what earlier taggers gave, or people said."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an article belongs: its story (the id of the story's earliest article) and its role. ``headline``: the
    story is told by this one's title.
    """

    article_id: str
    story: str
    role: str
    score: float
    why: str
    headline: bool = False


class Grouper(Protocol):
    """Groups articles about one event. The answer does not depend on the order of the articles."""

    version: str
    window_days: float

    def group(self, articles: Sequence[Article], ties: Sequence[Tie] = ()) -> Sequence[Placed]:
        """The stories among these articles; every article is in exactly one. What people said (``ties``) holds: what
        is apart is never in one story, what is together is, where nothing later says otherwise.
        """

    def alike(self, article: Article, others: Sequence[Article]) -> Sequence[float]:
        """For each of the others what it has of its rare words in common with the article: from 0, none, to 1."""


class Encoder(Protocol):
    """Texts to unit vectors."""

    version: str
    dimension: int

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Shape (len(texts), dimension), rows of length 1 (a text without a known token: all zeros)."""

    def reads(self, text: str) -> bool:
        """Are there words in it that the model knows? What has only numbers, or letters that are no word, gets a vector
        too, which is near to anything.
        """


class Vectors(Protocol):
    """A vector for each article, by one model at a time; a copy that may be deleted. Ids are those of articles.

    ``version`` names the model whose vectors are put, ``answers`` the one whose vectors are asked: after a change of
    model the old ones answer until `take_over`.
    """

    version: str
    dimension: int

    @property
    def answers(self) -> str: ...

    def put(self, ids: Sequence[str], vectors: npt.NDArray[np.float32]) -> int:
        """Add or replace by id, durable when it returns; how many. Shape (len(ids), dimension)."""

    def position(self) -> int:
        """The log number up to which this model's vectors are complete; 0 for none."""

    def mark(self, number: int) -> None:
        """Remember the position."""

    def take_over(self) -> None:
        """This model's vectors are complete: they answer from now on, and other models' are dropped."""

    def vector(self, article_id: str) -> npt.NDArray[np.float32] | None:
        """As the model that answers made it; None: there is none."""

    def search(self, vector: npt.NDArray[np.float32], k: int, *, among: Sequence[str] | None = None) -> Sequence[Hit]:
        """The ``k`` nearest of these articles (None: of all) by the product of the vectors, exactly; those without a
        vector are left out before the best are taken. Ties are ordered by id.
        """

    def size(self) -> int:
        """Articles that have a vector of the model that answers."""

    def close(self) -> None: ...


class Notifier(Protocol):
    """One channel. The same parcel delivered twice is the same message twice (one Message-ID)."""

    def deliver(self, parcel: Parcel) -> str:
        """Hand it over; what the other side answered.

        Raises:
            Refused: never for this recipient.
            Retry: this one later. Away: all of this channel later.
            Misconfigured: nothing can leave before a setting is changed.
        """

    def close(self) -> None:
        """Let go of the connection; the next delivery opens another."""
