"""What an alert says, as plain text and as HTML: one story, or several in one message.

Everything in it but our own words is foreign: it is escaped, and only http(s) addresses become links.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from itertools import starmap
from typing import Final
from zoneinfo import ZoneInfo

from diembao.core.alert import Alert, News, Parcel
from diembao.response.alert_words import say
from diembao.response.lines import cut, one_line
from diembao.response.pages import page_at

# Stories told in one message; outlets named at its head.
TITLES, OUTLETS = 20, 5
# Added to the address of an article: where the reader comes from, and that a case is to be opened.
FROM: Final = "canh-bao"

# In each element: mail readers drop style sheets.
_FONT: Final = "font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5;color:#1b2430"
_BOX: Final = "max-width:600px;margin:0 auto;padding:20px;background:#ffffff;border-top:4px solid #0b5e7e"
_STORY: Final = "margin:0 0 20px;padding:0 0 16px;border-bottom:1px solid #d5dbe2"
_TITLE: Final = "color:#0b5e7e;text-decoration:none;font-size:18px;line-height:1.35"
_NEWS: Final = "margin:0 0 6px;font-size:14px;font-weight:bold;color:#a8430f"
_QUOTE: Final = "margin:10px 0;padding:4px 0 4px 14px;border-left:3px solid #9aa7b5;color:#3b4754;font-style:italic"
_FAINT: Final = "font-size:14px;color:#5b6672"
_BUTTON: Final = "display:inline-block;margin:8px 8px 0 0;padding:9px 14px;text-decoration:none;font-size:15px"
_FIRST: Final = "background:#0b5e7e;color:#ffffff;border:1px solid #0b5e7e"
_OTHER: Final = "background:#ffffff;color:#0b5e7e;border:1px solid #9aa7b5"


@dataclass(frozen=True, slots=True)
class Written:
    subject: str
    plain: str
    html: str


@dataclass(frozen=True, slots=True)
class AlertMail:
    """``zone`` is the province's, ``outlet_name`` gives an outlet's name for its id, ``public_url`` is where readers
    reach the dashboard ("": nowhere), ``gist_of`` what an accepted gist says of an alert's article in its language.
    """

    zone: str
    outlet_name: Callable[[str], str]
    public_url: str = ""
    gist_of: Callable[[Alert], str] = lambda _: ""
    several: bool = False  # provinces are watched

    def written(self, parcel: Parcel, stop: str = "") -> Written:
        """``stop`` is the address at which whoever gets it says that they want no more ("": nowhere)."""
        stories = _latest(parcel.alerts)
        language = stories[-1].language
        head = [say(language, "trial")] if parcel.trial else []
        head += self._summary(stories, language) if len(stories) > 1 else []
        foot = [say(language, "footer"), say(language, "of", name=one_line(parcel.subscription))]
        if more := len(stories) - TITLES:
            foot = [say(language, "more", n=more), *foot] if more > 0 else foot
        subject = _subject(stories, language)
        told = [(alert, self._gist(alert)) for alert in stories[:TITLES]]
        return Written(
            say(language, "trial_subject", subject=subject) if parcel.trial else subject,
            "\n\n".join(
                [*head, *starmap(self._plain, told), "-- \n" + "\n".join([*foot, *_stop_plain(language, stop)])]
            )
            + "\n",
            _page(language, [*map(_paragraph, head), *starmap(self._html, told)], foot, stop),
        )

    # -- one story
    def _plain(self, alert: Alert, gist: str) -> str:
        sentence, news = one_line(alert.sentence), _news(alert)
        return "\n\n".join(
            part
            for part in (
                "\n".join(line for line in (news, _title(alert), self._where(alert)) if line),
                f"“{sentence}”" if sentence else "",
                gist,
                f"{say(alert.language, 'why')}: {one_line(alert.why)}",
                "\n".join(f"{name}: {address}" for name, address in self._links(alert)),
            )
            if part
        )

    def _html(self, alert: Alert, gist: str) -> str:
        sentence, news, where = one_line(alert.sentence), _news(alert), self._where(alert)
        buttons = [
            f'<a href="{escape(address)}" style="{_BUTTON};{_OTHER if n else _FIRST}">{escape(name)}</a>'
            for n, (name, address) in enumerate(self._links(alert))
            if _is_web(address)
        ]
        why = f"{say(alert.language, 'why')}: {one_line(alert.why)}"
        parts = [
            f'<p style="{_NEWS}">{escape(news)}</p>' if news else "",
            f'<p style="margin:0">{_linked(_title(alert), alert.url)}</p>',
            f'<p style="margin:4px 0 0;{_FAINT}">{escape(where)}</p>' if where else "",
            f'<p style="{_QUOTE}">“{escape(sentence)}”</p>' if sentence else "",
            f'<p style="margin:8px 0 0">{escape(gist)}</p>' if gist else "",
            f'<p style="margin:8px 0 0;{_FAINT}">{escape(why)}</p>',
            f'<p style="margin:4px 0 0">{"".join(buttons)}</p>' if buttons else "",
        ]
        return f'<div style="{_STORY}">\n' + "\n".join(part for part in parts if part) + "\n</div>"

    def _gist(self, alert: Alert) -> str:
        """As a sentence: that a machine wrote it stands first."""
        said = self.gist_of(alert)
        return f"{said[:1].upper()}{said[1:]}." if said else ""

    def _links(self, alert: Alert) -> list[tuple[str, str]]:
        language = alert.language
        found = [(say(language, "read"), alert.url)] if alert.url else []
        if self.public_url and alert.article_id:
            province = alert.province if self.several else ""
            page = page_at(self.public_url, f"/bai-bao?id={alert.article_id}", province)
            found += [(say(language, "page"), page), (say(language, "open_case"), f"{page}&from={FROM}")]
        return found

    def _where(self, alert: Alert) -> str:
        """Outlet, time, how much else there is of the story."""
        if not alert.url:
            return ""
        language, published = alert.language, alert.published_at
        time = self._clock(published) if published else say(language, "no_date", time=self._clock(alert.at))
        copies = alert.copies
        more = [
            say(language, "story" if copies else "articles", n=alert.texts) if alert.texts > 1 else "",
            say(language, "copy" if copies == 1 else "copies", n=copies) if copies else "",
        ]
        return " · ".join(part for part in (self._outlet(alert), time, *more) if part)

    def _outlet(self, alert: Alert) -> str:
        return one_line(self.outlet_name(alert.outlet))

    def _clock(self, time: datetime) -> str:
        return f"{time.astimezone(ZoneInfo(self.zone)):%d/%m/%Y %H:%M}"

    # -- several
    def _summary(self, stories: Sequence[Alert], language: str) -> list[str]:
        """Counts: of stories and articles, by outlet, by stance."""
        outlets = Counter(self._outlet(alert) for alert in stories)
        named = [f"{name} {n}" for name, n in outlets.most_common(OUTLETS)]
        others = outlets.most_common()[OUTLETS:]
        if others:
            named.append(say(language, "others", k=len(others), n=sum(n for _, n in others)))
        articles = sum(alert.articles for alert in stories)
        stances = Counter(alert.stance for alert in stories)
        counts = [
            say(language, f"count.{each}", n=stances[each])
            for each in ("critical", "positive", "neutral", "")
            if stances[each]
        ]
        told = {"n": len(stories), "articles": articles, "outlets": len(outlets), "named": ", ".join(named)}
        return [say(language, "summary", **told), say(language, "stances", counts=", ".join(counts))]


def _latest(alerts: Sequence[Alert]) -> list[Alert]:
    """Of each story what was told of it last, in the order in which the stories came."""
    return list({(alert.story or alert.article_id): alert for alert in alerts}.values())


def _subject(stories: Sequence[Alert], language: str) -> str:
    if len(stories) > 1:
        return say(language, "several", n=len(stories))
    (alert,) = stories
    title = _title(alert)
    return cut(title if alert.news is News.FIRST else say(language, f"subject.{alert.news}", title=title))


def _title(alert: Alert) -> str:
    return one_line(alert.title) or alert.url


def _news(alert: Alert) -> str:
    """What changed; nothing where the story is told for the first time."""
    if alert.news is News.FIRST:
        return ""
    key = f"news.stance.{alert.turn}" if alert.news is News.STANCE else f"news.{alert.news}"
    return say(alert.language, key, n=alert.articles)


# -- HTML -----------------------------------------------------------------------------------------


def _stop_plain(language: str, stop: str) -> list[str]:
    return [f"{say(language, 'stop')}: {stop}"] if stop else []


def _page(language: str, body: Sequence[str], foot: Sequence[str], stop: str) -> str:
    lines = "<br>\n".join(escape(line) for line in foot)
    if stop:
        lines += f'<br>\n<a href="{escape(stop)}" style="color:#5b6672">{escape(say(language, "stop"))}</a>'
    return (
        f'<!doctype html>\n<html lang="{"en" if language == "en" else "vi"}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"></head>\n'
        f'<body style="margin:0;padding:12px;background:#eef1f5;{_FONT}">\n<div style="{_BOX}">\n'
        + "\n".join(body)
        + f'\n<p style="margin:0;{_FAINT}">{lines}</p>\n</div>\n</body></html>\n'
    )


def _paragraph(text: str) -> str:
    return f'<p style="margin:0 0 16px">{escape(text)}</p>'


def _linked(text: str, address: str) -> str:
    strong = f"<strong>{escape(text)}</strong>"
    return f'<a href="{escape(address)}" style="{_TITLE}">{strong}</a>' if _is_web(address) else strong


def _is_web(address: str) -> bool:
    return address.startswith(("https://", "http://"))
