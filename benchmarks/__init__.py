"""Measurements, as ratios in one run: see docs/performance.md for the commands and the dated figures."""

import tests as _apart  # noqa: F401 (takes the office's settings out of the environment before the program is imported)
