"""Which head of a retraining was kept aside, why, and what was taken over, in the reader's words."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import forms
from dashboard.texts import Words
from diembao.core.faults import FLOOR, Fault
from diembao.pipeline.heads import Version


def told(version: Version, say: Words) -> list[str]:
    """A line for each fault, and one for what was taken over all the same; none where nothing is kept aside."""
    lines = [_fault(fault, say) for fault in version.faults]
    return [*lines, taken(version, say)] if version.aside and version.taken else lines


def taken(version: Version, say: Words) -> str:
    return say("model.taken", parts=parts(version.taken, say)) if version.taken else ""


def parts(named: Sequence[str], say: Words) -> str:
    return ", ".join(say(f"model.{part}") for part in named)


def figure(name: str, say: Words) -> str:
    """Of "vi.themes_micro_f1"."""
    of, _, what = name.partition(".")
    return f"{say(f'model.{of}')}: {say(f'model.{what}')}"


def _fault(fault: Fault, say: Words) -> str:
    digits = 3 if fault.kind == FLOOR else 0
    value, limit = (forms.number(number, say, digits) for number in (fault.value, fault.limit))
    name = figure(fault.name, say) if fault.name else ""
    why = say(f"model.fault.{fault.kind}", name=name, value=value, limit=limit)
    return f"{say('model.part_aside', part=say(f'model.{fault.part}'))} {why}"
