"""The only place that chooses engines. Everything else asks for a door of `core.ports`.

Heavy parts are made when they are first asked for, so that a command that only reads the store
does not pay for the classifier.
"""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from diembao.core.alert import Channel
from diembao.core.article import Labelled, Outlet
from diembao.core.background import Asks, unasked
from diembao.core.errors import Misconfigured
from diembao.core.memory import Memory
from diembao.core.ports import Encoder, Grouper, Index, Matcher, Notifier, Prefilter, Store, Tagger, Vectors
from diembao.core.query import Query, parse
from diembao.core.settings import IndexSettings, Settings
from diembao.core.vocabulary import Vocabulary
from diembao.pipeline.heads import Heads
from diembao.pipeline.home import make_home
from diembao.pipeline.provinces import PLAIN, ProvinceIndex, Provinces, shared
from diembao.plan.reader import Profile
from diembao.response.mail import Letters
from diembao.response.searches import vocabulary

if TYPE_CHECKING:
    from classifier.features import Reading
    from indexer.elastic_alias import Layout
    from indexer.elastic_server import Login

OWN_OUTLETS = "outlets.yaml"  # in the home: what an installation adds to the catalogue


class Installation(Provinces):
    """The house: its settings, its profiles and an adapter behind every door; see `provinces` for who looks at it."""

    def __init__(self, settings: Settings, asks: Asks = unasked, *, whole: Installation | None = None) -> None:
        super().__init__(settings, whole or self)
        self.asks: Asks = whole.asks if whole else asks  # before whatever the machine does by itself
        self._judging: tuple[Path | None, Sequence[Profile]] = (None, ())

    @shared
    def outlets(self) -> Mapping[str, Outlet]:
        """The catalogue and the installation's own additions, all of them: articles of outlets that are no longer
        crawled keep their names.
        """
        from crawlers.catalogue import load

        named = self.settings.crawl.catalogue
        path = self.settings.home / Path(named).expanduser() if named else None
        more = self.settings.home / OWN_OUTLETS
        return load(path, more=None if path == more else more)

    @shared
    def crawled(self) -> Sequence[Outlet]:
        """The outlets that are read: those named in the settings, or all."""
        named = self.settings.crawl.outlets
        unknown = [name for name in named if name not in self.outlets]
        if unknown:
            near = difflib.get_close_matches(unknown[0], self.outlets, n=1)
            vi, en = (f"; có phải '{near[0]}'?", f"; did you mean '{near[0]}'?") if near else ("", "")
            told = f"crawl.outlets: '{unknown[0]}'"
            raise Misconfigured(f"{told} không có trong danh mục{vi} ({told} is not in the catalogue{en})")
        return [outlet for outlet in self.outlets.values() if not named or outlet.id in named]

    @shared
    def record(self) -> Store:
        """All of it, whosever it is."""
        from diembao.store.record import SqlStore

        make_home(self.settings.home)
        found = SqlStore(self.settings.store_url)
        found.adopt(self.settings.province)
        if found.fact(PLAIN) is None:
            found.set_fact(PLAIN, self.settings.province)
        return found

    @cached_property
    def store(self) -> Store:
        return self.record.seen_by(self.scope)

    @cached_property
    def index(self) -> Index:
        return ProvinceIndex(self.searchable, self.viewed)

    @shared
    def searchable(self) -> Index:
        """The copy with the values of all provinces."""
        if self.settings.index.engine == "elastic":
            return self._elastic(self.settings.index)
        from indexer.embedded import EmbeddedIndex

        return EmbeddedIndex(self.settings.index_path)

    @shared
    def matcher(self) -> Matcher:
        """The same on every engine."""
        from indexer.matching import Matcher

        return Matcher()

    def _elastic(self, chosen: IndexSettings) -> Index:
        from indexer.elastic import ElasticIndex

        return ElasticIndex(chosen.url, chosen.alias, self._login(chosen), layout=self._layout(chosen))

    def _layout(self, chosen: IndexSettings) -> Layout:
        from indexer.elastic_alias import Layout

        return Layout(chosen.shards, chosen.replicas)

    def _login(self, chosen: IndexSettings) -> Login:
        from indexer.elastic_server import Login

        ca = str(self.settings.home / Path(chosen.ca).expanduser()) if chosen.ca else ""
        return Login(chosen.user, chosen.password.get_secret_value(), chosen.api_key.get_secret_value(), ca)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The names that queries may use here; saved searches are asked for anew each time."""
        return vocabulary(self.profile, self.store)

    def query(self, typed: str, now: datetime) -> Query:
        """What somebody typed here; see `core.query.parse`."""
        return parse(typed, now=now, zone=self.profile.timezone, words=self.vocabulary)

    @shared
    def prefilter(self) -> Prefilter:
        from classifier.places import PlacePrefilter

        return PlacePrefilter(*self.profiles)

    @shared
    def taggers(self) -> Sequence[Tagger]:
        """In the order in which they build on each other."""
        from classifier.added_themes import AddedThemeTagger
        from classifier.language import LanguageTagger
        from classifier.places import PlaceTagger
        from classifier.provinces import EachTagger, ProvincesTagger
        from classifier.stance import StanceTagger
        from classifier.themes import ThemeTagger

        every, taught = self.profiles, self.heads.judging()
        self._judging = taught, tuple(every)
        themes, stance = (taught and taught / f"{name}.npz" for name in ("themes", "stance"))
        return (
            LanguageTagger(),
            ProvincesTagger(every) if self.several else PlaceTagger(every[0]),
            EachTagger([(about.id, ThemeTagger(about, themes)) for about in every]),
            *(AddedThemeTagger(about) for about in every if about.seeds),
            EachTagger([(about.id, StanceTagger(about, stance)) for about in every]),
        )

    @shared
    def shipped_heads(self) -> str:
        """One word for the heads that came with the program."""
        from classifier import head

        cards = [(head.FOLDER / f"{name}.json").read_text(encoding="utf-8") for name in ("themes", "stance")]
        return _digest("\n".join(cards))

    @shared
    def heads(self) -> Heads:
        """Those that people's corrections taught here."""
        return Heads(self.settings.home, self.shipped_heads)

    def renewed(self) -> bool:
        """Have heads or profiles changed since the taggers were made? Then they are made anew when asked for."""
        now = self.heads.judging(), tuple(self.profiles)
        if "taggers" not in self.__dict__ or now == self._judging:
            return False
        del self.__dict__["taggers"]
        return True

    def read_head(self, item: Labelled) -> Reading | None:
        """`head_text` as the heads see it."""
        from classifier.features import read_text

        text = self.head_text(item)
        return read_text(*text) if text else None

    def head_text(self, item: Labelled) -> tuple[str, str] | None:
        """Title and lead of an article, and their language; None: one that the heads are not taught."""
        from classifier.themes import language_of, taught

        language = language_of(item.article, item.labels)
        return (f"{item.article.title}\n{item.article.lead}", language) if taught(language) else None

    @shared
    def grouper(self) -> Grouper:
        from classifier.stories import StoryGrouper

        return StoryGrouper(self.profiles)

    @shared
    def memory(self) -> Memory:
        """Who tells that coverage repeats an answered claim; asked with the claims of one province at a time."""
        from classifier.places import Gazetteer
        from classifier.repeats import Repeats

        return Repeats([Gazetteer(each) for each in self.profiles])

    @shared
    def encoder(self) -> Encoder | None:
        """The model that comes with the program, or the one named in the settings; "none" is none."""
        from classifier.encoder import open_encoder

        chosen = self.settings.classifier
        return open_encoder(chosen.encoder, chosen.backend)

    @shared
    def vectors(self) -> Vectors | None:
        """To write to: opens the encoder, whose vectors they are."""
        return self._vectors(self.encoder.version, self.encoder.dimension) if self.encoder else None

    @shared
    def kept_vectors(self) -> Vectors:
        """To read what there is, whichever model made it: a screen pays for no encoder."""
        return self._vectors("", 0)

    def _vectors(self, version: str, dimension: int) -> Vectors:
        """Where the index is."""
        if self.settings.index.engine == "elastic":
            from indexer.elastic_vectors import ElasticVectors

            chosen = self.settings.index
            login, layout = self._login(chosen), self._layout(chosen)
            return ElasticVectors(
                chosen.url, chosen.alias, version, dimension, login, kind=chosen.vectors, layout=layout
            )
        from indexer.vectors import EmbeddedVectors

        return EmbeddedVectors(self.settings.vectors_path, version, dimension)

    @cached_property
    def letters(self) -> Letters:
        """Whoever writes the messages."""
        web, mail = self.settings.web, self.settings.mail
        from diembao.pipeline.outgoing import gist_of, trial_stop_of

        ways = self.link_of, self.stop_of, partial(trial_stop_of, self), partial(gist_of, self), self.several
        return Letters(self.profile.timezone, self.outlet_name, web.public_url, mail.sender, *ways)

    @shared
    def notifiers(self) -> Mapping[Channel, Notifier]:
        from diembao.pipeline.outgoing import notifiers

        return notifiers(self)

    @property
    def judges(self) -> str:
        """One word for everything that decides labels; when it changes, articles are judged again."""
        parts = [*(tagger.version for tagger in self.taggers), self.grouper.version]
        return _digest("\n".join(parts))

    @property
    def profile_digest(self) -> str:
        return _digest("\n".join(map(repr, self.profiles)))

    def country(self, outlet: str) -> str:
        known = self.outlets.get(outlet)
        return known.country if known else ""

    def outlet_name(self, outlet: str) -> str:
        known = self.outlets.get(outlet)
        return known.name if known else outlet

    def language_of(self, text: str, declared: str) -> str:
        """As the classifier finds it, told what the outlet declares."""
        from classifier.language import detect

        return detect(text, declared)[0]

    def close(self) -> None:
        """Close what was opened, and only that."""
        for name in ("vectors", "kept_vectors", "searchable", "record"):
            opened = self.whole.__dict__.get(name)
            if opened is not None:
                opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def open_installation(settings: Settings, asks: Asks = unasked) -> Installation:
    return Installation(settings, asks)
