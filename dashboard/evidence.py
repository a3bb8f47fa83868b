"""What is kept of an article as evidence: is its page still there, and the packet to take along."""

from __future__ import annotations

import streamlit as st

from dashboard import forms, newsroom, parts
from dashboard.texts import Words
from diembao.api.casework import about
from diembao.api.rights import Act, may
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
    if not may(newsroom.visitor(), Act.EXPORT_EVIDENCE, about(house, item)):
        return
    st.download_button(
        say("evidence.download"),
        data=newsroom.later(lambda: _packet(item)),
        file_name=f"chung-cu-{article.id}.zip",
        mime="application/zip",
        icon=":material/download:",
        help=say("evidence.help"),
        key="evidence-download",
    )
    key(say)


def _packet(item: Labelled) -> bytes:
    """Asked again when it is taken, and written down."""
    house, now, who = newsroom.house(), newsroom.now(), newsroom.visitor()
    if not may(who, Act.EXPORT_EVIDENCE, about(house, item)):
        raise newsroom.refused(Act.EXPORT_EVIDENCE)
    packet = packet_of(house, item.article.id, now)
    house.store.note(who.actor, Act.EXPORT_EVIDENCE.value, f"article:{item.article.id}", where=who.where, now=now)
    return packet


def key(say: Words) -> None:
    """The fingerprint that people compare a packet's key with, as soon as there is a key."""
    home = newsroom.house().settings.home
    if (home / PLACE).exists():
        st.caption(forms.plain(say("evidence.key", fingerprint=signer(home).fingerprint)))
