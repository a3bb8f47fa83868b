from __future__ import annotations

from pathlib import Path

from tests.api.asking import asking_at
from tests.api.generated import Storm

# Of each kind for each address: some hundreds of requests in all. Many more: `make soak`.
EXAMPLES = 4


def test_generated_requests_find_no_server_error_no_broken_promise_and_no_hole(tmp_path: Path) -> None:
    with asking_at(tmp_path, api_per_minute=1_000_000) as ask:
        storm = Storm(ask)
        storm.blow(EXAMPLES)
        assert storm.holes == []
        assert storm.requests > 200
        assert {200, 401, 403, 404, 422} <= set(storm.statuses)
        assert max(storm.statuses) < 500
        assert ask.house.store.check_audit().broken is None
