"""Requests that schemathesis makes up from the description, sent by accounts of every role, by keys and by strangers.

Each is followed by the same questions: no server error; the status, type and shape that the description promises; and
nothing for whom the table of rights has no row (a hole).
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final, cast
from urllib.parse import unquote

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.python import asgi
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from diembao.api.keys import SCOPES
from diembao.api.paths import act_of
from diembao.api.rights import STRANGER, Visitor, opens
from diembao.core.accounts import Role
from diembao.core.article import Kind
from tests.api.asking import OWN, UNIT, Asking
from tests.api.doors import PROVINCE

CHECKS: Final = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@dataclass
class Storm:
    """``holes`` are answers that should have been refusals; none is expected."""

    ask: Asking
    statuses: Counter[int] = field(default_factory=Counter)
    holes: list[str] = field(default_factory=list)

    @property
    def requests(self) -> int:
        return self.statuses.total()

    def blow(self, examples: int, *, seed: int = 1) -> None:
        """``examples`` of valid and as many of invalid requests for each address and method."""
        told = self.ask("/openapi.json", role=Role.VIEWER).json()
        del told["security"]  # who asks is settled here: made-up keys would turn away half of the requests
        schema = schemathesis.openapi.from_dict(told)
        schema.app = self.ask.app
        askers = self._askers()
        there = self._there()
        with asgi.get_client(cast("Any", self.ask.app)) as client:
            for found in schema.get_all_operations():
                assert isinstance(found, Ok), found
                operation = found.ok()
                for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                    self._each(operation.as_strategy(generation_mode=mode), askers, there, client, examples, seed)

    def _each(self, cases: Any, askers: Any, there: Any, client: Any, examples: int, seed: int) -> None:
        @seeded(seed)
        @settings(
            max_examples=examples,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=cases, asker=st.sampled_from(sorted(askers)), real=st.sampled_from([True, True, False]))
        def one(case: Case[Any], asker: str, real: bool) -> None:  # noqa: FBT001 (drawn)
            if real:
                for name in set(case.path_parameters or {}) & set(there):
                    case.path_parameters[name] = there[name] if case.path[:9] != "/v1/cases" else self.ask.case
            self._send(case, asker, askers[asker], client)

        with suppress(Unsatisfiable):  # nothing can be wrong with a request that has no parameters
            one()

    def _send(self, case: Case[Any], asker: str, known: tuple[dict[str, str], Visitor], client: Any) -> None:
        headers, who = known
        answer = case.call(base_url=f"{OWN}/api", session=client, headers=headers)
        self.statuses[answer.status_code] += 1
        case.validate_response(answer, checks=CHECKS, headers=headers)
        # As the server reads it.
        act = act_of(case.method.upper(), "/api" + unquote(case.formatted_path))
        if answer.status_code not in {401, 403, 404, 405} and not (act and opens(who, act, PROVINCE)):
            self.holes.append(f"{asker} {case.method} {case.formatted_path}: {answer.status_code}")

    def _askers(self) -> dict[str, tuple[dict[str, str], Visitor]]:
        """By name: what they send along, and who they are."""
        ask = self.ask
        found: dict[str, tuple[dict[str, str], Visitor]] = {"stranger": ({}, STRANGER)}
        for role in Role:
            cookie = ask.cookie(role)
            who = ask.door.sessions.visitor(cookie.partition("=")[2])
            found[role.value] = {"cookie": cookie, "origin": OWN}, who
        keys = {"key": ask.key("reads"), "own-key": ask.key("writes", *SCOPES, account=ask.account("officer-x"))}
        for name, key in keys.items():
            found[name] = {"authorization": f"Bearer {key}"}, ask.door.keys.visitor(key)
        return found

    def _there(self) -> dict[str, str]:
        """Parts of paths that lead to something."""
        ask = self.ask
        item = ask.house.store.articles([ask.put.ids["waste"]])[0]
        task = next(task for task in ask.house.profile.tasks if UNIT in task.lead)
        return {
            "article_id": item.article.id,
            "story": str(item.key(Kind.STORY)),
            "kit": "human-rights",
            "outlet": item.article.outlet,
            "number": task.number,
        }
