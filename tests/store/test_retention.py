"""What was received is let go when its time is over and nothing needs it; its words and its digest stay."""

from __future__ import annotations

import hashlib
import json
import shutil
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Insert

from diembao.core.article import Kind
from diembao.core.ledger import Outcome
from diembao.core.retention import Kept, Limits, Over
from diembao.store.desk_tables import case_claims, case_exhibits, case_issues
from diembao.store.kept_tables import exchanges, withdrawals
from diembao.store.record import SqlStore
from diembao.store.register_tables import briefings, press_questions
from diembao.store.report_tables import reports
from diembao.store.request_tables import case_filed
from tests.parts import needs
from tests.response.packing import whole_case
from tests.store.dumping import made_up
from tests.store.making import NOW, article, entry, id_of, judge, keep, label, later, read_source
from tests.store.server import running

CASE = "VV-2026-0001"  # of `whole_case`
LIMIT = later(days=100)
LIMITS = Limits(LIMIT, LIMIT - timedelta(days=50), LIMIT)
OLD = ("about", "none", "none, young", "asked", "reported", "twin 1", "twin 2", "dropped", "waits")


def page(slug: str) -> bytes:
    return b"<p>one for two</p>" if slug.startswith("twin") else f"<p>{slug}</p>".encode()


def digest(slug: str) -> str:
    return hashlib.sha256(page(slug)).hexdigest()


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("retention") / "a.db"
    fill(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=needs("postgresql"))])
def store(request: pytest.FixtureRequest, template: Path, tmp_path: Path) -> Iterator[SqlStore]:
    url = f"sqlite:///{shutil.copy(template, tmp_path)}"
    if request.param == "postgresql":
        url = running().make("retention")
        fill(url)
    with closing(SqlStore(url)) as opened:
        yield opened


@pytest.fixture
def alone(template: Path, tmp_path: Path) -> Iterator[SqlStore]:
    """On one engine."""
    with closing(SqlStore(f"sqlite:///{shutil.copy(template, tmp_path)}")) as opened:
        yield opened


def fill(url: str) -> None:
    """A case with its articles; old ones that nobody needs, that somebody needs, and what was set aside."""
    with closing(SqlStore(url)) as opened:
        whole_case(opened)
        for slug in OLD[:-2]:
            at = later(days=60) if slug == "none, young" else NOW
            keep(opened, article(slug, title=slug), now=at, response=page(slug))
            judge(opened, slug, label(slug, Kind.RELEVANCE, "no" if slug.startswith("none") else "yes"))
        run = opened.begin_run(NOW)
        for slug in ("dropped", "waits"):
            read_source(opened, run, pending=[entry(slug)])
            opened.page_settled(run, entry(slug), Outcome.QUARANTINED, reason="no text", now=NOW, response=page(slug))
        opened.end_run(run, NOW)
        (number,) = (each.id for each in opened.quarantine() if each.entry == id_of("dropped"))
        opened.drop(number, by="person:1", why="rác", now=NOW)
        with opened._database.writing() as connection:
            connection.execute(made_up(press_questions, number="CH-2026-0001", articles=f"x {id_of('asked')}"))
            connection.execute(made_up(reports, number=1, content=a_report(id_of("reported")), signed_at=NOW))


def kept(store: SqlStore) -> dict[str, bool]:
    return {slug: store.response(digest(slug)) is not None for slug in OLD}


def of(found: Iterator[Over]) -> dict[Kept, tuple[int, int]]:
    return {each.kind: (each.pages, each.needed) for each in found}


def test_only_what_is_past_its_time_and_needed_by_nothing_goes_and_a_dry_run_says_the_same(store: SqlStore) -> None:
    case = store.case_file(CASE)
    said = of(store.pages_over(LIMITS))
    assert all(kept(store).values())
    assert of(store.drop_pages(LIMITS, actor="person:1", where="web", now=LIMIT)) == said
    # a, b and c are the case's (nobody judged a and b); two are cited elsewhere; two share their bytes
    assert said == {Kept.PAGES: (1, 3), Kept.OTHER_PAGES: (1, 2), Kept.ASIDE: (1, 0)}
    assert [slug for slug, there in kept(store).items() if not there] == ["about", "none", "dropped"]
    assert store.case_file(CASE) == case
    digests = [each.response for slug in "abc" for each in store.revisions(id_of(slug)) if each.response]
    assert len(digests) >= 2
    assert all(map(store.response, digests))
    assert [(row.actor, row.act) for row in store.audit(limit=3)] == [("person:1", "retention.drop")] * 3
    assert of(store.pages_over(LIMITS)) == {kind: (0, needed) for kind, (_, needed) in said.items()}


def test_words_and_digest_stay_and_the_same_bytes_are_kept_again_when_they_come_in_again(alone: SqlStore) -> None:
    list(alone.drop_pages(LIMITS, actor="person:1", where="web", now=LIMIT))
    (revision,) = alone.revisions(id_of("about"))
    assert (revision.title, revision.response) == ("about", digest("about"))
    assert alone.answers(id_of("about")) == []
    keep(alone, article("about", title="about, edited"), now=LIMIT, response=page("about"))
    assert alone.response(digest("about")) == page("about")


NONE, BYTES = id_of("none"), digest("none")
NEEDS: dict[str, Callable[[], Insert]] = {
    "withdrawn": lambda: made_up(withdrawals, id=99, article_id=NONE),
    "a question": lambda: made_up(press_questions, number="CH-2026-0009", serial=9, articles=NONE),
    "a signed report": lambda: made_up(reports, number=2, version=2, content=a_report(NONE), signed_at=NOW),
    "what was signed": lambda: made_up(reports, number=2, version=2, content=a_report(), document=BYTES),
    "a file of a case": lambda: made_up(case_exhibits, case=CASE, claim=1, number=99, value=BYTES),
    "a file of a unit": lambda: made_up(case_filed, case=CASE, number=99, value=BYTES),
    "the page of a claim": lambda: made_up(case_claims, case=CASE, number=99, article_id=id_of("a"), response=BYTES),
    "what was issued": lambda: made_up(case_issues, case=CASE, number=99, documents=json.dumps([BYTES])),
    "an agenda": lambda: made_up(briefings, agenda=BYTES),
    "asked for again": lambda: made_up(exchanges, id=9999, item="another", response=BYTES, hops=b""),
}


@pytest.mark.parametrize("need", [*NEEDS, "read again", "of another article"])
def test_what_is_needed_since_the_plan_was_made_stays(alone: SqlStore, need: str) -> None:
    parts = alone.drop_pages(LIMITS, actor="person:1", where="web", now=LIMIT)
    assert next(parts).kind is Kept.PAGES
    if need in NEEDS:
        with alone._database.writing() as connection:
            connection.execute(NEEDS[need]())
    else:
        keep(alone, article("none" if need == "read again" else "more", title="new"), now=LIMIT, response=page("none"))
    assert {kind: pages for kind, (pages, _) in of(parts).items()} == {Kept.OTHER_PAGES: 0, Kept.ASIDE: 1}
    assert alone.response(BYTES) == page("none")


def a_report(*ids: str) -> bytes:
    return zlib.compress(json.dumps({"articles": [{"id": each} for each in ids]}).encode())
