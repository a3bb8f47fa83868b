"""Streamlit puts the theme together anew for every run of a screen, out of six sections of its options: a tenth of what
a run took. Ours is the same for as long as the program runs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

# What Streamlit calls for each section; a test says when another version of it does not.
NAME: Final = "_populate_theme_msg"

Populate = Callable[..., None]


def use() -> None:
    """From now on each section is put together once. Nothing where Streamlit does it otherwise."""
    found: Populate | None = getattr(app_session, NAME, None)
    if found is not None and not hasattr(found, "made"):
        setattr(app_session, NAME, remembered(found))


def remembered(populate: Populate) -> Populate:
    made: dict[str, CustomThemeConfig] = {}

    def filled(message: CustomThemeConfig, section: str = "theme") -> None:
        if section not in made:
            whole = CustomThemeConfig()
            populate(whole, section)
            made[section] = whole
        if made[section].ByteSize():  # a section that says nothing is left out, as before
            message.MergeFrom(made[section])

    filled.made = made  # type: ignore[attr-defined]  # so that it is known by this
    return filled
