"""kill -9 between any two steps of the delivery, with a real mail server and a real webhook server.

    python -m benchmarks.outbox --kills 50

A sender empties an outbox in a process of its own, and is killed at a call of a function of ours, of smtplib or of
http.client that is drawn by lot over the whole of a pass; the next one goes on. In the end everything must be there:
each message at least once, none under two keys, and no more of them twice than there were kills.

Prints one JSON object. The lots are drawn from a seed, so that a failure can be looked at again.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType
from typing import Final, Self

import structlog

from diembao.core.alert import Channel, Fate, Recipient
from diembao.core.ports import Notifier
from diembao.response.outbox import Sender
from diembao.store.record import SqlStore
from tests.response import hookserver, mailserver
from tests.response.hookserver import Hooks
from tests.response.mailserver import Mailbox
from tests.response.making import Clock, notifier, webhooks
from tests.store.making import alert, article, keep

# Alerts of one siege, each to two mail addresses and a webhook: passes are long enough to be killed in.
ALERTS: Final = 6
HOOK: Final = Recipient(Channel.WEBHOOK, "kho-chung")
TO: Final = (Recipient(Channel.MAIL, "a@x.example"), Recipient(Channel.MAIL, "b@y.example"), HOOK)
# Files whose calls count as steps.
_STEPS: Final = ("/diembao/", "/smtplib.py", "/http/client.py")


@dataclass(frozen=True)
class Outcome:
    """``calls`` are the steps of one pass that nobody kills, ``twice`` counts messages that came more than once."""

    kills: int
    calls: int
    messages: int
    lost: int
    twice: int
    left: int


def siege(kills: int, seed: int, folder: Path) -> Outcome:
    """So many kills, spread over as many outboxes as that takes."""
    lot = random.Random(seed)
    box, hooks = Mailbox(), Hooks()
    full = _filled(folder / "full.db")
    done = lost = twice = left = messages = 0
    with mailserver.serving(box) as mail, hookserver.serving(hooks) as hook, Lives(mail, hook) as lives:
        steps = lives.live(Path(shutil.copy(full, folder / "measured.db")))[1]
        while done < kills:
            path = Path(shutil.copy(full, folder / f"{done}.db"))
            box.arrived.clear()
            hooks.arrived.clear()
            # Each kill leaves less to do; the last life runs to its end.
            while done < kills and lives.live(path, at=lot.randrange(1, steps))[0] == signal.SIGKILL:
                done += 1
            lives.live(path)
            found = Counter(_arrived(box, hooks))
            messages += ALERTS * len(TO)
            lost += ALERTS * len(TO) - len(found)
            twice += sum(n - 1 for n in found.values())
            left += _waiting(path)
    return Outcome(done, steps, messages, lost, twice, left)


def _filled(path: Path) -> Path:
    with closing(SqlStore(f"sqlite:///{path}")) as store:
        keep(store, article("a"))
        with store.writing() as write:
            for n in range(ALERTS):
                write.add_alert(alert("a", f"story {n}"), TO)
    return path


def _arrived(box: Mailbox, hooks: Hooks) -> list[str]:
    """The keys under which messages came."""
    return [str(mail["Message-ID"]) for _, mail in box.arrived] + [
        str(each["webhook-id"]) for _, each, _ in hooks.arrived
    ]


def _waiting(path: Path) -> int:
    with closing(SqlStore(f"sqlite:///{path}")) as store:
        return sum(each.fate is not Fate.SENT for each in store.deliveries(limit=1000))


class Lives:
    """A process without threads that has everything imported, and is forked for each sender."""

    def __init__(self, mail: int, hook: int) -> None:
        command = [sys.executable, "-m", "benchmarks.outbox", "--lives", str(mail), str(hook)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def live(self, path: Path, *, at: int = 0) -> tuple[int, int]:
        """One sender, killed at its step ``at`` (0: never); the signal that ended it, or 0, and its steps."""
        into, out = self._process.stdin, self._process.stdout
        if into is None or out is None:
            raise RuntimeError("the lives were started without pipes")
        into.write(f"{json.dumps([str(path), at])}\n")
        into.flush()
        status, steps = json.loads(out.readline())
        if os.WIFSIGNALED(status):
            return os.WTERMSIG(status), 0
        if status:
            raise RuntimeError(f"a sender broke off with {os.WEXITSTATUS(status)}")
        return 0, steps

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()


def _lives(mail: int, hook: int) -> None:
    """What the other process does: a line for each sender that is asked for."""
    logging.disable()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    for line in sys.stdin:
        path, at = json.loads(line)
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            os.write(write, str(_live(path, mail, hook, at)).encode())
            os._exit(0)
        _, status = os.waitpid(child, 0)
        os.close(write)
        with os.fdopen(read) as steps:
            print(json.dumps([status, int(steps.read() or 0)]), flush=True)


def _live(path: str, mail: int, hook: int, at: int) -> int:
    """Its steps, from the opening of the store to the end."""
    ways: dict[Channel, Notifier] = {Channel.MAIL: notifier(mail), Channel.WEBHOOK: webhooks({HOOK.address: hook})}
    steps = [0]
    with closing(SqlStore(f"sqlite:///{path}")) as store:
        sys.setprofile(_counting(steps, at))
        while Sender(store, ways, Clock()).send("worker"):
            pass
        sys.setprofile(None)
    return steps[0]


def _counting(steps: list[int], at: int) -> Callable[[FrameType, str, object], None]:
    def seen(frame: FrameType, event: str, _what: object) -> None:
        if event in {"call", "return"} and any(part in frame.f_code.co_filename for part in _STEPS):
            steps[0] += 1
            if steps[0] == at:
                os.kill(os.getpid(), signal.SIGKILL)

    return seen


def main() -> None:
    if sys.argv[1:2] == ["--lives"]:
        _lives(*map(int, sys.argv[2:]))
        return
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--kills", type=int, default=50)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(asdict(siege(given.kills, given.seed, Path(folder))), indent=1))


if __name__ == "__main__":
    main()
