"""`/metrics`: what is measured of this installation, in Prometheus' text format.

For a key with the right *status.read* (docs/operations.md). Counts and ages, and ids of outlets; nobody's
name.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final

from prometheus_client import CollectorRegistry, PlatformCollector, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from diembao.core.errors import Retry
from diembao.pipeline.gauges import Gauge, gauges
from diembao.pipeline.wiring import Installation

PATH: Final = "/metrics"
# Seconds that an answer is good for, however many ask: the health of all outlets is counted in it.
GOOD_FOR: Final = 10.0


class _OfTheHouse(Collector):
    def __init__(self, house: Installation, now: datetime) -> None:
        self._house, self._now = house, now

    def collect(self) -> Iterator[Metric]:
        return map(_family, gauges(self._house, self._now))


def _family(gauge: Gauge) -> Metric:
    names = [name for name, _ in gauge.samples[0].labels] if gauge.samples else []
    kind = CounterMetricFamily if gauge.kind == "counter" else GaugeMetricFamily
    family: CounterMetricFamily | GaugeMetricFamily = kind(gauge.name, gauge.says, labels=names)
    for sample in gauge.samples:
        family.add_metric([value for _, value in sample.labels], sample.value)
    return family


def as_text(house: Installation, now: datetime) -> bytes:
    """The gauges of the house, and of the process that is asked."""
    registry = CollectorRegistry(auto_describe=False)
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    registry.register(_OfTheHouse(house, now))
    return generate_latest(registry)


class Metrics:
    """The route. One at a time measures; who asks meanwhile waits for the same answer."""

    def __init__(self, house: Installation, now: Callable[[], datetime], clock: Callable[[], float]) -> None:
        self._house, self._now, self._clock = house, now, clock
        self._lock = threading.Lock()
        self._last: tuple[float, bytes] | None = None

    def routes(self) -> list[Route]:
        return [Route(PATH, self._answer)]

    async def _answer(self, _request: Request) -> Response:
        try:
            told = await run_in_threadpool(self._told)
        except Retry as error:
            return Response(str(error), status_code=503, headers={"Retry-After": "15"}, media_type="text/plain")
        return Response(told, headers={"Cache-Control": "no-store"}, media_type=CONTENT_TYPE_PLAIN_0_0_4)

    def _told(self) -> bytes:
        with self._lock:
            if self._last is None or self._clock() - self._last[0] >= GOOD_FOR:
                self._last = self._clock(), as_text(self._house.whole, self._now())
            return self._last[1]
