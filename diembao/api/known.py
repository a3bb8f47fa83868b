"""A parameter that an address does not know is refused: mistyped (`sinc=`), it would read the whole from its beginning
unnoticed. Once for all routes, by what FastAPI knows of the one that is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any, Final

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute

from diembao.api import choosing, diary, parameters

# Of the description of an error: characters of a name, and how many names are told.
NAME: Final = 40
NAMES: Final = 10


async def only_known(request: Request) -> None:
    """Raises:
    RequestValidationError: there are other parameters than those of this address.
    """
    route = request.scope.get("route")
    if not isinstance(route, APIRoute) or not route.include_in_schema:
        return
    if request.scope["path"] == diary.ADDRESS:
        return  # a program of a diary puts what it likes behind the address that it was given
    known = {each.alias for each in route.dependant.query_params} | {choosing.PARAMETER}
    if unknown := [name for name in dict.fromkeys(request.query_params) if name not in known]:
        raise RequestValidationError([_error(name[:NAME], sorted(known)) for name in unknown[:NAMES]])


def _error(name: str, known: Sequence[str]) -> dict[str, Any]:
    return parameters.unknown(name, next(iter(get_close_matches(name, known, n=1)), ""))
