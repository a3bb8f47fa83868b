"""The words that a cue is known by let through whatever its pattern matches."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from classifier import cues

CUES = {name: cue for name, cue in vars(cues).items() if isinstance(cue, cues.Cue)}


@pytest.mark.parametrize("name", CUES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(data=st.data())
def test_no_match_is_passed_over(name: str, data: st.DataObject) -> None:
    found = data.draw(st.from_regex(CUES[name].pattern))
    assert CUES[name].may_match(found)
    assert CUES[name].search(found)


def test_a_text_without_any_of_the_words_is_not_searched() -> None:
    assert len(CUES) > 5
    assert not cues.SPORT.may_match("mưa lớn gây ngập lụt")
    assert cues.SPORT.findall("mưa lớn gây ngập lụt") == []
    assert set(cues.SPORT.findall("cầu thủ và thủ môn, cầu thủ")) == {"cầu thủ", "thủ môn"}
