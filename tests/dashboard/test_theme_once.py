"""The theme of a session, put together once, is the same as Streamlit makes it each time."""

from __future__ import annotations

import inspect

from streamlit import config
from streamlit.proto.NewSession_pb2 import NewSession
from streamlit.runtime import app_session

from dashboard import look, theme_once

SECTIONS = ("theme", *(f"theme.{each.value}" for each in config.CustomThemeCategories))


def test_streamlit_still_makes_it_by_the_function_that_is_replaced() -> None:
    made = inspect.getsource(app_session.AppSession._create_new_session_message)
    assert made.count(f"{theme_once.NAME}(") == len(SECTIONS) == 6
    assert list(inspect.signature(getattr(app_session, theme_once.NAME)).parameters)[1:] == ["section"]


def test_a_remembered_theme_is_the_whole_theme_at_the_first_time_and_the_second() -> None:
    own = getattr(app_session, theme_once.NAME)
    before = {name: config.get_option(name) for name in look.options("127.0.0.1", 1) if name.startswith("theme.")}
    try:
        for name, value in look.options("127.0.0.1", 1).items():
            if name.startswith("theme."):
                config.set_option(name, value)
        remembered = theme_once.remembered(own)
        first = _whole(own)
        assert first.custom_theme.dark.text_color == "#E9E6DF"
        assert [_whole(remembered) for _ in range(2)] == [first, first]
        assert not first.custom_theme.HasField("sidebar")
    finally:
        for name, value in before.items():
            config.set_option(name, value)


def _whole(populate: theme_once.Populate) -> NewSession:
    made = NewSession()
    theme = made.custom_theme
    for part, section in (
        (theme, "theme"),
        (theme.light, "theme.light"),
        (theme.dark, "theme.dark"),
        (theme.sidebar, "theme.sidebar"),
        (theme.light.sidebar, "theme.light.sidebar"),
        (theme.dark.sidebar, "theme.dark.sidebar"),
    ):
        populate(part, section)
    return made
