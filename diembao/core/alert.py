"""What leaves the house: alerts, to whom, in which messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from diembao.core.errors import Refused, Retry

# Tries of its own after which a message is given up: at a quarter of an hour each, about a day.
GIVE_UP: Final = 100
# What a try counts of which nobody knows whether it got through: each may have been one message more for the reader.
UNSURE: Final = 20

# What is a storm leaves without waiting for the rest of it.
AT_ONCE: Final = timedelta(0)


class Channel(StrEnum):
    """How a message reaches whoever asked for it. An address is never a secret: that of a webhook or chat is the name
    under which the settings know it.
    """

    MAIL = "mail"
    FOLDER = "folder"  # a Maildir in the home; the recipient has no address
    WEBHOOK = "webhook"  # another system: `channels` of the settings
    CHAT = "chat"  # Zalo, Telegram, Teams, Slack …: `channels` of the settings
    PAGE = "page"  # the dashboard; the address is an actor ("person:7")


@dataclass(frozen=True, slots=True)
class Recipient:
    channel: Channel
    address: str = ""


FOLDER = Recipient(Channel.FOLDER)


class News(StrEnum):
    """Why a story is worth telling: it is new, or something about it changed."""

    FIRST = "first"
    CORRECTION = "correction"  # an outlet corrects what was told
    STANCE = "stance"  # it is called critical, or positive, for the first time
    TENFOLD = "tenfold"  # there are ten times as many articles as were told
    ANSWERED = "answered"  # the office has answered


@dataclass(frozen=True, slots=True)
class Alert:
    """What one subscription is told about one story (or article, where it has no story). ``sent_at`` is when the
    first of its recipients got it; ``sentence`` is what mattered in the article, ``published_at`` its time, if known.
    ``articles`` and ``texts`` count the story when it was told: all, and those that are no copies. ``turn`` says which
    of its ``news`` it is (of one story no turn is told twice), ``stance`` is the article's, "" where nobody says.
    ``why`` is in ``language``.
    """

    id: int
    subscription: str
    story: str
    article_id: str
    title: str
    url: str
    outlet: str
    why: str
    at: datetime
    sent_at: datetime | None = None
    sentence: str = ""
    published_at: datetime | None = None
    province: str = ""  # whose subscription it is
    articles: int = 1
    texts: int = 1
    news: News = News.FIRST
    turn: str = ""
    stance: str = ""
    language: str = "vi"

    @property
    def copies(self) -> int:
        return max(0, self.articles - self.texts)


@dataclass(frozen=True, slots=True)
class HeardOf:
    """A subscription asked for this article, and was told of ``story``, to which it belonged: whether or not the
    article said anything, it is no news in whatever story it comes to.
    """

    subscription: str
    article_id: str
    story: str
    revision: int = 1


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that goes with a message; ``media`` is its type ("application/pdf")."""

    name: str
    media: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """What the desk sends that is no alert: a request to a unit, a reminder, a word about the clock. ``key`` is said
    once: the same key is the same message. ``text`` has a blank line between paragraphs; lines that begin with "> "
    are quoted. ``link`` is (case, request, version) of the signed link that it brings, which is made when the message
    leaves and kept nowhere; ``page`` is an address of the dashboard ("/ho-so-vu-viec?id=…"). ``html`` is how the text
    looks where the usual form will not do (a whole page, everything foreign in it escaped); ``enclosed`` goes with it.
    """

    key: str
    subject: str
    text: str
    at: datetime
    link: tuple[str, int, int] | None = None
    page: str = ""
    province: str = ""
    id: int = 0
    html: str = ""
    enclosed: tuple[Enclosed, ...] = ()


@dataclass(frozen=True, slots=True)
class Parcel:
    """What leaves for one recipient: one alert, several in one message (a storm, a digest, what quiet hours held back;
    oldest first), or a ``message`` of the desk (then no alert). ``id`` is that of its (first) row in the outbox;
    ``attempts`` counts the tries that failed, ``tries`` those of them that were its own fate, not that of the whole
    channel. A ``trial`` was never in the outbox: somebody wants to see whether messages arrive.
    """

    id: int
    to: Recipient
    subscription: str
    alerts: tuple[Alert, ...]
    attempts: int = 0
    trial: bool = False
    message: Message | None = None
    tries: int = 0

    @property
    def told(self) -> int:
        """How much it tells: alerts, or one message."""
        return len(self.alerts) or 1


class Fate(StrEnum):
    """Where a row of the outbox stands."""

    WAITING = "waiting"
    SENT = "sent"
    REFUSED = "refused"  # by the other side, for good
    DEAD = "dead"  # given up after so many tries
    DROPPED = "dropped"  # nobody wants it any more


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to one recipient, and what became of it. ``number`` is that of its parcel, ``name`` the
    subscription's (or the subject of a message of the desk), ``told`` how much it tells. ``receipt`` is what the other
    side answered.
    """

    number: int
    name: str
    title: str
    to: Recipient
    fate: Fate
    told: int
    attempts: int
    at: datetime
    not_before: datetime
    settled_at: datetime | None = None
    error: str = ""
    receipt: str = ""

    @property
    def may_go_again(self) -> bool:
        return self.fate in {Fate.REFUSED, Fate.DEAD}


@dataclass(frozen=True, slots=True)
class Undelivered:
    """Messages to one recipient of a subscription that were refused for good or given up (``n`` of them), or wait after
    a failure. ``why`` is the latest reason, ``since`` the time of the oldest of them; ``dead``: given up, which counts
    as refused.
    """

    subscription: str
    to: Recipient
    refused: bool
    n: int
    why: str
    since: datetime
    dead: bool = False


class Away(Retry):
    """The way itself is broken (no connection, a server that falls silent): nothing else will get through now."""


class Closed(Away):
    """The other side could not be spoken to at all: none of the messages is to blame."""


class Unsure(Away):
    """The other side had the whole message, and fell silent before it said what became of it."""


class Gone(Refused):
    """The recipient is gone for good and says so: whoever asked for this is to be told, and nothing more to be sent."""

    def __init__(self, message: str) -> None:
        super().__init__("gone", message)


def line_of(to: Recipient) -> Recipient:
    """What waits together, and has one pace: each webhook or chat by itself, all mail together."""
    return to if to.channel in {Channel.WEBHOOK, Channel.CHAT} else Recipient(to.channel)
