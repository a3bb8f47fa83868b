"""Which tests stay together and which begin first, where two workers share them (`pytest -n 2`).

A file is run by one worker, and files that start the same server or import the same heavy library by the same one. What
takes longest begins first, so that neither worker is left with it when the other has nothing more to do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

# What a file says that starts them: by itself, by a fixture of `tests/indexer`, or for processes of several machines.
TOGETHER: Final = {
    "elasticsearch": re.compile(r"^from tests\.(servers|app\.machines) import|: Engines\b", re.MULTILINE),
    "sentence-transformers": re.compile(r"\bSentenceEncoder\("),
}
# About how many seconds, of what takes far longer than its number of tests tells: only their order counts.
LONG: Final = {
    "elasticsearch": 260,
    "tests/test_whole_path.py": 70,
    "tests/app/test_sourcing.py": 66,
    "tests/store/test_processes.py": 48,
    "tests/test_storm.py": 41,
    "tests/dashboard/test_rights_of_screens.py": 15,
    "tests/store/test_installation.py": 20,
    "tests/test_survival.py": 35,
    "tests/dashboard/test_browser.py": 70,
    "sentence-transformers": 30,
    "tests/app/test_proxy.py": 30,
    "tests/app/test_read_only.py": 20,
    "tests/api/test_generated.py": 28,
    "tests/crawlers/test_hostile.py": 20,
    "tests/opinion/test_real_model.py": 20,
    "tests/crawlers/test_visits.py": 17,
    "tests/crawlers/test_adding.py": 16,
    "tests/app/test_hung.py": 60,
    "tests/app/test_processes.py": 14,
    "tests/crawlers/test_stopping.py": 14,
    "tests/crawlers/test_joining.py": 13,
    "tests/app/test_ending.py": 13,
    "tests/response/test_desk_walk.py": 12,
    "tests/crawlers/test_run.py": 11,
}
EACH: Final = 0.1  # seconds of a test of the others

ROOT: Final = Path(__file__).parent.parent


def group(nodeid: str) -> str:
    """What one worker runs as a whole: a file, or the files that stay together."""
    return _group(nodeid.partition("::")[0])


@cache
def _group(file: str) -> str:
    text = (ROOT / file).read_text(encoding="utf-8")
    return next((name for name, says in TOGETHER.items() if says.search(text)), file)


def longest_first(nodeids: Sequence[str]) -> dict[str, int]:
    """The place of every group among them."""
    tests = Counter(map(group, nodeids))
    seconds = {name: LONG.get(name, count * EACH) for name, count in tests.items()}
    return {name: place for place, name in enumerate(sorted(seconds, key=lambda name: -seconds[name]))}
