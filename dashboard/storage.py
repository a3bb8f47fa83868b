"""*Lưu trữ* on *Quản trị*: where the bytes lie and how they grow, what retention would drop, the last backup and what
would be lost without a newer one. Nothing is dropped or written from here: those are commands of whoever runs the
machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.texts import Words
from diembao.core.retention import Over
from diembao.core.storage import Done
from diembao.pipeline import retention, storage
from diembao.pipeline.storage import Check, Held, Kept, Month
from diembao.pipeline.wiring import Installation

_MB: Final = 1_000_000
_GB: Final = 1_000 * _MB
# A backup is made every night; one night may be missed.
OLD: Final = timedelta(hours=36)
_MEASURED: Final = "storage-measured"


@dataclass(frozen=True, slots=True)
class Measured:
    held: Held
    months: Sequence[Month]
    over: Sequence[Over]


def show(say: Words) -> None:
    now = newsroom.now().replace(second=0, microsecond=0)
    _backup(now, say)
    parts.heading(say("storage"))
    if not st.session_state.get(_MEASURED):
        st.caption(forms.plain(say("storage.help")))
        st.button(say("storage.measure"), key="storage-measure", on_click=_measure)
        return
    with st.spinner(say("storage.measuring")):
        found = newsroom.read(measured, now.replace(minute=now.minute // 10 * 10))
    _held(found.held, say)
    _growth(found.months, say)
    _retention(found.over, say)


def _measure() -> None:
    st.session_state[_MEASURED] = True


def measured(house: Installation, now: datetime) -> Measured:
    """Reads whole tables: asked for by a person, kept for ten minutes where nothing changes."""
    over = retention.what_is_over(house, now)
    return Measured(storage.held(house), tuple(storage.growth(house, now)), tuple(over))


# -- where the bytes lie --------------------------------------------------------------------------


def _held(held: Held, say: Words) -> None:
    rows = [
        ("storage.record", size(held.record, say)),
        ("storage.evidence", _pages(held.evidence.number, held.evidence.bytes, say)),
        ("storage.index", _or_server(held.index, say)),
        ("storage.vectors", _or_server(held.vectors, say)),
        ("storage.files", size(held.files, say)),
    ]
    if held.free is not None and held.disk is not None:
        rows.append(("storage.free", say("storage.of", size=size(held.free, say), of=size(held.disk, say))))
    st.table([{say("storage.what"): say(key), say("storage.size"): forms.plain(told)} for key, told in rows])
    st.caption(forms.plain(say("storage.part")))


def _or_server(size_of: int | None, say: Words) -> str:
    return say("storage.server") if size_of is None else size(size_of, say)


def size(number: int, say: Words) -> str:
    """1,2 GB; below one gigabyte in MB."""
    if number >= _GB:
        return f"{forms.number(number / _GB, say, 1)} GB"
    return f"{forms.number(number / _MB, say, 1)} MB"


def _pages(number: int, size_of: int, say: Words) -> str:
    return say("storage.pages", n=forms.number(number, say), size=size(size_of, say))


def _growth(months: Sequence[Month], say: Words) -> None:
    parts.heading(say("storage.growth"))
    st.table(
        [
            {
                say("storage.month"): f"{month.first:%m/%Y}",
                say("storage.articles"): forms.number(month.came.number, say),
                say("storage.page_bytes"): size(month.came.bytes, say),
            }
            for month in months
        ]
    )


def _retention(over: Sequence[Over], say: Words) -> None:
    parts.heading(say("storage.retention"))
    chosen = newsroom.house().settings.retention
    days = (chosen.pages_days, chosen.other_pages_days, chosen.aside_days)
    st.table(
        [
            {
                say("storage.what"): say(f"storage.kind.{each.kind.value}"),
                say("storage.after"): say("storage.days", n=forms.number(limit, say)),
                say("storage.would_go"): _pages(each.pages, each.bytes, say),
                say("storage.needed"): forms.number(each.needed, say),
            }
            for each, limit in zip(over, days, strict=True)
        ]
    )
    st.caption(forms.plain(say("storage.automatic" if chosen.automatic else "storage.by_hand")))
    _commands("diembao retention --dry-run", "diembao retention")


# -- the backup -----------------------------------------------------------------------------------


def _backup(now: datetime, say: Words) -> None:
    house = newsroom.house()
    parts.heading(say("backup"))
    last, checked = storage.last_backup(house), storage.last_check(house)
    if last is None:
        st.warning(say("backup.never"))
    else:
        _last(last, checked, now, say)
    st.caption(forms.plain(say("backup.how")))
    name = f"/sao-luu/diembao-{forms.local(now, house.profile.timezone):%Y-%m-%d}"
    _commands(f"diembao backup --out {name}", f"diembao backup verify {name} --note")


def _commands(*lines: str) -> None:
    """Ours, not anybody's words."""
    st.markdown("\n".join(("```", *lines, "```")))


def _last(last: Kept, checked: Check | None, now: datetime, say: Words) -> None:
    zone = newsroom.house().profile.timezone
    told = say("backup.last", time=forms.moment(last.at, zone), ago=forms.ago(last.at, now, say), folder=last.folder)
    told += f" {say('backup.size', size=size(last.bytes, say))}" if last.bytes else ""
    keys = say("backup.with_keys" if last.keys else "backup.without_keys")
    (st.warning if now - last.at > OLD else st.success)(forms.plain(f"{told} {keys}"))
    st.markdown(forms.plain(_checked(last, checked, say)))
    done = newsroom.read(_since, last.at)
    st.markdown(forms.plain(_lost(done, say)))


def _since(house: Installation, at: datetime) -> Done:
    return storage.since(house, at)


def _checked(last: Kept, checked: Check | None, say: Words) -> str:
    """The last check counts for the last backup only where it was of that one."""
    if checked is None or checked.folder != last.folder or checked.at < last.at:
        return say("backup.unchecked")
    time = forms.moment(checked.at, newsroom.house().profile.timezone)
    if checked.problems:
        return say("backup.damaged", time=time, n=forms.number(checked.problems, say))
    return say("backup.checked", time=time)


def _lost(done: Done, say: Words) -> str:
    counts = {"articles": done.articles, "labels": done.labels, "acts": done.case_acts}
    if not any(counts.values()):
        return say("backup.nothing_lost")
    return say("backup.lost", **{name: forms.number(n, say) for name, n in counts.items()})
