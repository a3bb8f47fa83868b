"""The heads that were taught here: numbered folders under ``<home>/models``, and which of them judges.

Of the two heads of a retraining each is taken over or kept aside on its own. In place of one that is kept aside its
folder holds the one that judged till then.

models/0003/themes.npz, .json, stance.npz, .json, version.json      one retraining
models/rows.npz          what the corrected articles come to, so that each is read once; may be deleted
models/current.json      {"number": 3, "held": false}; number 0: the heads that came with the program
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from diembao.core.errors import Misconfigured, Retry, WrongUse
from diembao.core.faults import PARTS, STANCE, THEMES, Fault
from diembao.core.shortage import is_shortage

SHIPPED = 0
KEPT = 10  # retrainings that stay to go back to; one is about 8 MB
_NOTE, _CURRENT, _ROWS = "version.json", "current.json", "rows.npz"


@dataclass(frozen=True, slots=True)
class Version:
    """One retraining. ``base`` is what it began from, ``labels`` the digest of the labels it learned, ``themes`` and
    ``stances`` the articles that taught each head.
    """

    number: int
    at: str
    base: str
    labels: str
    themes: int
    stances: int
    seconds: float
    figures: Mapping[str, float] = field(default_factory=dict)
    faults: Sequence[Fault] = ()

    @property
    def aside(self) -> tuple[str, ...]:
        """The heads that are kept aside."""
        return tuple(part for part in PARTS if any(fault.part == part for fault in self.faults))

    @property
    def taken(self) -> tuple[str, ...]:
        """The heads that learned something and may judge."""
        learned = {THEMES: self.themes, STANCE: self.stances}
        return tuple(part for part in PARTS if learned[part] and part not in self.aside)


@dataclass(frozen=True, slots=True)
class Current:
    """``held``: a person chose it, and a retraining does not take its place by itself."""

    number: int = SHIPPED
    held: bool = False


class Heads:
    """``base`` names the shipped heads: what was taught from other ones is history, and judges no more."""

    def __init__(self, home: Path, base: str) -> None:
        self._folder = home / "models"
        self._base = base

    def current(self) -> Current:
        """Raises:
        Misconfigured: the file is broken.
        """
        path = self._folder / _CURRENT
        if not path.exists():
            return Current()
        try:
            said = json.loads(path.read_text(encoding="utf-8"))
            return Current(int(said["number"]), bool(said["held"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            _refuse_now(path, error)
            raise Misconfigured(
                f"không đọc được {path}: {error}; xóa tệp ấy để dùng mô hình đi kèm"
                f" ({path} cannot be read; remove it to judge with the shipped model)"
            ) from error

    def judging(self) -> Path | None:
        """The folder of the heads that judge; None: the shipped ones."""
        number = self.current().number
        note = self.folder(number) / _NOTE
        return self.folder(number) if number and note.exists() and self._fits(_version(note)) else None

    def folder(self, number: int) -> Path:
        return self._folder / f"{number:04d}"

    @property
    def rows(self) -> Path:
        """Where `classifier.kept` keeps what it read."""
        return self._folder / _ROWS

    def history(self) -> list[Version]:
        """The newest first; a folder that was not finished is none."""
        notes = sorted(self._folder.glob(f"[0-9]*/{_NOTE}"), reverse=True)
        return [_version(path) for path in notes]

    def keep(self, version: Version, save: Callable[[Path], object]) -> None:
        """``save`` writes the heads; the note comes last, and makes the folder count."""
        folder = self.folder(version.number)
        folder.mkdir(parents=True, exist_ok=True)
        save(folder)
        _write(folder / _NOTE, asdict(version))
        keep = {self.current().number}
        for old in self.history()[KEPT:]:
            if old.number not in keep:
                shutil.rmtree(self.folder(old.number), ignore_errors=True)

    def use(self, number: int, *, held: bool) -> None:
        """Raises:
        WrongUse: there is none of this number, or it may not judge.
        """
        found = next((version for version in self.history() if version.number == number), None)
        if number != SHIPPED and (found is None or not self._fits(found)):
            vi, en = _unfit(found)
            raise WrongUse(f"mô hình số {number} không đánh giá được: {vi} (model {number} cannot judge: {en})")
        self._folder.mkdir(parents=True, exist_ok=True)
        _write(self._folder / _CURRENT, asdict(Current(number, held)))

    def before(self, number: int) -> int:
        """The newest one before this that may judge."""
        return next((one.number for one in self.history() if one.number < number and self._fits(one)), SHIPPED)

    def next_number(self) -> int:
        return max((version.number for version in self.history()), default=SHIPPED) + 1

    def _fits(self, version: Version) -> bool:
        return version.base == self._base and bool(version.taken)


def _unfit(version: Version | None) -> tuple[str, str]:
    if version is None:
        return "không có mô hình này", "there is none"
    if not version.taken:
        return "lần học ấy đã được để riêng", "what it learned was kept aside"
    return "học từ bản chương trình cũ", "it was taught from another program"


def _version(path: Path) -> Version:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        if said.pop("below", ()):  # as older programs wrote of what must not judge
            said["base"] = ""
        return Version(**said | {"faults": tuple(Fault(**each) for each in said.get("faults", ()))})
    except (OSError, ValueError, KeyError, TypeError) as error:
        _refuse_now(path, error)
        raise Misconfigured(
            f"không đọc được {path}: {error}; xóa thư mục của nó ({path} cannot be read; remove its folder)"
        ) from error


def _refuse_now(path: Path, error: Exception) -> None:
    """Raises:
    Retry: the file may be whole; it is the machine that cannot open it.
    """
    if is_shortage(error):
        raise Retry(f"lúc này không đọc được {path}: {error} ({path} cannot be read now: {error})") from error


def _write(path: Path, value: object) -> None:
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    fresh.replace(path)
