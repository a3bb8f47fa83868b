"""Pages in the shapes of outlets to title, lead, text and time."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.extract import Page, extract
from crawlers.limit import time_limit
from diembao.core.article import DateFrom, Outlet
from diembao.core.errors import Refused, SetAside
from tests.crawlers.pages import PARAGRAPHS, SAPO, page

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
HERE = Path(__file__).parent
URL = "https://bao.example.vn/khanh-thanh-1.html"
TITLE = "Khánh thành đường ven biển Quy Nhơn"
BODY = "".join(f"<p>{each}</p>" for each in PARAGRAPHS)
ZONES = {"vi": "Asia/Ho_Chi_Minh", "th": "Asia/Bangkok", "ja": "Asia/Tokyo", "ko": "Asia/Seoul", "ru": "Europe/Moscow"}


def read(html: str | bytes, language: str = "vi", content_type: str = "text/html") -> Page:
    paper = Outlet("bao-mau", "Báo mẫu", "VN", language, URL, (URL,), timezone=ZONES.get(language, "UTC"))
    return extract(html.encode() if isinstance(html, str) else html, URL, paper, NOW, content_type=content_type)


def document(head: str, body: str) -> str:
    return f'<!DOCTYPE html><html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'


def test_the_head_of_a_page_is_no_lead_and_its_author_is_not_kept() -> None:
    body = "".join(
        f"<p>Đoạn {n} của bài: tàu cập cảng Quy Nhơn với hơn hai nghìn tấn hàng trong sáng nay.</p>" for n in range(6)
    )
    inner = "<h1>Tàu cập cảng</h1><span>Nguyễn Văn Mẫu</span><p>Sáng nay tại cảng.</p>"
    header = f'<div class="content-header lede">{inner}</div>'
    page = read(document("<title>Tàu cập cảng</title>", f"<article>{header}{body}</article>"))
    assert "Nguyễn Văn Mẫu" not in page.lead
    assert page.text.count("Đoạn") == 6


# Shapes of outlets: where the lead stands, where the date, what is around the article.
SHAPES = sorted(file.stem for file in HERE.glob("shapes/*.html"))


def shape_of(name: str) -> str:
    return (HERE / "shapes" / f"{name}.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("shape", SHAPES)
def test_title_lead_text_and_time_are_found_in_every_shape(shape: str) -> None:
    found = read(shape_of(shape))
    assert found.title == TITLE
    assert found.lead.removeprefix("Gia Lai - ") == SAPO
    assert found.text == "\n".join(PARAGRAPHS)
    assert found.published_at == datetime(2026, 11, 20, 23, 12, tzinfo=UTC)
    assert found.published_from in (DateFrom.PAGE_TEXT, DateFrom.META)


@pytest.mark.parametrize("shape", SHAPES)
def test_no_field_names_the_author(shape: str) -> None:
    found = read(shape_of(shape))
    assert "Viết" not in f"{found.title} {found.lead} {found.text}"


def test_a_name_inside_a_sentence_is_news_and_stays() -> None:
    said = (
        "Bà Lê Thị Viết, chủ một quán ăn ven biển, cho biết khách đông hơn hẳn kể từ khi con đường mới được thông xe."
    )
    found = read(page(TITLE, paragraphs=(*PARAGRAPHS, said), extra="<meta name='author' content='Lê Thị Viết'>"))
    assert said in found.text


# A title and a sentence in each language; word breaks (U+200B) where a script has them.
WORDS = {
    language: (words["title"], words["sentence"])
    for language, words in json.loads((HERE / "words.json").read_text(encoding="utf-8")).items()
}


@pytest.mark.parametrize("language", WORDS)
def test_every_language_is_read_with_its_word_breaks(language: str) -> None:
    title, sentence = WORDS[language]
    paragraphs = [sentence, f"{sentence} (2)", f"{sentence} (3)"]
    html = document(
        f"<title>{title}</title>",
        f"<article><h1>{title}</h1>{''.join(f'<p>{each}</p>' for each in paragraphs)}</article>",
    )
    found = read(html, language)
    assert found.title == title
    assert found.text.split("\n") == paragraphs


def test_word_breaks_written_as_entities_are_kept_too() -> None:
    html = document(
        "",
        "<article><h1>x</h1>"
        + "".join(f"<p>ເສັ້ນທາງ&#8203;ແຄມ&#x200B;ທະເລ {n} ຍາວສິບສີ່ກິໂລແມັດໄດ້ເປີດນຳໃຊ້ໃນຕອນເຊົ້າ</p>" for n in "123"),
    )
    assert "ເສັ້ນທາງ\u200bແຄມ\u200bທະເລ" in read(html, "lo").text


LD_JSON = '<script type="application/ld+json">{}</script>'
SIX_TWELVE = '"datePublished": "2026-11-21T06:12:00+07:00"'


@pytest.mark.parametrize(
    ("head", "where"),
    [
        (
            LD_JSON.format('{"@graph": [{"@type": "WebSite"}, {"@type": ["NewsArticle"], ' + SIX_TWELVE + "}]}"),
            DateFrom.JSON_LD,
        ),
        (LD_JSON.format('{"@type": "NewsArticle", ' + SIX_TWELVE + ", }"), DateFrom.JSON_LD),  # a comma too many
        ('<meta property="article:published_time" content="2026-11-21T06:12:00+07:00">', DateFrom.META),
        ('<meta itemprop="datePublished" content="2026-11-21T06:12:00+07:00">', DateFrom.META),
    ],
)
def test_the_time_in_the_head_is_read_with_where_it_stood(head: str, where: DateFrom) -> None:
    found = read(page(extra=head))
    assert found.published_at == datetime(2026, 11, 20, 23, 12, tzinfo=UTC)
    assert found.published_from is where


def test_a_page_drawn_by_scripts_is_read_from_its_head_and_a_short_head_never_takes_the_place_of_the_text() -> None:
    told = json.dumps({"@type": "NewsArticle", "headline": TITLE, "articleBody": "\n".join(PARAGRAPHS)})
    drawn = document(LD_JSON.format(told), "<div id='app'></div>")
    assert read(drawn).text.split("\n") == list(PARAGRAPHS)
    stub = json.dumps({"@type": "NewsArticle", "headline": TITLE, "articleBody": f"{PARAGRAPHS[0]} {PARAGRAPHS[1]}"})
    assert read(page(TITLE, extra=LD_JSON.format(stub))).text.split("\n")[:4] == list(PARAGRAPHS)


def test_a_text_cut_into_columns_is_taken_whole_and_a_wall_that_stands_open_is_no_wall() -> None:
    def column(*paragraphs: str) -> str:
        return f"<div class='grid'><div class='body'>{''.join(f'<p>{x}</p>' for x in paragraphs)}</div></div>"

    cut = column(*PARAGRAPHS[:2]) + "<div class='ad'>Quảng cáo</div>" + column(*PARAGRAPHS[2:])
    assert read(document("", f"<h1>{TITLE}</h1><div>{cut}</div>")).text.split("\n") == list(PARAGRAPHS)
    printed = "<div class='print-header'><p>Bản này chỉ để dùng riêng, xin liên hệ phòng phát hành để in lại.</p></div>"
    behind = "".join(f"<p>{x}</p>" for x in PARAGRAPHS[1:])
    walled = f"{printed}<h1>{TITLE}</h1><article><p>{PARAGRAPHS[0]}</p><div class='paywall'>{behind}</div></article>"
    assert read(document("", walled)).text.split("\n") == list(PARAGRAPHS)


def test_a_time_in_the_future_gives_way_to_the_next_place() -> None:
    found = read(page(extra='<meta name="pubdate" content="2027-11-21"><meta name="dc.date" content="2026-11-20">'))
    assert found.published_at is not None
    assert found.published_at.day == 20


def test_a_line_that_tells_by_its_words_when_it_came_out_is_read_and_then_the_address() -> None:
    told = f"<table><tr><td><h1>{TITLE}</h1><br>Ngày đăng: 20/11/2026 06:12<br>{BODY}</td></tr></table>"
    assert read(document("", told)).published_at == datetime(2026, 11, 19, 23, 12, tzinfo=UTC)
    url = "https://bao.example.vn/2026/11/20/bai.html"
    paper = Outlet("bao-mau", "Báo mẫu", "VN", "vi", URL, (URL,))
    found = extract(document("", f"<h1>{TITLE}</h1><article>{BODY}</article>").encode(), url, paper, NOW)
    assert (found.published_at, found.published_from) == (datetime(2026, 11, 19, 17, tzinfo=UTC), DateFrom.URL)


def test_the_clock_of_the_site_and_the_dates_of_other_articles_are_not_its_date() -> None:
    html = document(
        "",
        f"<div class='clock-date'>Thứ bảy, 21/11/2026</div><h1>{TITLE}</h1><article>{BODY}</article>"
        "<div class='related-news'><span class='date'>19/11/2026 10:00</span></div>",
    )
    assert read(html).published_at is None


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (b"%PDF-1.7\n1 0 obj", "text/html"),
        (b"\x89PNG\r\n\x1a\n", "text/html; charset=utf-8"),
        (b"PK\x03\x04\x14", ""),
        (b"\x00\x01\x02" * 100, "text/html"),
        (page(), "application/pdf"),
        (page(), "image/jpeg"),
    ],
)
def test_what_is_no_page_is_refused_whatever_it_calls_itself(data: bytes, content_type: str) -> None:
    with pytest.raises(Refused) as refused:
        read(data, content_type=content_type)
    assert refused.value.reason == "type"


@pytest.mark.parametrize("html", ["", "   ", "<!-- -->", "<html></html>", "<p>", "\ufeff"])
def test_an_empty_page_has_no_text(html: str) -> None:
    assert read(html).text == ""


@pytest.mark.parametrize(
    ("language", "encoding"),
    [("zh-Hans", "gb18030"), ("ja", "shift_jis"), ("ko", "euc-kr"), ("ru", "windows-1251"), ("th", "tis-620")],
)
@pytest.mark.parametrize("declared", ["in a meta element", "by the server", "nowhere", "wrongly"])
def test_old_encodings_are_read(language: str, encoding: str, declared: str) -> None:
    title, sentence = WORDS[language][0], WORDS[language][1].replace("\u200b", "")
    meta = {"in a meta element": f'<meta charset="{encoding}">', "wrongly": '<meta charset="utf-8">'}.get(declared, "")
    server = f"text/html; charset={encoding}" if declared == "by the server" else "text/html"
    body = f"<article><h1>{title}</h1><p>{sentence}</p><p>{sentence} 2</p></article>"
    html = f"<html><head>{meta}<title>{title}</title></head><body>{body}</body></html>"
    found = read(html.encode(encoding), language, server)
    assert found.title == title
    assert sentence in found.text


HOSTILE = {
    "nested": "<div class='date'>" * 100_000,
    "one attribute": f"<div class='{'a ' * 500_000}'>x</div>",
    "many attributes": f"<div {' '.join(f'a{n}=x' for n in range(20_000))}>x</div>",
    "brackets": '<script type="application/ld+json">' + "[" * 200_000 + "</script>",
    "a long title": f"<title>{' - ' * 200_000}</title>",
    "unclosed": "<p><b><i>" * 6_000,
    "dates in dates": ("<div class='date related'>" * 200 + "x" + "</div>" * 200) * 50,
    "paragraphs": "<p>a</p>" * 19_000,
}


# The clock may ring first where nothing can be raised (a weak reference's end); it rings again a second later.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_page_is_over_soon(kind: str) -> None:
    began = time.monotonic()
    try:
        with time_limit(3, "the page"):
            read(f"<html><body><h1>x</h1>{HOSTILE[kind]}{BODY}")
    except SetAside as aside:
        assert "took longer" in str(aside)  # noqa: PT017 (all ends are right: it was read, stopped, or refused)
    except Refused as refused:
        assert refused.reason == "size"  # noqa: PT017 (as above)
    assert time.monotonic() - began < 10


def test_a_page_of_countless_elements_is_refused_before_any_work() -> None:
    began = time.monotonic()
    with pytest.raises(Refused) as refused:
        read(f"<html><body><article>{'<p>a</p>' * 300_000}</article></body></html>")
    assert refused.value.reason == "size"
    assert time.monotonic() - began < 5


def test_work_that_takes_too_long_is_ended_even_if_it_hides_errors() -> None:
    def stubborn() -> None:
        while True:
            try:
                while True:
                    len("x")
            except Exception:  # noqa: BLE001, S110 (as some libraries do)
                pass

    with pytest.raises(SetAside, match="took longer"), time_limit(0.2, "this"):
        stubborn()


def test_a_list_of_keywords_is_no_text_and_the_frame_of_a_picture_no_lead() -> None:
    links = "<li><a href='/a'>Quy Nhơn</a></li><li><a href='/b'>cảng biển</a></li>"
    words = f"<ul class='block-key'><li>Từ khóa</li>{links}</ul>"
    legend = "<td class='ck_legend'>Ảnh chụp từ phía biển vào sáng sớm</td>"
    frame = f"<table class='desc_image'><tr><td><img src='a.jpg'></td></tr><tr>{legend}</tr></table>"
    found = read(document("", f"<h1>{TITLE}</h1><div class='fck'>{frame}{BODY}</div>{words}"))
    assert found.lead == ""
    assert found.text.split("\n") == list(PARAGRAPHS)
