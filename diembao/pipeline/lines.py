"""Log lines about single articles, for whoever reads logs; where such lines are asked for (`log.level`)."""

from __future__ import annotations

from collections.abc import Iterable

import structlog

log = structlog.get_logger()


def line_for_each(event: str, articles: Iterable[str]) -> None:
    for article in articles:
        log.debug(event, article=article)
