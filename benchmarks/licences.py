"""`make licences`: every library that is installed with the program, and its licence.

    python -m benchmarks.licences [--json]

What torch brings for graphics cards (nvidia-*, cuda-*, triton) is left out: the CPU build has none of it.
"""

from __future__ import annotations

import json
import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

OF_CARDS = re.compile(r"(nvidia|cuda|triton)\b")
# Classifiers that say a family and no licence, and texts that stand in for a name.
_NO_NAME = ("License :: OSI Approved", "UNKNOWN", "")


def libraries(root: str = "diembao") -> list[str]:
    """Canonical names of all that ``root`` needs here, itself left out."""
    found: set[str] = set()
    waiting = [canonicalize_name(root)]
    while waiting:
        name = waiting.pop()
        if name in found or OF_CARDS.match(name):
            continue
        try:
            needed = distribution(name).requires or []
        except PackageNotFoundError:  # for another system
            continue
        found.add(name)
        for line in needed:
            each = Requirement(line)
            if each.marker is None or each.marker.evaluate({"extra": ""}):
                waiting.append(canonicalize_name(each.name))
    return sorted(found - {canonicalize_name(root)})


def licence(name: str) -> str:
    """As its metadata says, "" where nothing does."""
    found = distribution(name)
    return _expression(found) or _classified(found) or _said(found)


def _expression(found: Distribution) -> str:
    return "".join(found.metadata.get_all("License-Expression") or ())


def _classified(found: Distribution) -> str:
    names = [each for each in found.metadata.get_all("Classifier") or () if each.startswith("License :: ")]
    return " AND ".join(each.rsplit(" :: ", 1)[1] for each in names if each not in _NO_NAME)


def _said(found: Distribution) -> str:
    """Some have the whole text there: its first line."""
    text = "".join(found.metadata.get_all("License") or ()).strip()
    return "" if text in _NO_NAME else text.splitlines()[0][:80]


def main() -> None:
    told = {name: {"version": distribution(name).version, "licence": licence(name)} for name in libraries()}
    if "--json" in sys.argv:
        print(json.dumps(told, indent=1))
        return
    for name, its in told.items():
        print(f"{name}\t{its['version']}\t{its['licence'] or '?'}")


if __name__ == "__main__":
    main()
