"""What is kept of an article as evidence: is its page still there, and the packet to take along."""

from __future__ import annotations

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.texts import Words
from diembao.api.casework import is_foreign
from diembao.api.rights import Act
from diembao.core.article import Labelled
from diembao.pipeline.evidence import packet_of
from diembao.response.signing import PLACE, signer


def withdrawn(item: Labelled, say: Words) -> None:
    """Above the text, where a reader must not miss it."""
    house = newsroom.house()
    zone = house.profile.timezone
    for found in house.store.withdrawals(item.article.id)[:1]:
        times = {"first": forms.moment(found.gone_at, zone), "again": forms.moment(found.at, zone)}
        status = found.status.removeprefix("status-")
        if found.returned_at is None:
            st.warning(forms.plain(say("evidence.withdrawn", status=status, **times)))
        else:
            st.info(forms.plain(say("evidence.returned", time=forms.moment(found.returned_at, zone), **times)))


def show(item: Labelled, say: Words) -> None:
    """The packet is made when it is asked for."""
    house, article = newsroom.house(), item.article
    parts.heading(say("evidence"))
    visit = house.store.last_visit(article.id)
    zone = house.profile.timezone
    seen = say("evidence.seen", time=forms.moment(article.seen_at, zone))
    again = say("evidence.visited", time=forms.moment(visit, zone)) if visit else ""
    st.caption(forms.plain(" · ".join(part for part in (seen, again) if part)))
    foreign = is_foreign(house, item)
    if not newsroom.may(Act.EXPORT_EVIDENCE, foreign=foreign):
        return
    st.download_button(
        say("evidence.download"),
        data=lambda: _packet(article.id, foreign=foreign),
        file_name=f"chung-cu-{article.id}.zip",
        mime="application/zip",
        icon=":material/download:",
        help=say("evidence.help"),
        key="evidence-download",
    )
    key(say)


def _packet(article_id: str, *, foreign: bool) -> bytes:
    """Asked again when it is taken, and written down."""
    house, now = newsroom.house(), newsroom.now()
    hand = newsroom.acting(Act.EXPORT_EVIDENCE, foreign=foreign)
    packet = packet_of(house, article_id, now)
    house.store.note(hand.actor, Act.EXPORT_EVIDENCE.value, f"article:{article_id}", where=hand.where, now=now)
    return packet


def key(say: Words) -> None:
    """The fingerprint that people compare a packet's key with, as soon as there is a key."""
    home = newsroom.house().settings.home
    if (home / PLACE).exists():
        st.caption(forms.plain(say("evidence.key", fingerprint=signer(home).fingerprint)))
