"""Does a text of another language lie nearest to its own translation? On parallel sentences that taught nothing.

    python -m benchmarks.translations [MODEL]

For each language the share of ``classifier/parallel/held.jsonl`` whose English side is the nearest of all its English
sides; by chance one in as many as there are. MODEL is a folder; by default the encoder that comes with the program.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from classifier import parallel
from classifier.encoder import SHIPPED, open_encoder
from diembao.core.ports import Encoder


def measured(encoder: Encoder, groups: Sequence[Mapping[str, str]]) -> dict[str, float]:
    """By language, and ``mean``."""
    pivots = encoder.encode([group[parallel.PIVOT] for group in groups])
    right = np.arange(len(groups))
    found = {
        language: float(
            ((encoder.encode([group[language] for group in groups]) @ pivots.T).argmax(axis=1) == right).mean()
        )
        for language in groups[0]
        if language != parallel.PIVOT
    }
    return {**found, "mean": sum(found.values()) / len(found)}


def main(arguments: Sequence[str]) -> int:
    encoder = open_encoder(str(Path(arguments[0]) if arguments else SHIPPED))
    groups = parallel.load(parallel.FOLDER / parallel.HELD)
    if encoder is None:
        return 1
    said = {"n": len(groups), **{name: round(share, 3) for name, share in measured(encoder, groups).items()}}
    sys.stdout.write(json.dumps(said) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
