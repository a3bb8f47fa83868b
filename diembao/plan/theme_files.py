"""Themes that a province adds to the fixed ones, or calls by other names: ``<home>/plan/themes/<province>.yaml``.

Written from *Kế hoạch* by a person; read with the profile. An added theme is recognised by its seeds, the phrases that
speak of it in each language; how well, nobody knows before people have labelled.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final

import yaml
from pydantic import Field, StringConstraints, ValidationError

from diembao.core.errors import WrongUse
from diembao.core.text import fold, nfc
from diembao.plan.files import parse
from diembao.plan.strict import Strict

LANGUAGES: Final = ("vi", "en", "fr", "ru", "zh", "ja", "ko", "th", "lo", "km")
# Themes of a province's own; phrases of one theme in one language; characters of a phrase.
MOST: Final = 30
PHRASES, LENGTH = 200, 80

Phrase = Annotated[str, StringConstraints(min_length=1, max_length=LENGTH)]


class OwnTheme(Strict):
    """A theme of the province's own, or (without ``unit`` and ``seeds``) other names of a fixed one."""

    id: str = Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=60)
    vi: str = Field(min_length=1, max_length=120)
    en: str = Field(min_length=1, max_length=120)
    covers: str = Field("", max_length=500)
    unit: str = ""
    seeds: Mapping[str, tuple[Phrase, ...]] = Field(default_factory=dict)


class OwnThemesFile(Strict):
    themes: tuple[OwnTheme, ...] = ()


def own_themes(folder: Path | None, province: str) -> tuple[OwnTheme, ...]:
    """Raises:
    Misconfigured: the file cannot be read.
    """
    path = _path(folder, province) if folder else None
    return parse(path, OwnThemesFile).themes if path and path.is_file() else ()


def keep(folder: Path, province: str, theme: OwnTheme) -> None:
    """Add it, or put it in the place of the one of its id.

    Raises:
        WrongUse: there are too many.
    """
    kept = {each.id: each for each in own_themes(folder, province)} | {theme.id: theme}
    if len(kept) > MOST:
        raise WrongUse(f"Nhiều nhất {MOST} chủ đề riêng. / At most {MOST} themes of one's own.")
    _write(_path(folder, province), OwnThemesFile(themes=tuple(kept.values())))


def drop(folder: Path, province: str, theme: str) -> None:
    """Articles are judged again without it; what people labelled stays."""
    left = tuple(each for each in own_themes(folder, province) if each.id != theme)
    _write(_path(folder, province), OwnThemesFile(themes=left))


def named(vi: str, en: str, covers: str, unit: str, seeds: Mapping[str, str]) -> OwnTheme:
    """A new theme from what was typed: phrases are separated by commas or lines, its id is made of its English name.

    Raises:
        WrongUse: something is missing or too long.
    """
    phrases = {language: found for language, typed in seeds.items() if (found := _phrases(typed))}
    if not phrases:
        raise WrongUse("Cần ít nhất một cụm từ ở một ngôn ngữ. / At least one phrase in one language is needed.")
    return _checked(
        id=re.sub(r"[^a-z0-9]+", "-", fold(en).lower()).strip("-")[:60],
        vi=_line(vi),
        en=_line(en),
        covers=_line(covers),
        unit=unit,
        seeds=phrases,
    )


def renamed(theme: str, vi: str, en: str) -> OwnTheme:
    """Other names of a fixed theme.

    Raises:
        WrongUse: one is missing or too long.
    """
    return _checked(id=theme, vi=_line(vi), en=_line(en))


def _checked(**values: object) -> OwnTheme:
    try:
        return OwnTheme.model_validate(values)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise WrongUse(
            f"Chủ đề chưa dùng được ở “{where}”: thiếu, dài quá, hoặc không có chữ cái nào."
            f" / The theme will not do at '{where}': missing, too long, or without a letter."
        ) from error


def _phrases(typed: str) -> tuple[str, ...]:
    found = [_line(part) for part in re.split(r"[,;\n、，]", typed)]
    phrases = tuple(dict.fromkeys(part for part in found if any(letter.isalnum() for letter in part)))
    if len(phrases) > PHRASES:
        raise WrongUse(f"Nhiều nhất {PHRASES} cụm từ một ngôn ngữ. / At most {PHRASES} phrases in a language.")
    return phrases


def _line(text: str) -> str:
    return " ".join(nfc(text).split())


def _path(folder: Path, province: str) -> Path:
    return folder / "themes" / f"{province}.yaml"


def _write(path: Path, file: OwnThemesFile) -> None:
    """At once or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump(file.model_dump(mode="json"), allow_unicode=True, sort_keys=False)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as fresh:
        fresh.write(text)
    Path(fresh.name).replace(path)
