"""What every test shares: nothing but the note of what this machine could not cover."""

from __future__ import annotations

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The last lines of `make test` say which parts were not there, so that green does not say more than it did."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = sorted({_reason(report) for report in skipped})
    if not reasons:
        return
    terminalreporter.section("not covered on this machine")
    for reason in reasons:
        terminalreporter.line(f"  {reason}")


def _reason(report: pytest.TestReport) -> str:
    return report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
