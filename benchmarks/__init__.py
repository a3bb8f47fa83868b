"""Measurements, as ratios in one run: see docs/performance.md for the commands and the dated figures."""
