"""A real server program for the tests: started once, not as root, and ended with the tests whatever happens to them."""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeVar

import pytest

START_SECONDS: Final = 120
_LOOKS: Final = 20  # in a second, whether it answers

# The server lives as long as our end of its standard input is open: a killed test leaves none behind. Its first word is
# the signal that ends it then.
_LIFELINE: Final = """
exec 3<&0
"$@" </dev/null 3<&- & server=$!
{ read -r end <&3; kill -"${end:-$0}" $server; } & line=$!
wait $server
kill $line 2>/dev/null
"""


class Program:
    """A server with a folder of its own. ``stop`` and a second start keep its data."""

    name: str  # for messages
    ends: str  # the signal that ends it when the tests are killed

    def __init__(self, prefix: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix=prefix))
        atexit.register(shutil.rmtree, self.folder, ignore_errors=True)
        self.user = "nobody" if os.geteuid() == 0 else None  # such servers do not run as root
        self._process: subprocess.Popen[str] | None = None

    def begin(self, command: Sequence[str], env: Mapping[str, str] | None = None, cwd: str | Path = "/") -> None:
        """Returns once it answers.

        Raises:
            OSError: it does not; with its last words.
        """
        log = self.folder / "output"
        with log.open("a") as output:
            self._process = subprocess.Popen(
                ["sh", "-c", _LIFELINE, self.ends, *command],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=output,
                user=self.user,
                env=env,
                cwd=cwd,
                text=True,
                start_new_session=True,  # Ctrl-C is for the tests
            )
        pause = threading.Event()
        for _ in range(START_SECONDS * _LOOKS):
            if self.answers():
                return
            if self._process.poll() is not None:
                break
            pause.wait(1 / _LOOKS)
        raise OSError(f"{self.name} does not start: {log.read_text()[-2000:]}")

    def answers(self) -> bool:
        raise NotImplementedError

    def end(self, signal: str) -> None:
        if self._process is not None:
            self._process.communicate(f"{signal}\n", timeout=START_SECONDS)
            self._process = None

    def owned(self, *paths: Path) -> None:
        """These belong to the user it runs as."""
        if self.user:
            for path in paths:
                os.chown(path, pwd.getpwnam(self.user).pw_uid, pwd.getpwnam(self.user).pw_gid)

    def reaches(self, path: Path) -> bool:
        """Can the user it runs as come to this?"""
        return not self.user or all(parent.stat().st_mode & stat.S_IXOTH for parent in path.parents)

    def told(self, command: Sequence[str], *, env: Mapping[str, str] | None = None, given: str = "") -> None:
        """Run one of its programs to the end.

        Raises:
            OSError: it failed; with what it said.
        """
        done = subprocess.run(
            command,
            input=given,
            user=self.user,
            env=env,
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
            timeout=START_SECONDS,
        )
        if done.returncode:
            raise OSError(f"{Path(command[0]).name} failed: {done.stderr[-2000:]}")


P = TypeVar("P", bound=Program)


def started(make: Callable[[], P], stop: Callable[[P], None]) -> P | OSError:
    """The program, stopped with the tests; or why it is not there."""
    try:
        program = make()
    except (OSError, subprocess.SubprocessError) as error:
        return error if isinstance(error, OSError) else OSError(str(error))
    atexit.register(stop, program)
    return program


def or_left_out(found: P | OSError, part: str) -> P:
    """Where it cannot start, the test is left out by name; with ``CI=true`` it fails."""
    if not isinstance(found, OSError):
        return found
    if os.environ.get("CI") == "true":
        raise found
    pytest.skip(f"{part}: it does not start here: {' '.join(str(found).split())[:200]}")
