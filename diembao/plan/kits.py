"""Briefing kits as a profile names them: those of every province, and its own."""

from __future__ import annotations

from collections.abc import Container, Iterable

from diembao.core.errors import Misconfigured
from diembao.plan import files
from diembao.plan.office import Kit


def kits_of(province: str, own: Iterable[files.KitEntry], themes: Container[str]) -> tuple[Kit, ...]:
    """Its own take the place of one of the same id.

    Raises:
        Misconfigured: one names a theme that is not of the fixed ones.
    """
    entries = {entry.id: entry for entry in (*files.parse(files.HERE / "kits.yaml", files.KitsFile).kits, *own)}
    if wrong := sorted(entry.theme for entry in entries.values() if entry.theme not in themes):
        raise Misconfigured(
            f"provinces/{province}.yaml: kits: không có chủ đề '{wrong[0]}' (kits: unknown theme '{wrong[0]}')"
        )
    return tuple(
        Kit(x.id, x.theme, x.vi, x.en, x.languages, tuple((each.name, each.query) for each in x.searches))
        for x in entries.values()
    )
