from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dashboard import address
from dashboard.address import Asked
from diembao.core.ports import SortBy
from diembao.core.query import All, Bool, Range, Terms, Text

NOW = datetime(2026, 11, 20, 23, 40, tzinfo=UTC)
ZONE = "Asia/Ho_Chi_Minh"

WORD = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=20).filter(
    lambda x: x != "all"
)
SOME = st.lists(WORD, max_size=5, unique=True).map(tuple)
DAYS = st.dates(date(1900, 1, 1), date(2200, 1, 1)) | st.none()


@st.composite
def views(draw: st.DrawFn) -> Asked:
    period = draw(st.sampled_from([*address.PERIODS, address.EVER, address.CUSTOM]))
    custom = period == address.CUSTOM
    return Asked(
        q=draw(st.text(max_size=50)),
        period=period,
        start=draw(DAYS) if custom else None,
        end=draw(DAYS) if custom else None,
        relevance=draw(st.lists(st.sampled_from(address.RELEVANCES), unique=True).map(tuple)),
        stance=draw(st.lists(st.sampled_from(address.STANCES), unique=True).map(tuple)),
        theme=draw(SOME),
        outlet=draw(SOME),
        sort=draw(st.sampled_from(SortBy)),
        page=draw(st.integers(1, address.PAGES)),
    )


@given(views())
def test_an_address_gives_back_the_view_it_was_written_from(asked: Asked) -> None:
    assert address.read(address.write(asked)) == asked


@given(st.dictionaries(st.sampled_from(["q", "page", "from", "to", "sort", *address.NARROWED]), st.lists(st.text())))
def test_any_address_is_read_into_a_bounded_view(params: dict[str, list[str]]) -> None:
    asked = address.read(params)
    assert len(asked.q) <= address.QUERY_LENGTH + 1  # one more: so that it is said to be too long
    assert 1 <= asked.page <= address.PAGES
    assert all(len(asked.values(name)) <= address.VALUES for name in address.NARROWED)


def test_the_view_at_first_has_an_empty_address_and_no_filter_in_use() -> None:
    assert address.write(Asked()) == {}
    assert Asked().narrowings == 0
    assert Asked(stance=("critical",), period="30d").narrowings == 2


def test_a_filter_that_was_emptied_stays_empty() -> None:
    assert address.write(Asked(relevance=())) == {"relevance": ["all"]}
    assert address.read({"relevance": ["all"]}).relevance == ()


def test_chosen_days_are_days_of_the_province_and_the_last_is_whole() -> None:
    asked = Asked(period="custom", start=date(2026, 11, 1), end=date(2026, 11, 2))
    found = address.period(asked, NOW, ZONE)
    assert found == Range("published", datetime(2026, 10, 31, 17, tzinfo=UTC), datetime(2026, 11, 2, 17, tzinfo=UTC))


def test_a_query_is_narrowed_by_all_filters_but_the_one_left_out() -> None:
    asked = Asked(stance=("critical",), relevance=("yes",))
    typed = Text("text", "cầu")
    week = Range("published", NOW - timedelta(days=7), None)
    every = address.narrowed(asked, typed, NOW, ZONE)
    assert every == Bool(must=(typed, week, Terms("relevance", ("yes",)), Terms("stance", ("critical",))))
    left_out = address.narrowed(asked, typed, NOW, ZONE, without="stance")
    assert left_out == Bool(must=(typed, week, Terms("relevance", ("yes",))))
    assert address.narrowed(Asked(period="all", relevance=()), All(), NOW, ZONE) == All()
