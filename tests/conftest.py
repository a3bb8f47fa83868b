"""What every test shares: the note of what this machine could not cover, and the same random cases every time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from diembao.store import schema
from tests import order, ready

if TYPE_CHECKING:
    from xdist.remote import Producer
    from xdist.scheduler import Scheduling

# The same cases in every run, and no clock: a busy machine must not fail a test. `pytest --hypothesis-profile=default`
# looks for new ones.
settings.register_profile("same", derandomize=True, deadline=None)
settings.load_profile("same")


@pytest.fixture(scope="session", autouse=True)
def _tables_are_copied() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "bring_up_to_date", ready.copied)
        yield


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling | None:
    """By files, as `tests.order` has them."""
    if config.getoption("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    class Ordered(LoadFileScheduling):  # type: ignore[misc]  # it publishes no types
        def _split_scope(self, nodeid: str) -> str:
            return order.group(nodeid)

    config.option.loadscopereorder = False  # by their number, which says little of how long they take
    return Ordered(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if hasattr(config, "workerinput"):
        places = order.longest_first([item.nodeid for item in items])
        items.sort(key=lambda item: places[order.group(item.nodeid)])


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
