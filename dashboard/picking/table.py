"""The list as a table: columns that the reader chooses and that are remembered, rows that can be chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote, urlencode

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.names import country_name, language_name
from dashboard.picking import chosen
from dashboard.quotes import quote as sentence
from dashboard.texts import Words
from dashboard.views import Row
from diembao.core.article import Kind

COLUMNS: Final = (
    *("time", "title", "outlet", "country", "language", "relevance", "stance", "theme", "story", "sentence"),
)
AT_FIRST: Final = ("time", "title", "outlet", "stance", "theme", "story")
_MEMORY, _CHOICE = "stream.columns", "stream-columns"
_TITLE: Final = 90  # characters


def columns() -> list[str]:
    """As this reader left them; the title is always there."""
    kept = newsroom.house().store.remembered(newsroom.visitor().actor, _MEMORY)
    wanted = [name for name in (kept or "").split(",") if name in COLUMNS]
    return [name for name in COLUMNS if name in {*(wanted or AT_FIRST), "title"}]


def choose(say: Words) -> None:
    st.session_state[_CHOICE] = columns()
    with st.popover(say("columns"), icon=":material/view_column:"):
        st.pills(
            say("columns"),
            COLUMNS,
            selection_mode="multi",
            format_func=lambda name: say(f"column.{name}"),
            key=_CHOICE,
            on_change=_remember,
            label_visibility="collapsed",
        )


def _remember() -> None:
    wanted = ",".join(st.session_state[_CHOICE] or ())
    newsroom.house().store.remember(newsroom.visitor().actor, _MEMORY, wanted)


def show(rows: Sequence[Row], now: datetime, say: Words) -> None:
    wanted = columns()
    ids = [row.item.article.id for row in rows]
    told = [{say(f"column.{name}"): _CELLS[name](row, now, say) for name in wanted} for row in rows]
    title = st.column_config.LinkColumn(say("column.title"), display_text=r"#(.*)$", width="large")
    config = {say("column.title"): title}
    if not chosen.is_on():
        st.dataframe(told, column_config=config, hide_index=True, height="content", key="stream-table")
        return
    event = st.dataframe(
        told,
        column_config=config,
        hide_index=True,
        height="content",
        on_select="rerun",
        selection_mode="multi-row",
        # Other rows, another table: what was chosen by its place is never another article.
        key=f"stream-table-{hash(tuple(ids))}",
    )
    chosen.set_on_page(ids, [ids[n] for n in event["selection"]["rows"] if n < len(ids)])


def _time(row: Row, now: datetime, say: Words) -> str:
    return forms.clock(row.item.article.when, now, newsroom.house().profile.timezone, say)


def _title(row: Row, now: datetime, say: Words) -> str:  # noqa: ARG001 (of all columns)
    article = row.item.article
    title = forms.shortened(forms.seen(article.title, article.id), _TITLE)
    return f"/bai-bao?{urlencode(parts.address(article.id, say))}#{quote(title)}"


def _labels(kind: Kind, row: Row, say: Words) -> str:
    here = newsroom.house().profile.id
    return ", ".join(say(f"{kind.value}.{key}") for key in row.item.keys(kind, here))


def _themes(row: Row, say: Words) -> str:
    keys = row.item.keys(Kind.THEME, newsroom.house().profile.id)
    return ", ".join(parts.theme_name(key, say) for key in keys)


_CELLS: Final[Mapping[str, Callable[[Row, datetime, Words], Any]]] = {
    "time": _time,
    "title": _title,
    "outlet": lambda row, _, __: row.outlet,
    "country": lambda row, _, say: country_name(newsroom.house().country(row.item.article.outlet), say.language),
    "language": lambda row, _, say: language_name(
        row.item.key(Kind.LANGUAGE) or row.item.article.language, say.language
    ),
    "relevance": lambda row, _, say: _labels(Kind.RELEVANCE, row, say),
    "stance": lambda row, _, say: _labels(Kind.STANCE, row, say),
    "theme": lambda row, _, say: _themes(row, say),
    "story": lambda row, _, say: say("row.story", n=row.articles, m=row.texts) if row.articles > 1 else "",
    "sentence": lambda row, _, __: sentence(row.item, newsroom.house().profile.id) or "",
}
