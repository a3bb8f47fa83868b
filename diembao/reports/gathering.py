"""The questions of a report, asked in the order in which it tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from itertools import chain
from zoneinfo import ZoneInfo

from diembao.core.article import Kind, Labelled
from diembao.core.names import country_name, language_name
from diembao.core.query import Query, Terms
from diembao.plan.reader import profile
from diembao.reports.answering import answering
from diembao.reports.edits import edits
from diembao.reports.effects import effects
from diembao.reports.figures import MOST_VALUES, Book, Counted, Figure, Narrowed
from diembao.reports.house import HOME, OWN, House
from diembao.reports.lists import light, listed
from diembao.reports.official import OFFICIAL
from diembao.reports.owed import owed
from diembao.reports.period import Period
from diembao.reports.sources import sources
from diembao.reports.stories import stories
from diembao.reports.weekly import COPY, CORRECTION, CRITICAL, STANCES, Heard, Overview, Weekly
from diembao.response.gists import accepted_gists

ANYWHERE = ""  # no value is left out


class Gathering:
    """One report's."""

    def __init__(
        self, house: House, province: str, period: Period, now: datetime, only: tuple[Query, ...], heard: Heard
    ) -> None:
        self.house, self.province, self.period, self.now = house, province, period, now
        self.book, self.heard = Book(house, province, period, only), heard
        catalogue = {outlet.country for outlet in house.outlets.values()} - {""}
        self.known = Terms("country", tuple(sorted(catalogue)))
        self.abroad = Terms("country", tuple(sorted(catalogue - {HOME})))

    def weekly(self, as_of: int) -> Weekly:
        store, book = self.house.store, self.book
        overview = self._overview()
        self.heard(0.5)
        found = light(store, overview.articles.now.ids)
        items = tuple(sorted(found, key=lambda item: (item.article.when, item.article.id)))
        self.heard(0.6)
        critical = frozenset(overview.critical.now.ids)
        revised = listed(store, book.add("Bài được báo sửa sau khi đăng", narrowed=Narrowed.REVISED), items)
        main = tuple(stories(book, items, critical))
        told = Weekly(
            period=self.period,
            province=profile(self.province, self.house.plan_folder),
            made=self.now,
            as_of=as_of,
            periods=book.periods,
            overview=overview,
            stories=main,
            critical=listed(store, overview.critical, items),
            answering=answering(book, overview.critical),
            owing=owed(book, self.now),
            countries=self._each("country", country_name, leave=HOME),
            foreign=listed(store, overview.foreign, items),
            effects=tuple(effects(book, self.now)),
            official=listed(store, self._official(), items),
            corrections=listed(store, book.add("Bài đính chính", CORRECTION), items),
            revised=revised,
            edits=edits(store, (item for item, _ in revised.rows)),
            withdrawn=listed(store, book.add("Bài bị báo gỡ", narrowed=Narrowed.WITHDRAWN), items),
            by_day=self._by_day(items),
            gists=accepted_gists(store, chain(items, *(each.leads for each in main)), OWN),
            items=items,
            sources=sources(self.house, self.period, self.now),
            figures=tuple(book.figures),
            sums=tuple(book.sums),
            only=book.only,
        )
        self.heard(0.8)
        return told

    def _official(self) -> Figure:
        return self.book.add("Bài dẫn thông tin chính thức", OFFICIAL, narrowed=Narrowed.OFFICIAL)

    def _by_day(self, items: tuple[Labelled, ...]) -> Counter[tuple[date, str]]:
        zone, own = ZoneInfo(self.period.zone), self.house.profile.id
        return Counter((x.article.when.astimezone(zone).date(), x.key(Kind.STANCE, own) or "") for x in items)

    # -- numbers

    def _overview(self) -> Overview:
        add = self.book.add
        articles = add("Bài về tỉnh")
        return Overview(
            articles=articles,
            texts=add("Văn bản khác nhau (không kể bài đăng lại)", without=(COPY,)),
            stories=add("Chuyện", counted=Counted.STORIES),
            outlets=add("Nguồn có bài", counted=Counted.OUTLETS),
            foreign=add("Bài của báo chí nước ngoài", self.abroad),
            critical=add("Bài phê phán", CRITICAL),
            by_person=add("Bài phê phán do người xác định", CRITICAL, narrowed=Narrowed.BY_PERSON),
            stances=self._stances(articles),
            home=add("Nguồn trong nước", Terms("country", (HOME,)), counted=Counted.OUTLETS),
            abroad=add("Nguồn nước ngoài", self.abroad, counted=Counted.OUTLETS),
            nowhere=add("Nguồn không rõ nước", without=(self.known,), counted=Counted.OUTLETS),
            languages=self._each("language", language_name, leave=ANYWHERE),
            themes=self._themes(),
        )

    def _stances(self, articles: Figure) -> tuple[tuple[str, Figure], ...]:
        """They share no article, and are all of it: what was not judged is one of them."""
        known = Terms("stance", tuple(STANCES))
        found = [
            (stance, self.book.add(f"Thái độ: {name}", Terms("stance", (stance,)))) for stance, name in STANCES.items()
        ]
        found.append(("", self.book.add("Thái độ: chưa xét", without=(known,))))
        self.book.add_up(articles, (figure for _, figure in found))
        return tuple(found)

    def _themes(self) -> tuple[tuple[str, Figure], ...]:
        """An article may have several."""
        found = [
            (x.id, self.book.add(f"Chủ đề: {x.vi}", Terms("theme", (x.id,))))
            for x in self.house.profile.themes.values()
        ]
        found.append(
            ("", self.book.add("Không thuộc chủ đề nào", without=(Terms("theme", tuple(self.house.profile.themes)),)))
        )
        return tuple(found)

    def _each(self, field: str, name: Callable[[str, str], str], *, leave: str) -> tuple[tuple[str, Figure], ...]:
        """A figure for each value but one that has articles in this period or the one before; the largest first."""
        whole = Period(self.period.before(1).first, self.period.last, self.period.zone)
        asked = {"values": {"terms": {"field": field, "size": MOST_VALUES}}}
        buckets = self.house.index.aggregate(self.book.query(whole), asked)["values"]["buckets"]
        values = sorted(bucket["key"] for bucket in buckets if bucket["key"] != leave)
        found = [(value, self.book.add(f"Theo {name(value, 'vi')}", Terms(field, (value,)))) for value in values]
        return tuple(sorted(found, key=lambda each: (-each[1].count, each[0])))
