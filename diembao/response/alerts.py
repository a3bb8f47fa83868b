"""Who asked to be told, of what, and what of it is worth a message.

An article that matches becomes one alert for its story: copies and follow-ups of a story already told say nothing
unless something changed (`news`). When it leaves, `release` says; `outbox` delivers it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

import structlog

from diembao.core.alert import FOLDER, Alert, Channel, News, Recipient
from diembao.core.article import Kind, Label, Labelled
from diembao.core.errors import Misconfigured, QueryError
from diembao.core.marks import with_marks
from diembao.core.query import Query, parse
from diembao.core.quotes import asked_sentence, quotations, telling_sentence, words_of
from diembao.core.settings_channels import AlertSettings
from diembao.core.subscription import Rhythm, Subject, Subscription
from diembao.core.text import snippet
from diembao.core.vocabulary import NOTHING_SAID, Vocabulary
from diembao.plan.reader import themes
from diembao.response.alert_words import WORDS, say
from diembao.response.heard import Heard
from diembao.response.news import Asked, news_of, stance_of
from diembao.response.release import held_until

log = structlog.get_logger()

Find = Callable[[Sequence[Query]], Sequence[Sequence[str]]]
Match = tuple[Subscription, Labelled]

# No day, month or year of the one is the other's.
_FAR_APART: Final = datetime(2001, 2, 3, 4, tzinfo=UTC), datetime(2027, 11, 21, 22, tzinfo=UTC)
_LONG: Final = 40  # characters of a quotation that is more than the words that decided
_LEAD: Final = 300  # characters of an article's beginning, where no sentence of it settled a label
# What other parts tell by themselves.
_BY_CLOCK: Final = frozenset((Rhythm.SPIKE, Rhythm.SILENCE))


def all_subscriptions(settled: Sequence[AlertSettings], added: Sequence[Subscription]) -> list[Subscription]:
    """Those of the settings, and those that were added; where two have one name, the settings win."""
    names = {each.name for each in settled}
    return [*map(of_settings, settled), *(each for each in added if each.name not in names)]


def settled_recipient(typed: str) -> Recipient:
    """As it stands in the settings: `a@x`, `webhook:name`, `chat:name`."""
    kind, colon, name = typed.partition(":")
    return Recipient(Channel(kind), name) if colon else Recipient(Channel.MAIL, typed)


def of_settings(settled: AlertSettings) -> Subscription:
    to = tuple(settled_recipient(each) for each in settled.to)
    return Subscription(name=settled.name, query=settled.query, to=to, province=settled.province)


def recipients(subscription: Subscription) -> tuple[Recipient, ...]:
    return subscription.to or (FOLDER,)


# -- which articles match --------------------------------------------------------------------------


def matches(
    subscriptions: Iterable[Subscription],
    items: Sequence[Labelled],
    find: Find,
    now: datetime,
    *,
    words: Vocabulary = NOTHING_SAID,
    of_case: Callable[[str], Collection[str]] = lambda _: (),
) -> list[Match]:
    """Of these articles, already indexed, those that somebody asked for, each subscription's the oldest first.
    ``find`` gives for each query the ids of those that match, ``of_case`` the ids of a case's coverage. ``words`` are
    those that queries may use. A subscription that cannot be read any more finds nothing, and keeps no other from it.
    """
    by_id = {item.article.id: item for item in items}
    asked = [each for each in subscriptions if not each.paused and each.rhythm not in _BY_CLOCK]
    if not by_id:
        return []
    queried, trees = _readable([each for each in asked if each.query], now, words)
    found = find(trees)
    by_case = [each for each in asked if each.subject is Subject.CASE]
    found_there = [[name for name in by_id if name in of_case(each.key)] for each in by_case]
    return [
        (subscription, by_id[name])
        for subscription, ids in zip([*queried, *by_case], [*found, *found_there], strict=True)
        for name in ids
    ]


def _readable(
    asked: Iterable[Subscription], now: datetime, words: Vocabulary
) -> tuple[Sequence[Subscription], Sequence[Query]]:
    """Those that can be read, and as what."""
    read = []
    for each in asked:
        try:
            read.append((each, tree_of(each, now, words)))
        except Misconfigured as error:  # said to its owner by `pipeline.unreadable`
            log.warning("alert-not-read", alert=each.name, why=str(error))
    return [each for each, _ in read], [tree for _, tree in read]


def tree_of(subscription: Subscription, now: datetime, words: Vocabulary) -> Query:
    """Its query, as it is read today, with the marks that were typed (`core.marks`).

    Raises:
        Misconfigured: it cannot be read.
    """
    try:
        return with_marks(_lasting(subscription.query) or parse(subscription.query, now=now, words=words))
    except QueryError as error:
        vietnamese, english = error.said
        msg = (
            f"Cảnh báo “{subscription.name}” không đọc được nữa: {vietnamese}"
            f" (alert '{subscription.name}': its query cannot be read: {english})"
        )
        raise Misconfigured(msg) from error


def read(subscription: Subscription, now: datetime, words: Vocabulary) -> Query | None:
    """As `tree_of`; None: it has no query."""
    return tree_of(subscription, now, words) if subscription.query else None


@lru_cache(maxsize=20_000)
def _lasting(query: str) -> Query | None:
    """Its tree, where that depends neither on the time nor on the installation's words: of thousands of
    subscriptions most are read once.
    """
    try:
        one, other = (parse(query, now=moment) for moment in _FAR_APART)
    except QueryError:
        return None
    return one if one == other else None


# -- what of it is told ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Going:
    """An alert, to whom, and until when it is held back (None: it leaves at once)."""

    alert: Alert
    to: tuple[Recipient, ...]
    held_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """For one province, whose clock is of ``zone``. ``reads`` gives a subscription's query, where it has one: then the
    sentence that is told is the one that it asked for. ``members`` are the articles of stories.
    """

    province: str
    zone: str
    reads: Callable[[Subscription], Query | None] = lambda _: None
    members: Mapping[str, Collection[str]] = field(default_factory=dict)

    def tell(
        self, found: Iterable[Match], heard: Heard, sizes: Mapping[str, tuple[int, int]], now: datetime
    ) -> list[Going]:
        """What of these matches is worth a message. ``sizes`` are the articles and distinct texts of stories; ``heard``
        hears what is told here.
        """
        going = []
        for subscription, item in found:
            alert = self._told(subscription, item, heard, sizes, now)
            if alert is not None:
                heard.add(alert)
                going.append(self.going(subscription, alert))
        return going

    def going(self, subscription: Subscription, alert: Alert) -> Going:
        return Going(alert, recipients(subscription), held_until(subscription, alert.stance, alert.at, self.zone))

    def _told(
        self,
        subscription: Subscription,
        item: Labelled,
        heard: Heard,
        sizes: Mapping[str, tuple[int, int]],
        now: datetime,
    ) -> Alert | None:
        story = story_of(item)
        articles, texts = (max(1, n) for n in sizes.get(story, (1, 1)))
        name, members = subscription.name, self.members.get(story, ())
        known = heard.of(name, story, item.article.id, members)
        asked = Asked(subscription.threshold, subscription.since, heard.covers(name, item))
        news = news_of(item, known, asked, province=self.province, articles=articles)
        if known.turns or news:
            heard.cover(name, item, story, members)
        if news is None:
            return None
        size, query = (articles, texts), self.reads(subscription)
        return alert_of(subscription, item, self.province, now, news=news, size=size, query=query)


def story_of(item: Labelled) -> str:
    """An article without a story stands for itself."""
    return item.key(Kind.STORY) or item.article.id


def alert_of(  # noqa: PLR0913 (what an alert is made of)
    subscription: Subscription,
    item: Labelled,
    province: str,
    now: datetime,
    *,
    news: tuple[News, str] = (News.FIRST, ""),
    size: tuple[int, int] = (1, 1),
    query: Query | None = None,
) -> Alert:
    article = item.article
    sentence = asked_sentence(item, query) if query else ""
    sentence = sentence or telling_sentence(item, province) or snippet(words_of(item), length=_LEAD)
    return Alert(
        id=0,
        subscription=subscription.name,
        story=story_of(item),
        article_id=article.id,
        title=article.title,
        url=article.url,
        outlet=article.outlet,
        why=_why(subscription, item, province, sentence),
        at=now,
        sentence=sentence,
        published_at=article.published_at,
        province=province,
        articles=size[0],
        texts=size[1],
        news=news[0],
        turn=news[1],
        stance=stance_of(item, province),
        language=subscription.language,
    )


def _why(subscription: Subscription, item: Labelled, province: str, sentence: str) -> str:
    """The query, and what the machine or a person saw in the article; an abstaining machine says nothing. What stands
    in ``sentence``, which is told anyhow, is not quoted whole again.
    """
    language = subscription.language
    about = [label for label in item.labels if label.about == province]
    seen = [said + _because(label, sentence) for label in about if (said := _said(label, language))]
    named = [themes().get(key) for key in item.keys(Kind.THEME, province)]
    chosen = [
        key if theme is None else theme.en if language == "en" else theme.vi
        for key, theme in zip(item.keys(Kind.THEME, province), named, strict=True)
    ]
    if chosen:
        seen.append(say(language, "themes", names=", ".join(chosen)))
    return " · ".join([asked(subscription), *seen])


def _because(label: Label, sentence: str) -> str:
    long = (" ".join(each.split()).strip(" .…") for each in quotations(label.why) if len(each) > _LONG)
    known = any(each in sentence for each in long)
    return "" if known or not label.why else f" ({label.why})"


def asked(subscription: Subscription) -> str:
    """What was asked for, as a reason."""
    if subscription.query:
        return say(subscription.language, "matches", query=subscription.query)
    return say(subscription.language, "case", key=subscription.key)


def _said(label: Label, language: str) -> str:
    kind = "by-person" if label.kind is Kind.STANCE and label.by_person else label.kind.value
    key = f"{kind}.{label.key}"
    return say(language, key) if label.kind in {Kind.RELEVANCE, Kind.STANCE} and key in WORDS else ""
