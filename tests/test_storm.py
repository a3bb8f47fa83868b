"""The storm of `make soak`, small: faults, two collectors, a kill; nothing lost, nothing twice, never impolite."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path


def test_a_small_storm_loses_nothing() -> None:
    size = ("--outlets", "2", "--entries", "4", "--kills", "1", "--faults", "0.2")
    command = [sys.executable, "-m", "benchmarks.storm", *size]
    done = subprocess.run(command, cwd=Path(__file__).parent.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)
    assert (found["entries"], found["lost"], found["twice"], found["impolite"]) == (8, 0, 0, 0)
