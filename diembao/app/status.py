"""What stands in an installation and what is wrong with it, as data and as text; and search, the same way."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from diembao.app.kept_aside import kept_aside
from diembao.core.alert import Undelivered
from diembao.core.article import Labelled
from diembao.core.errors import IndexAway
from diembao.core.highlight import Sought, passage, sought
from diembao.core.highlight import as_text as passage_as_text
from diembao.core.ports import OutletState
from diembao.core.query import All, Bool, Terms
from diembao.core.question import any_word
from diembao.core.quotes import words_of
from diembao.core.reasons import reason
from diembao.pipeline import remembering
from diembao.pipeline.fact_health import feed_troubles
from diembao.pipeline.health import Silence, SilentOutlet, health_of
from diembao.pipeline.telling import standing
from diembao.pipeline.unreadable import unreadable
from diembao.pipeline.verify import LOST, lost, remade
from diembao.pipeline.waiting import waiting
from diembao.pipeline.wiring import Installation
from diembao.reports.silence import Fall

Checks = Mapping[str, tuple[datetime, Mapping[str, Any]]]
STEPS = ("judge", "group", "join", "index", "alert", "remember", "encode")
# A message that was refused is shown for so long.
REFUSED = timedelta(days=7)


def status_of(house: Installation, now: datetime) -> dict[str, Any]:
    states = {state.outlet: state for state in house.store.outlet_states()}
    checks = house.store.checks()
    return {
        "home": str(house.settings.home),
        "province": house.profile.id,
        "provinces": list(house.watched),
        "articles": house.store.size(),
        "log": house.store.head(),
        "bookmarks": _bookmarks(house),
        "look_back_days": remembering.behind(house)[1],
        "last_run": _last_run(house),
        "outlets": [_outlet(outlet.id, outlet.name, states.get(outlet.id), checks) for outlet in house.crawled],
        "alarms": list(alarms(house, now)),
    }


def _bookmarks(house: Installation) -> dict[str, int]:
    """Up to which entry of the log each step is done; `index` as the copy itself has it, where it can be asked."""
    steps = [step for step in STEPS if step != "encode" or house.settings.classifier.encoder != "none"]
    marks = {step: house.store.bookmark(step) for step in steps}
    with contextlib.suppress(IndexAway):
        marks["index"] = house.index.position()
    return marks


def _last_run(house: Installation) -> dict[str, Any] | None:
    last = next(iter(house.store.runs(1)), None)
    if last is None:
        return None
    times = {"started": last.started_at.isoformat(), "ended": last.ended_at and last.ended_at.isoformat()}
    return {**times, "by": last.by, **last.counts.as_json()}


def _outlet(outlet: str, name: str, state: OutletState | None, checks: Checks) -> dict[str, Any]:
    """Reached by a run, or by `diembao outlets check` before any."""
    checked, report = checks.get(outlet, (None, {}))
    reached = (state and state.last_reached) or (checked if report.get("reached") else None)
    return {
        "id": outlet,
        "name": name,
        "articles": state.articles if state else 0,
        "last_reached": reached.isoformat() if reached else None,
        "checked": checked and checked.isoformat(),
        "failures": state.failures if state else 0,
        "last_failure": state.last_failure if state else "",
    }


def alarms(house: Installation, now: datetime) -> Iterator[dict[str, str]]:
    """Everything a person should look at, one sentence each."""
    for fault in house.store.faults():
        yield {"kind": "ledger", "text": f"Sổ thu thập không khớp: {fault}."}
    if not house.settings.crawl.contact:
        yield {"kind": "contact", "text": "Chưa điền crawl.contact: các báo không biết liên hệ với ai."}
    yield from _of_sources(house, now)
    for each in feed_troubles(house, now):
        yield {"kind": "facts", "text": each.vi}
    aside = len(house.store.quarantine())
    if aside:
        yield {"kind": "quarantine", "text": f"{aside} mục nằm ở cách ly, chờ người xem."}
    for bad in house.store.undelivered(now - REFUSED):
        yield {"kind": "mail", "text": _undelivered(bad, house.profile.timezone)}
    for _, why in unreadable(house, standing(house), now):
        yield {"kind": "alert", "text": f"{why}."}
    yield from _of_the_model(house)
    yield from _of_the_index(house)


def _of_sources(house: Installation, now: datetime) -> Iterator[dict[str, str]]:
    """By the rule that *Hôm nay* goes by as well (`pipeline.health`)."""
    found = health_of(house, now)
    for group in found.groups:
        name = f"Tiếng {group.name}" if group.scope == "language" else f"Loại nguồn {group.name}"
        yield {"kind": group.scope, "text": f"{name}: {_fewer(group.fall, house.profile.timezone)}"}
    for each in found.outlets:
        kind = "source" if each.silence in {Silence.NEVER, Silence.FAILING} else "silent"
        yield {"kind": kind, "text": f"{house.outlet_name(each.outlet)}: {_silent(each, house.profile.timezone)}"}


def _silent(each: SilentOutlet, zone: str) -> str:
    since = f"{each.since.astimezone(ZoneInfo(zone)):%d/%m/%Y %H:%M}" if each.since else ""
    if each.fall is not None:
        return _fewer(each.fall, zone)
    if each.silence is Silence.UNREACHED:
        return f"chưa đọc được từ {since}."
    why = f"{each.failing or each.sources} trên {each.sources} nguồn phát lỗi, {each.failures} lần liền, "
    return why + reason(each.why, "vi") + (f"; đọc được lần cuối {since}" if since else "; chưa đọc được lần nào")


def _fewer(fall: Fall, zone: str) -> str:
    since = f"{fall.since.astimezone(ZoneInfo(zone)):%d/%m/%Y %H:%M}"
    return f"{fall.seen} mục tin mới từ {since}, thường là {fall.expected:.0f}."


def _of_the_model(house: Installation) -> Iterator[dict[str, str]]:
    """What a retraining learned and was kept aside; in its place the head before it goes on judging."""
    last = next(iter(house.heads.history()), None)
    if last is not None and last.aside:
        text = f"Máy học lại lần {last.number}: {' '.join(kept_aside(last))} (diembao model history)."
        yield {"kind": "model", "text": text}


def _of_the_index(house: Installation) -> Iterator[dict[str, str]]:
    """What only the searchable copy knows, and whether it can be asked and written at all."""
    noted = waiting(house.store)
    if noted:
        since = f"{noted.since.astimezone(ZoneInfo(house.profile.timezone)):%d/%m/%Y %H:%M}"
        behind = house.store.head() - house.store.bookmark("index")
        text = f"Chỉ mục không nhận bài mới từ {since}: {noted.why}. {behind} việc đang chờ, không mất gì."
        yield {"kind": "index", "text": text}
    try:
        if lost(house):
            yield {"kind": "index", "text": LOST}
            return
        if again := remade(house):
            yield {"kind": "index", "text": str(again)}
        unjudged = house.index.count(Bool(must=(All(),), must_not=(Terms("relevance", ("yes", "part", "no")),)))
    except IndexAway as error:
        if not noted:
            yield {"kind": "index", "text": f"Không tìm kiếm được: {error}. Bài vẫn giữ trong kho."}
        return
    if unjudged:
        yield {"kind": "judge", "text": f"{unjudged} bài chưa có nhãn liên quan; xem nhật ký."}


def _undelivered(bad: Undelivered, zone: str) -> str:
    since = f"{bad.since.astimezone(ZoneInfo(zone)):%d/%m/%Y %H:%M}"
    what = "đã thôi gửi" if bad.dead else "bị từ chối" if bad.refused else "còn chờ gửi lại"
    where = bad.to.address or "thư mục cảnh báo"
    return f"Cảnh báo “{bad.subscription}” tới {where}: {bad.n} {what}, từ {since}: {bad.why}"


def as_text(found: dict[str, Any]) -> str:
    marks = ", ".join(f"{step} {number}" for step, number in found["bookmarks"].items())
    reached = sum(1 for outlet in found["outlets"] if outlet["last_reached"])
    lines = [
        f"{found['home']} · {found['province']}{_watched(found['provinces'])}",
        f"{found['articles']} bài · nhật ký {found['log']} · {marks}",
        *([f"còn {back} ngày tin chưa đối chiếu với câu trả lời mới"] if (back := found["look_back_days"]) else []),
        f"{reached}/{len(found['outlets'])} nguồn đã đọc được" + _never(len(found["outlets"]) - reached),
        *(f"! {alarm['text']}" for alarm in found["alarms"]),
    ]
    return "\n".join(lines)


def _watched(provinces: Sequence[str]) -> str:
    return f" · theo dõi {len(provinces)} tỉnh, thành: {', '.join(provinces)}" if len(provinces) > 1 else ""


def _never(outlets: int) -> str:
    return f"; {outlets} chưa đọc được lần nào (diembao outlets check)" if outlets else ""


def search_articles(
    house: Installation, text: str, limit: int, now: datetime, *, any_of: bool = False
) -> dict[str, Any]:
    """Every article that matches, whatever its relevance: the hidden ones are found by who asks for them. ``any_of``
    takes the text for a question in a sentence, and no word of it for one of the query language. ``waiting`` entries of
    the log are not in the index yet.

    Raises:
        IndexAway: there is no index that could answer.
    """
    refuse_lost(house)
    asked = any_word(text) if any_of else house.query(text, now)
    found = house.index.search(asked, limit=limit)
    scores, words = {hit.id: hit.score for hit in found.hits}, sought(asked)
    items = house.store.rows(list(scores))
    return {
        "total": found.total,
        "waiting": max(0, house.store.head() - house.index.position()),
        "hits": [hit_of(item, words) | {"score": round(scores[item.article.id], 6)} for item in items],
    }


def refuse_lost(house: Installation) -> None:
    """Raises:
    IndexAway: there is no index that could answer.
    """
    if lost(house):
        raise IndexAway(LOST)


def hit_of(item: Labelled, words: Sought) -> dict[str, Any]:
    """One article that was found, with a passage of what was asked for."""
    article = item.article
    return {
        "id": article.id,
        "url": article.url,
        "title": article.title,
        "outlet": article.outlet,
        "published_at": article.published_at and article.published_at.isoformat(),
        "passage": passage_as_text(passage(words_of(item), words)),
    }


def found_as_text(found: dict[str, Any], zone: str) -> str:
    """``zone``: the province's, in which times are told."""
    rows = [
        f"{_told_time(hit['published_at'], zone)}  {hit['outlet']}  {hit['title']}\n    {hit['id']}  {hit['url']}"
        + (f"\n    {hit['passage']}" if hit["passage"] else "")
        + (f"\n    theo nghĩa, giống {hit['likeness']:.2f}" if hit.get("meaning") and not hit["words"] else "")
        for hit in found["hits"]
    ]
    behind = f"; chỉ mục còn {found['waiting']} việc chưa đọc, có thể thiếu bài" if found["waiting"] else ""
    number = f"{found['total']} bài" + (" gần nhất, không phải tổng số" if found.get("nearest") and rows else "")
    return "\n".join([number + behind, *rows])


def _told_time(iso: str | None, zone: str) -> str:
    return f"{datetime.fromisoformat(iso).astimezone(ZoneInfo(zone)):%d/%m/%Y %H:%M}" if iso else "chưa rõ giờ"
