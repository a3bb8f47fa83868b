"""What every test, benchmark and script of survival begins with.

Whoever runs one may have `DIEMBAO_STORE__URL` of a working office exported, and the environment outranks a home's file
of settings: it would be read, written and mailed from. So all that the shell says of an installation is taken away
before anything of the program is imported. A child keeps what its parent sets for it: the mark says which process did
this, and counts while that one lives; one that was left in a shell is none.
"""

import os

_TESTS = "DIEMBAO_TEST_"
_DONE = f"{_TESTS}APART"


def _leave_the_office() -> None:
    if (by := os.environ.get(_DONE, "")).startswith("by ") and _is_done(by):
        return
    for name in list(os.environ):
        if name.upper().startswith("DIEMBAO_") and not name.upper().startswith(_TESTS):  # pydantic reads either case
            del os.environ[name]
    os.environ[_DONE] = f"by {os.getpid()}"


def _is_done(by: str) -> bool:
    try:
        os.kill(int(by.removeprefix("by ")), 0)
    except (ValueError, OSError, OverflowError):
        return False
    return True


_leave_the_office()
