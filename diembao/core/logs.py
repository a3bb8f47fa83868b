"""Where log lines go: standard error, so that standard output is free for what a script asked for."""

from __future__ import annotations

import logging
import sys

import structlog


def to_standard_error() -> None:
    """Once in each process, first of all."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,  # the request that a line belongs to
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty()),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        # What standard error is when a line is written: a program that calls us may have put another in its place.
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
