"""Trafilatura's expressions and the walks that stand for them, side by side."""

from __future__ import annotations

import runpy
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from trafilatura import xpaths

from crawlers.expressions import ASKED, hasten, walk
from tests.crawlers.papers import papers

# What each question turns on, and what stands in the way of a quick answer: the order of two attributes, capitals,
# words within words, elements inside what is found, attributes that are there and empty.
ODD = """<html><body class="post message"><header>h</header>
<div id="cookie" class="x">1<p class="nav-teaser">2</p></div><div class="x" id="cookie">3</div>
<div class="cookie" id="">4</div><div id="" class="cookie">5</div><div data-lp-replacement-content="">6</div>
<div role="Navigation">7</div><section data-component="xMostPopularStories">8</section><div class="">9</div>
<article class="entry"><div class="entry">10<span id="Teaser">11</span><div class="post">12</div></div></article>
<div class="infinitescroll"><h1>13</h1></div><div class="infinite-scroll"><h2>14</h2></div>
<div id="mvp-post-add-box"><h1>15</h1></div><aside class="elementor-share-buttons">16</aside>
<ol class="comment-list" id="dsq-comments"><li>17</li></ol><ul id="disqus_thread"><li>18</li></ul>
<details id="comol">19</details><div class="Commentary">20</div><list class="Comments">21</list>
<p style="display: none">22</p><b style="x" id="hidden">23</b><b id="x" style="hidden">24</b>
<i aria-hidden="true">25</i>
<p style="border:0">26</p><p class="a bottom b">27</p><p id="link" class="permalink">28</p><p class="permalink">29</p>
<div class="FULLTEXT">30</div><div class="Main-Content">31</div><span class="photo-caption">32</span>
<div id="reply-1" class="y">33</div><div class="y" id="reply-1">34</div><div class="comments-title">35</div>
<div class="entry">36</div>
</body></html>"""


def originals() -> Iterator[tuple[str, Any]]:
    """As trafilatura wrote them, whatever became of its lists in this process."""
    written = runpy.run_path(str(Path(xpaths.__file__)))
    for name in ASKED:
        for number, each in enumerate(written[name]):
            yield f"{name}[{number}]", each


@cache
def trees() -> list[html.HtmlElement]:
    pages = [ODD.encode(), *(paper.data for paper in list(papers())[::3])]  # each shape once
    return [html.document_fromstring(page) for page in pages]


def test_a_walk_finds_what_its_expression_finds_in_the_same_order() -> None:
    left = set()
    for name, written in originals():
        walked = walk(written.path)
        if walked is None:
            left.add(name)
            continue
        found = [written(tree) for tree in trees()]
        assert [walked(tree) for tree in trees()] == found, name
        assert found[0], f"nothing of the odd page answers to {name}: then it is not tried"
    assert left == {"BODY_XPATH[1]", "BODY_XPATH[4]", "PRECISION_DISCARD_XPATH[0]"}, "what walks do not know is dear"


@pytest.mark.parametrize(
    "path",
    [
        "(.//article)[1]",
        ".//header",
        ".//*[self::div]",
        ".//*[@class='a' and @id='b']",
        ".//*[@class='a'][2]",
        ".//*[@class='a']/p",
        ".//*[string-length(@class) > 3]",
        ".//*[contains(translate(@class, 'AB', 'a'), 'a')]",
        ".//*[contains(@class, '')]",
    ],
)
def test_what_is_written_in_another_way_is_left_to_libxml2(path: str) -> None:
    assert walk(path) is None


def test_the_walks_stand_in_trafilaturas_own_lists() -> None:
    hasten()
    asked: Sequence[Callable[..., Any]] = xpaths.OVERALL_DISCARD_XPATH
    assert asked[0].__module__ == walk.__module__


def test_what_was_begun_and_not_ended_is_taken_up_again() -> None:
    hasten.__wrapped__()  # a clock rang in the midst of it, or two threads began at once
    made = list(xpaths.OVERALL_DISCARD_XPATH)
    hasten.__wrapped__()
    assert made == xpaths.OVERALL_DISCARD_XPATH
