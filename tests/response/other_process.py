"""A sender in a process of its own, for tests that kill it.

python -m tests.response.other_process STORE PORT send|queue
"""

from __future__ import annotations

import sys
import threading

from diembao.core.alert import Channel
from diembao.response.outbox import Sender
from diembao.store.record import SqlStore
from tests.response.making import A, Clock, notifier
from tests.store.making import alert


def tell(word: str) -> None:
    print(word, flush=True)  # noqa: T201 (the other side reads it)


def main(path: str, port: str, work: str) -> None:
    store = SqlStore(f"sqlite:///{path}")
    tell("open")
    if work == "queue":
        with store.writing() as writer:
            writer.add_alert(alert("a", "one"), [A])
            tell("queued")
            threading.Event().wait()
    tell("go")
    Sender(store, {Channel.MAIL: notifier(int(port))}, Clock()).send("worker")
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
