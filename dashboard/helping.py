"""Beside each screen, at the same place: what it is for, what to do there, the keys. Keys that lead from screen to
screen are heard by the page itself (`script`), for Streamlit's own belong to one screen.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

import streamlit as st

from dashboard import newsroom
from dashboard.texts import Words
from diembao.api.paths import FIRST, SCREENS

# After "g": the screen's name among the texts, and its address.
KEYS: Final[Mapping[str, tuple[str, str]]] = {
    "h": ("today", "hom-nay"),
    "d": ("stream", "dong-tin"),
    "t": ("stories", "tin-chinh"),
    "r": ("duty", "truc"),
    "n": ("foreign", "bao-chi-nuoc-ngoai"),
    "v": ("cases", "vu-viec"),
    "i": ("statements", "cau-tra-loi"),
    "c": ("owing", "chua-tra-loi"),
    "q": ("questions", "cau-hoi"),
    "l": ("calendar", "lich"),
    "b": ("reports", "bao-cao"),
    "x": ("trends", "xu-huong"),
    "u": ("effects", "hieu-qua"),
    "k": ("plan", "ke-hoach"),
    "a": ("alerts", "canh-bao"),
    "s": ("sources", "nguon-tin"),
}
BUTTON: Final = "screen-help"

_SCRIPT: Final = """(() => {
  const screens = %s; let went = 0;
  const typing = at => at && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName));
  const seen = found => [...document.querySelectorAll(found)].find(each => each.offsetParent !== null);
  const go = path => {
    const link = [...document.querySelectorAll('[data-testid=stSidebarNavLink]')]
      .find(each => new URL(each.href).pathname === path);
    link ? link.click() : location.assign(path);
  };
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || typing(event.target)) return;
    if (document.querySelector('[class*=st-key-shift-back]')) return;
    const after = Date.now() - went < 1500; went = 0;
    if (after && event.key in screens) { event.preventDefault(); go(screens[event.key]); }
    else if (event.key === 'g') went = Date.now();
    else if (event.key === '/') {
      const box = seen('[data-testid=stMain] input[type=search]');
      event.preventDefault(); box ? box.focus() : go('/dong-tin');
    }
    else if (event.key === '?') { const help = seen('.st-key-%s button'); if (help) help.click(); }
  });
})()"""


def script() -> str:
    """What the page runs."""
    screens = {key: "/" if path == FIRST else f"/{path}" for key, (_, path) in KEYS.items()}
    return _SCRIPT % (json.dumps(screens), BUTTON)


def beside(path: str, say: Words) -> None:
    """The help of the screen at this address, with the keys to those that its reader may open; drawn where it is asked
    for.
    """
    with st.container(key=BUTTON):
        shown = st.popover(
            say("helping"), icon=":material/help:", type="tertiary", on_change="rerun", key=f"help-{path}"
        )
    if not shown.open:
        return
    open_to = [(key, name) for key, (name, where) in KEYS.items() if newsroom.opens(SCREENS[where])]
    keys = " · ".join(f"**{key}** {say(name)}" for key, name in open_to)
    with shown:
        st.markdown(say(f"helping.{path}"))
        st.caption(say("helping.keys", keys=keys))


def loading(say: Words) -> None:
    """What the style sheet says, where it is not in the language of the first page (`page`)."""
    if say.language != newsroom.house().settings.web.language:
        st.html(f"<style>{said(say)}</style>")


def said(say: Words) -> str:
    """For the style sheet: the word that stands while a screen is drawn anew, and what stands where the line is cut."""
    words = {"loading": say("loading"), "cut-off": say("cut-off")}
    told = "; ".join(f"--{name}: {json.dumps(text, ensure_ascii=False)}" for name, text in words.items())
    return f":root {{ {told}; }}"


# Streamlit says in English that its server does not answer, with advice for whoever wrote a program: the style sheet
# puts our words in its place. What Streamlit has drawn stays as it is.
CUT_OFF: Final = """document.addEventListener('DOMContentLoaded', () => new MutationObserver(() => {
  const shown = [...document.querySelectorAll('[role=dialog]:not([data-cut-off])')]
    .find(each => each.querySelector('h2')?.textContent === 'Connection error');
  if (!shown) return;
  shown.dataset.cutOff = '';
  shown.removeAttribute('aria-labelledby');
  const said = getComputedStyle(document.documentElement).getPropertyValue('--cut-off').trim();
  shown.setAttribute('aria-label', said.replace(/^"|"$/g, ''));
}).observe(document.body, {childList: true}))"""
