"""`diembao metrics`: what `/metrics` answers, without a server: for a file that an agent of Prometheus picks up."""

from __future__ import annotations

import sys

from diembao.app.options import Home, opened


def metrics(home: Home = None) -> None:
    """Số đo cho Prometheus, như địa chỉ /metrics. What /metrics answers, in Prometheus' text format."""
    from diembao.api.metrics import as_text
    from diembao.pipeline.worker import utc_now

    with opened(home) as house:
        sys.stdout.write(as_text(house, utc_now()).decode())
