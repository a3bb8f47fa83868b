"""Where log lines go: standard error, so that standard output is free for what a script asked for.

A line is an event with what belongs to it: `request` of what a browser or key asked, `article` of what is done to one
page, the same id in every process and at every step (`diembao trace` takes it).
"""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path
from typing import Any, Final

import structlog

from diembao.core.settings import Settings, load
from diembao.core.settings_log import LogSettings

_LEVELS: Final = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING}


def to_standard_error(chosen: LogSettings | None = None) -> None:
    """Once in each process, first of all; and once more where the settings have been read."""
    chosen = chosen or LogSettings()
    in_json = chosen.format == "json"
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,  # the request or the article that a line belongs to
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            *(_as_json() if in_json else [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(_LEVELS[chosen.level]),
        # What standard error is when a line is written: a program that calls us may have put another in its place.
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
    _take_others_in(wanted=in_json)


def load_and_log(home: Path | None) -> Settings:
    """The settings (`settings.load`); log lines are as they say from now on.

    Raises:
        Misconfigured: as `load`.
    """
    settings = load(home)
    to_standard_error(settings.log)
    return settings


def _as_json() -> list[Any]:
    """An exception is one field of its line: no line of a log spills over into the next."""
    return [
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(serializer=json.dumps, ensure_ascii=False, default=str),
    ]


def _take_others_in(*, wanted: bool) -> None:
    """What libraries log goes out in the same form, as the event of a line."""
    root = logging.getLogger()
    for known in [each for each in root.handlers if isinstance(each, _Handed)]:
        root.removeHandler(known)
    if wanted:
        root.addHandler(_Handed(logging.WARNING))


class _Handed(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        told = {"logger": record.name, "exc_info": record.exc_info} if record.exc_info else {"logger": record.name}
        structlog.get_logger().log(record.levelno, record.getMessage(), **told)
