"""A process that has everything imported, and is forked for each life: one stage of the work, killed at a step."""

from __future__ import annotations

import contextlib
import importlib
import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, Final, Self

import structlog

from benchmarks.survival import office
from diembao.pipeline.wiring import Installation

# Files whose calls and returns count as steps: ours that write, the driver between us and the record, the mail.
_STEPS: Final = (
    *("/diembao/pipeline/", "/diembao/store/", "/diembao/response/", "/diembao/reports/", "/crawlers/", "/indexer/"),
    *("/sqlalchemy/engine/", "/alembic/", "/smtplib.py"),
)
_LATE: Final = (
    *("alembic.command", "tantivy", "lxml.html", "feedparser", "dateparser", "trafilatura", "protego"),
    *("scrapy.crawler", "scrapy.resolver", "tldextract", "docx", "crawlers.spider", "diembao.reports.daily_text"),
)
WEIGH, MIGRATE, MIGRATED, SETTLE = "weigh", "migration", "migrated", "settle"
BROKE_OFF: Final = 70
COUNT: Final = -1


class BrokeOff(RuntimeError):
    """A life that ended by itself, before its end. ``said``: the name of its error, and the error's words."""

    def __init__(self, stage: str, where: str, said: str) -> None:
        super().__init__(f"{stage} at {where} broke off: {said}")
        self.said = said


class Lives:
    """``home`` is any furnished one: what all lives share is read there once."""

    def __init__(self, home: Path) -> None:
        command = [sys.executable, "-m", "benchmarks.survival.lives", str(home)]
        # Without LibreOffice a report is made in a second: its page goes as DOCX.
        env = os.environ | {"PATH": "/nonexistent"}
        self._process = subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def live(self, stage: str, where: str, at: int = 0) -> tuple[bool, Any]:
        """Was it killed at its step ``at`` (0: never, `COUNT`: never, and its steps are wanted)? Else what it said: its
        steps, or what was asked for.

        Raises:
            BrokeOff: by itself.
        """
        into, out = self._process.stdin, self._process.stdout
        if into is None or out is None:
            raise RuntimeError("the lives were started without pipes")
        into.write(f"{json.dumps([stage, where, at])}\n")
        into.flush()
        status, said = json.loads(out.readline())
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
            return True, None
        if os.WIFSIGNALED(status):
            raise BrokeOff(stage, where, signal.Signals(os.WTERMSIG(status)).name)
        if status:
            raise BrokeOff(stage, where, str(said))
        return False, said

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()


def main() -> None:
    """A line for each life that is asked for."""
    logging.disable()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    _imported()
    warm = office.warmed(Path(sys.argv[1]))
    for line in sys.stdin:
        stage, where, at = json.loads(line)
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            _end(write, stage, where, at, warm)
        os.close(write)
        with os.fdopen(read) as said:  # first: what is said may be more than a pipe holds
            told = said.read()
        _, status = os.waitpid(child, 0)
        print(json.dumps([status, json.loads(told or "null")]), flush=True)


def _imported() -> None:
    """What the stages import late; no reactor among it, which is each life's own."""
    for name in _LATE:
        importlib.import_module(name)


def _end(write: int, stage: str, where: str, at: int, warm: Installation) -> None:
    code = 0
    try:
        said = _live(stage, where, at, warm)
    except BaseException as error:  # noqa: BLE001 (whatever it was, it is told, and nothing of the parent runs here)
        said, code = f"{type(error).__name__}: {error}", BROKE_OFF
    os.write(write, json.dumps(said).encode()) if len(str(said)) < 1000 else _write_all(write, said)
    os._exit(code)


def _write_all(write: int, said: Any) -> None:  # noqa: ANN401 (anything that JSON holds)
    with contextlib.closing(os.fdopen(write, "w", closefd=False)) as out:
        out.write(json.dumps(said))


def _live(stage: str, where: str, at: int, warm: Installation) -> Any:  # noqa: ANN401 (anything that JSON holds)
    if stage == MIGRATED:
        return office.migrated(where)
    if stage == MIGRATE:
        return _counted(lambda: office.migrate(where), at)
    home = Path(where)
    if stage == WEIGH:
        with office.opened(home, warm) as house:
            return office.weighed(house) | {"folder": office.in_folder(home)}

    def work() -> None:
        with office.opened(home, warm) as house:
            (office.settle if stage == SETTLE else office.STAGES[stage])(house)

    return _counted(work, at)


def _counted(work: Callable[[], None], at: int) -> int:
    """Its steps, from the opening of the record to its closing; to watch them takes as long as the work."""
    if not at:
        work()
        return 0
    steps, known = [0], dict[CodeType, bool]()

    def seen(frame: FrameType, event: str, _what: object) -> None:
        if event not in {"call", "return"}:
            return
        code = frame.f_code
        if code not in known:
            known[code] = any(part in code.co_filename for part in _STEPS)
        if known[code]:
            steps[0] += 1
            if steps[0] == at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(seen)
    work()
    sys.setprofile(None)
    return steps[0]


if __name__ == "__main__":
    main()
