"""Words and names of the Unicode CLDR in our languages, as groups for `parallel`.

What pictograms show, countries, languages:

    npm pack cldr-annotations-full@48.2.0 cldr-localenames-full@48.2.0     # and unpack each
    python -m classifier.concepts ANNOTATIONS LOCALENAMES

Unicode licence v3 (``parallel/LICENSE-unicode.txt``).
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from classifier.example import LANGUAGES
from classifier.parallel import CONCEPTS, FOLDER, Group
from diembao.core.text import nfc

_CODES: Final = {language: language for language in LANGUAGES} | {"zh-Hans": "zh"}
_COMMA: Final = {"zh-Hans": "、", "zh-Hant": "、", "ja": "、"}
_KEYWORDS: Final = 8  # of one pictogram; what follows is far-fetched
# Pictograms of no subject that an article has.
_NO_SUBJECT: Final = re.compile(
    "triangle|arrow|circle|square|skin tone|keycap|dingbat|heavy|clock face|o’clock|thirty|button|input|tile|"
    "playing card|hexagram|tetragram|digram|monogram|box draw|hand|finger"
)
_FEW_FORMS: Final = 6  # a name that is written alike in more languages teaches nothing


def groups(annotations: Path, names: Path) -> Iterator[Group]:
    """First what pictograms show (a name, then keywords), then countries and regions, then languages."""
    shown = {
        language: _read(annotations / "annotations" / code / "annotations.json")["annotations"]["annotations"]
        for language, code in _CODES.items()
    }
    for sign in _shared(shown):
        said = {language: shown[language][sign] for language in LANGUAGES}
        is_picture = len(sign) > 1 or unicodedata.category(sign) == "So"
        if is_picture and not _NO_SUBJECT.search(said["en"]["tts"][0]):
            yield {language: _told(one, _COMMA.get(language, ",")) for language, one in said.items()}
    for kind in ("territories", "languages"):
        yield from _names(names, kind)


def _names(folder: Path, kind: str) -> Iterator[Group]:
    called = {
        language: _read(folder / "main" / code / f"{kind}.json")["main"][code]["localeDisplayNames"][kind]
        for language, code in _CODES.items()
    }
    for code in _shared(called):
        group = {language: nfc(str(called[language][code])).strip() for language in LANGUAGES}
        is_variant = re.search("[-_]", code) is not None
        if not is_variant and code not in group.values() and len(set(group.values())) >= _FEW_FORMS:
            yield group


def _shared(tables: Mapping[str, Mapping[str, Any]]) -> list[str]:
    return [key for key in tables["en"] if all(key in tables[language] for language in LANGUAGES)]


def _told(one: Mapping[str, Sequence[str]], comma: str) -> str:
    name = one["tts"][0]
    more = [word for word in one.get("default", ()) if word != name][:_KEYWORDS]
    gap = comma if comma == "、" else f"{comma} "
    return nfc(gap.join([name, *more])).strip()


def _read(path: Path) -> Any:  # noqa: ANN401 (JSON)
    return json.loads(path.read_bytes())


def main(arguments: Sequence[str]) -> int:
    annotations, names = map(Path, arguments)
    distinct = {group["en"]: group for group in groups(annotations, names)}
    lines = (json.dumps(group, ensure_ascii=False) + "\n" for group in distinct.values())
    (FOLDER / CONCEPTS).write_text("".join(lines), encoding="utf-8")
    sys.stdout.write(f"{FOLDER / CONCEPTS}: {len(distinct)} groups\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
