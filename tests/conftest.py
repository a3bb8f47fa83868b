"""What every test shares: the note of what this machine could not cover, and the same random cases every time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from diembao.store import schema
from tests import ready

# The same cases in every run, and no clock: a busy machine must not fail a test. `pytest --hypothesis-profile=default`
# looks for new ones.
settings.register_profile("same", derandomize=True, deadline=None)
settings.load_profile("same")


@pytest.fixture(scope="session", autouse=True)
def _tables_are_copied() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "bring_up_to_date", ready.copied)
        yield


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
