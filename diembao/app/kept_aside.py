"""Which head of a retraining was kept aside and why, as the screen says it, for the command line (Vietnamese)."""

from __future__ import annotations

from collections.abc import Mapping

from diembao.pipeline.heads import Version


def kept_aside(version: Version) -> list[str]:
    """A line for each reason, and one for what was taken over all the same."""
    from dashboard import kept_aside as telling
    from dashboard.texts import Words

    return telling.told(version, Words("vi"))


def figures(found: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    from dashboard import forms, kept_aside
    from dashboard.texts import Words

    say = Words("vi")
    return [
        f"{kept_aside.figure(name, say)} {forms.number(value, say, 3)}, mức sàn {forms.number(floors[name], say, 3)}"
        for name, value in found.items()
    ]
