"""kill -9 between any two steps of sending: nothing is lost, and what is sent twice can be told."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from diembao.response.outbox import STORM, Sender
from diembao.store.record import SqlStore
from tests.response.mailserver import Mailbox
from tests.response.making import Clock
from tests.response.outboxing import channels, identity, queue

ROOT = Path(__file__).parents[2]
ENOUGH = 60  # seconds after which another process counts as hanging


class Life:
    """A sender in a process of its own, to be killed."""

    def __init__(self, store: Path, port: int, work: str = "send") -> None:
        command = [sys.executable, "-W", "error", "-m", "tests.response.other_process", str(store), str(port), work]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)

    def heard(self, word: str) -> None:
        """Wait until it says so."""
        assert self.process.stdout is not None
        assert self.process.stdout.readline().strip() == word

    def kill(self) -> None:
        os.kill(self.process.pid, signal.SIGKILL)

    def ended(self) -> int:
        self.process.communicate(timeout=ENOUGH)
        return self.process.returncode


class TestKilled:
    @pytest.mark.parametrize("word", ["EHLO", "RCPT", "QUIT"])
    def test_before_the_answer_and_after_the_note_nothing_is_lost_or_sent_twice(
        self, store: SqlStore, box: Mailbox, port: int, tmp_path: Path, word: str
    ) -> None:
        queue(store, "one", "two")
        life: list[Life] = []
        met: list[str] = []

        def kill_at(seen: str) -> None:
            met.append(seen)
            if seen == word and met.count(word) == 1:
                life[0].kill()
                life[0].process.wait(ENOUGH)

        box.seen = kill_at
        life.append(Life(tmp_path / "a.db", port))
        life[0].heard("open")
        life[0].heard("go")
        assert life[0].ended() == -signal.SIGKILL
        finish(store, port)
        assert Counter(identity(box)) == dict.fromkeys(identity(box), 1)
        assert len(box.arrived) == 2

    def test_between_the_answer_and_the_note_one_is_sent_twice_and_can_be_told(
        self, store: SqlStore, box: Mailbox, port: int, tmp_path: Path
    ) -> None:
        queue(store, "one", "two")
        taken = threading.Event()
        with closing(sqlite3.connect(tmp_path / "a.db", isolation_level=None, check_same_thread=False)) as other:

            def hold(seen: str) -> None:
                if seen == "taken" and not taken.is_set():
                    other.execute("BEGIN IMMEDIATE")  # whoever wants to note the answer has to wait
                    taken.set()

            box.seen = hold
            life = Life(tmp_path / "a.db", port)
            assert taken.wait(ENOUGH)
            life.kill()
            assert life.ended() == -signal.SIGKILL
            other.execute("ROLLBACK")
        finish(store, port)
        assert sorted(Counter(identity(box)).values()) == [1, 2]

    def test_before_anything_is_taken_from_the_outbox(
        self, store: SqlStore, box: Mailbox, port: int, tmp_path: Path
    ) -> None:
        queue(store, "one")
        with closing(sqlite3.connect(tmp_path / "a.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            life = Life(tmp_path / "a.db", port)
            life.heard("open")
            life.heard("go")
            life.kill()
            assert life.ended() == -signal.SIGKILL
            other.execute("ROLLBACK")
        finish(store, port)
        assert len(box.arrived) == 1

    def test_in_the_transaction_that_queues(self, store: SqlStore, box: Mailbox, port: int, tmp_path: Path) -> None:
        life = Life(tmp_path / "a.db", port, "queue")
        life.heard("open")
        life.heard("queued")
        life.kill()
        assert life.ended() == -signal.SIGKILL
        finish(store, port)
        assert (box.arrived, store.alerts_since(Clock().time)) == ([], [])
        queue(store, "one")
        finish(store, port)
        assert len(box.arrived) == 1


def finish(store: SqlStore, port: int) -> None:
    """The program is started again, under the same name, and goes on at once."""
    Sender(store, channels(port, timeout=10), Clock()).send("worker")
    assert store.take_parcels(worker="worker", now=Clock().time, storm=STORM) == []
