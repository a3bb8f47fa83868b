"""Which tests stay together and which begin first, where two workers share them (`pytest -n 2`).

A file is run by one worker, and files that start the same server or import the same heavy library by the same one. What
takes longest begins first, so that neither worker is left with it when the other has nothing more to do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

TOGETHER: Final = {
    "elasticsearch": (
        "tests/app/test_eval_language.py",
        "tests/app/test_fleet.py",
        "tests/contracts/test_index.py",
        "tests/contracts/test_vectors.py",
        "tests/dashboard/test_counts.py",
        "tests/indexer/test_conformance.py",
        "tests/indexer/test_elastic.py",
        "tests/indexer/test_elastic_failures.py",
        "tests/indexer/test_engines_agree.py",
        "tests/indexer/test_trees.py",
        "tests/indexer/test_vectors_agree.py",
        "tests/pipeline/test_engines.py",
        "tests/pipeline/test_meaning.py",
        "tests/pipeline/test_waiting.py",
    ),
    "sentence-transformers": ("tests/classifier/test_encoder.py", "tests/contracts/test_encoder.py"),
}
# Seconds on two cores at rest, of what takes far longer than its number of tests tells.
LONG: Final = {
    "elasticsearch": 200,
    "tests/test_whole_path.py": 124,
    "tests/app/test_sourcing.py": 66,
    "tests/store/test_processes.py": 48,
    "tests/test_storm.py": 41,
    "tests/dashboard/test_rights_of_screens.py": 40,
    "tests/store/test_installation.py": 35,
    "tests/test_survival.py": 35,
    "tests/dashboard/test_browser.py": 35,
    "sentence-transformers": 30,
    "tests/api/test_generated.py": 28,
    "tests/crawlers/test_hostile.py": 20,
    "tests/opinion/test_real_model.py": 20,
    "tests/crawlers/test_visits.py": 17,
    "tests/crawlers/test_adding.py": 16,
    "tests/app/test_processes.py": 14,
    "tests/crawlers/test_stopping.py": 14,
    "tests/crawlers/test_joining.py": 13,
    "tests/app/test_ending.py": 13,
    "tests/response/test_desk_walk.py": 12,
    "tests/crawlers/test_run.py": 11,
}
EACH: Final = 0.1  # seconds of a test of the others

_GROUP: Final = {file: name for name, files in TOGETHER.items() for file in files}


def group(nodeid: str) -> str:
    """What one worker runs as a whole: a file, or the files that stay together."""
    file = nodeid.partition("::")[0]
    return _GROUP.get(file, file)


def longest_first(nodeids: Sequence[str]) -> dict[str, int]:
    """The place of every group among them."""
    tests = Counter(map(group, nodeids))
    seconds = {name: LONG.get(name, count * EACH) for name, count in tests.items()}
    return {name: place for place, name in enumerate(sorted(seconds, key=lambda name: -seconds[name]))}
