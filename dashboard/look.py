"""Paper, ink and one accent: colours, type and the options Streamlit runs with.

All of it is set from here, so that an installation needs no `.streamlit` folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

# One colour for each stance everywhere (charts, chips, print); told apart by the colour-blind, and
# always with a word beside it. "abstain" is drawn as a fainter neutral.
STANCE_COLOURS: Final = {
    "critical": "#C2571A",
    "neutral": "#C9CDD3",
    "abstain": "#E4E2DC",
    "positive": "#1B7F8C",
}

# Streamlit's badge colours, renamed for what they mean here.
STANCE_BADGES: Final = {"critical": "orange", "neutral": "gray", "abstain": "gray", "positive": "green"}

# Where the fonts are served by our own process.
FONT_PATH: Final = "/fonts"

# family, package, file, weight, style, unicode range. Lao and CJK come from the reader's system.
_FONTS: Final = (
    ("Be Vietnam Pro", "fontpkg_be_vietnam_pro", "BeVietnamPro-Regular.ttf", "400", "normal", ""),
    ("Be Vietnam Pro", "fontpkg_be_vietnam_pro", "BeVietnamPro-Italic.ttf", "400", "italic", ""),
    ("Be Vietnam Pro", "fontpkg_be_vietnam_pro", "BeVietnamPro-Medium.ttf", "500", "normal", ""),
    ("Be Vietnam Pro", "fontpkg_be_vietnam_pro", "BeVietnamPro-SemiBold.ttf", "600", "normal", ""),
    ("Be Vietnam Pro", "fontpkg_be_vietnam_pro", "BeVietnamPro-Bold.ttf", "700", "normal", ""),
    (
        "Noto Sans Khmer",
        "fontpkg_noto_sans_khmer",
        "NotoSansKhmer[wdth,wght].ttf",
        "400 700",
        "normal",
        "U+1780-17FF, U+19E0-19FF, U+200B-200D",
    ),
    (
        "Noto Sans Thai",
        "fontpkg_noto_sans_thai",
        "NotoSansThai[wdth,wght].ttf",
        "400 700",
        "normal",
        "U+0E00-0E7F, U+200B-200D",
    ),
)

FONT_STACK: Final = (
    '"Be Vietnam Pro", "Noto Sans Khmer", "Noto Sans Thai", "Noto Sans Lao", "Noto Sans CJK SC", sans-serif'
)

_LIGHT: Final = {
    "primaryColor": "#0B5E7E",
    "linkColor": "#0B5E7E",
    "backgroundColor": "#FBFAF7",
    "secondaryBackgroundColor": "#F1EFE9",
    "borderColor": "#DDD8CC",
    "textColor": "#1C2430",
    "grayBackgroundColor": "#ECEAE3",
    "grayTextColor": "#5B6472",
    "orangeBackgroundColor": "#FBE9DD",
    "orangeTextColor": "#9E4311",
    "greenBackgroundColor": "#DDF0F1",
    "greenTextColor": "#12606A",
    "blueBackgroundColor": "#DDEAF0",
    "blueTextColor": "#0B5E7E",
    "yellowBackgroundColor": "#FFFAE5",
    "yellowTextColor": "#956B0F",
    "redTextColor": "#A3311B",
}

_DARK: Final = {
    "primaryColor": "#6FC3DF",
    "linkColor": "#8CD0E8",
    "backgroundColor": "#14181D",
    "secondaryBackgroundColor": "#1E242B",
    "borderColor": "#38414B",
    "textColor": "#E9E6DF",
    "grayBackgroundColor": "#2A3139",
    "grayTextColor": "#A9B1BB",
    "orangeBackgroundColor": "#43281A",
    "orangeTextColor": "#F0A377",
    "greenBackgroundColor": "#143A3F",
    "greenTextColor": "#7FD0DA",
    "blueBackgroundColor": "#17384A",
    "blueTextColor": "#8CD0E8",
    "yellowBackgroundColor": "#302917",
    "yellowTextColor": "#FBD54F",
    "redTextColor": "#F0927E",
}

_SIDEBAR: Final = {
    "backgroundColor": "#12303F",
    "secondaryBackgroundColor": "#1D4052",
    "textColor": "#E8EEF1",
    "borderColor": "#2C4F61",
    "primaryColor": "#8CD0E8",
    "linkColor": "#8CD0E8",
}

_DARK_SIDEBAR: Final = _SIDEBAR | {"backgroundColor": "#0E222D", "secondaryBackgroundColor": "#19323F"}

_THEME: Final = {
    "font": FONT_STACK,
    "headingFont": FONT_STACK,
    "baseFontSize": 15,
    "headingFontSizes": ["1.6rem", "1.25rem", "1.05rem"],
    "headingFontWeights": [600, 600, 600],
    "baseRadius": "6px",
    "buttonRadius": "6px",
    "showWidgetBorder": True,
    "paddingTop": "1.25rem",
    "linkUnderline": False,
}

_PLAIN: Final = {
    "server.headless": True,
    "server.fileWatcherType": "none",
    "server.runOnSave": False,
    "server.allowRunOnSave": False,
    "server.enableStaticServing": False,
    "server.enableXsrfProtection": True,
    "server.enableCORS": True,
    # Nobody uploads anything; megabytes.
    "server.maxUploadSize": 1,
    "server.maxMessageSize": 50,
    "server.maxWidgetStateSize": 1,
    "server.showEmailPrompt": False,
    "server.disconnectedSessionTTL": 120,
    "browser.gatherUsageStats": False,
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    # The menu behind the three dots speaks English only, and offers nothing a browser does not.
    "client.toolbarMode": "minimal",
    # A full collection after every rerun took 72 % of the interpreter's time at 80 sessions.
    "runner.postScriptGC": False,
    "runner.magicEnabled": False,
    "logger.hideWelcomeMessage": True,
    "logger.level": "error",
    # Tracebacks without the values of variables: those are articles and what people typed.
    "logger.enableRich": False,
}


def chips() -> str:
    """The style of chips in HTML of ours: as Streamlit's badges, which know the theme by themselves."""
    return "".join(
        f".diembao-{name}{{color:light-dark({_text(_LIGHT, name)},{_text(_DARK, name)});"
        f"background:light-dark({_ground(_LIGHT, name)},{_ground(_DARK, name)})}}"
        for name in ("gray", "orange", "green", "blue", "yellow")
    )


def _text(theme: Mapping[str, str], name: str) -> str:
    return theme[f"{name}TextColor"]


def _ground(theme: Mapping[str, str], name: str) -> str:
    return theme[f"{name}BackgroundColor"]


def fonts() -> dict[str, Path]:
    """The font files to serve, by the name in their address."""
    from importlib.util import find_spec

    found: dict[str, Path] = {}
    for _, package, file, *_ in _FONTS:
        spec = find_spec(package)
        if spec is not None and spec.origin is not None:
            found[_name(file)] = Path(spec.origin).parent / "files" / file
    return found


def options(host: str, port: int) -> dict[str, Any]:
    """Streamlit's options, by their full names."""
    themed = {f"theme.{name}": value for name, value in _THEME.items()}
    for part, colours in (
        ("light", _LIGHT),
        ("dark", _DARK),
        ("light.sidebar", _SIDEBAR),
        ("dark.sidebar", _DARK_SIDEBAR),
    ):
        themed |= {f"theme.{part}.{name}": value for name, value in colours.items()}
    where = {"server.address": host, "server.port": port, "browser.serverAddress": host, "browser.serverPort": port}
    return {**_PLAIN, **themed, **where, "theme.fontFaces": [_face(*font) for font in _FONTS]}


def _face(family: str, _package: str, file: str, weight: str, style: str, characters: str) -> dict[str, str]:
    face = {"family": family, "url": f"{FONT_PATH}/{_name(file)}", "weight": weight, "style": style}
    return face | {"unicodeRange": characters} if characters else face


def _name(file: str) -> str:
    """An address needs no brackets: `NotoSansThai[wdth,wght].ttf` is served as `NotoSansThai.ttf`."""
    return file.partition("[")[0].removesuffix(".ttf") + ".ttf"
