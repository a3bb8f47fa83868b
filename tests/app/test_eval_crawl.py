"""Measures of the crawlers' work: pages, dates, feeds. Every figure is known beforehand."""

from __future__ import annotations

import gzip
from typing import Any

import pytest

from diembao.app.evaluation.pages import Truth, shared
from tests.app.evaluating import Eval

BODY = (
    (
        "Sáng 12-11, gió giật mạnh làm tốc mái nhiều căn nhà ở phường Quy Nhơn Đông. "
        "Chính quyền phường đã huy động dân quân giúp bà con."
    ),
    (
        "Theo báo cáo nhanh, có ba người bị thương nhẹ và được đưa đi cấp cứu ngay trong đêm. "
        "Điện đã có lại ở hầu hết các khu phố vào buổi chiều."
    ),
)
LEAD = "Phường Quy Nhơn Đông có hơn hai mươi căn nhà bị tốc mái, ba người bị thương nhẹ."
PAGE = f"""<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Gió giật, nhà tốc mái</title>
<meta property="article:published_time" content="2025-11-12T08:30:00+07:00">
<meta name="description" content="{LEAD}"></head>
<body><nav><a href="/">Trang nhất</a></nav><article><h1>Gió giật, nhà tốc mái</h1><h2 class="sapo">{LEAD}</h2>
<p>{BODY[0]}</p><p>{BODY[1]}</p></article><footer>Bản quyền thuộc về báo</footer></body></html>"""


def truth(name: str = "a.html", **changes: str) -> dict[str, str]:
    return {"id": name, "url": f"https://bao.vn/{name}", "html": name, "articleBody": "\n".join(BODY), **changes}


# -- pages ------------------------------------------------------------------------------------------


def test_a_page_taken_whole_counts_one(evaluate: Eval) -> None:
    (evaluate.folder / "a.html").write_text(PAGE, encoding="utf-8")
    (evaluate.folder / "b.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    told = {"title": "Gió giật - nhà tốc mái", "published": "2025-11-12", "lead": LEAD}
    evaluate.file("ground_truth.jsonl", [truth(**told), truth("b.html.gz", lead=LEAD)])
    found = evaluate("extract", "--pages", evaluate.folder).figures
    assert (found["n"], found["f1"], found["precision"], found["recall"]) == (2, 1.0, 1.0, 1.0)
    assert (found["title_accuracy"], found["title_n"]) == (1.0, 1)
    assert (found["lead_accuracy"], found["lead_n"]) == (1.0, 2)
    assert (found["date_accuracy"], found["date_n"]) == (1.0, 1)
    assert found["pages_per_s"] > 0
    assert found["failures"] == {}


def test_a_page_that_is_none_lowers_recall_and_is_counted_by_its_reason(evaluate: Eval) -> None:
    (evaluate.folder / "a.html").write_text(PAGE, encoding="utf-8")
    (evaluate.folder / "b.html").write_bytes(b"%PDF-1.7 \x00\x01")
    evaluate.file("ground_truth.jsonl", [truth(lead=LEAD), truth("b.html", title="x", published="2025-11-12")])
    found = evaluate("extract", "--pages", evaluate.folder).figures
    assert (found["precision"], found["recall"], found["failures"]) == (1.0, 0.5, {"type": 1})
    assert (found["title_accuracy"], found["date_accuracy"]) == (0.0, 0.0)


def test_what_no_page_tells_has_no_accuracy(evaluate: Eval) -> None:
    (evaluate.folder / "a.html").write_text(PAGE, encoding="utf-8")
    evaluate.file("ground_truth.jsonl", [truth()])
    found = evaluate("extract", "--pages", evaluate.folder).figures
    assert (found["title_accuracy"], found["date_accuracy"], found["date_n"]) == (None, None, 0)
    assert found["precision"] < 1.0  # our lead, of which this truth says nothing


@pytest.mark.parametrize(
    ("true", "said", "counts"),
    [
        ("a b c d e", "a b c d e", (2, 0, 0)),
        ("a b c d e", "a b c d", (1, 0, 1)),
        ("a b c d", "a b c d a b c d", (1, 4, 0)),
        ("a b", "a b", (1, 0, 0)),
        ("", "a b c d", (0, 1, 0)),
        ("", "", (0, 0, 0)),
        ("Quy Nhơn, phố biển", "quy Nhơn phố biển", (0, 1, 1)),
        ("平定省归仁", "平定省归", (1, 0, 1)),
        ("ແຂວງຊາລາຍ", "ແຂວງຊາລາຍ", (6, 0, 0)),
    ],
)
def test_shingles_are_four_words_or_four_characters(true: str, said: str, counts: tuple[int, int, int]) -> None:
    assert shared(true, said) == counts


def test_a_lead_that_the_body_repeats_is_read_once() -> None:
    record: dict[str, Any] = truth(lead="Sáng 12-11, gió giật mạnh")
    assert Truth.model_validate(record).words == "\n".join(BODY)
    assert Truth.model_validate(record | {"lead": "Bão."}).words.startswith("Bão.\nSáng")


# -- dates ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "outcome"),
    [
        ({"raw": "12/11/2025 08:30", "expected": "2025-11-12T08:30:00+07:00"}, "exact"),
        ({"raw": "12/11/2025 08:30", "expected": "2025-11-12T01:30:00Z"}, "exact"),
        ({"raw": "12/11/2025 08:30", "expected": "2025-11-12T08:30:00"}, "exact"),
        ({"raw": "12/11/2025 08:30", "expected": "2025-11-12"}, "exact"),
        ({"raw": "12/11/2025", "expected": "2025-11-12T08:30:00+07:00"}, "same_day"),
        ({"raw": "12/11/2025", "expected": "2025-11-11"}, "wrong"),
        ({"raw": "12/11/2025 08:30", "expected": "2025-12-11T08:30:00+07:00"}, "wrong"),
        ({"raw": "hôm qua hay hôm kia", "expected": "2025-11-12"}, "none"),
        ({"raw": "không có ngày", "expected": None}, "exact"),
        ({"raw": "12/11/2025", "expected": None}, "wrong"),
        ({"raw": "2025年11月12日 09:00", "language": "ja", "expected": "2025-11-12T09:00:00+09:00"}, "exact"),
        ({"raw": "10/2/2026 9:25:00 AM", "outlet": "tuoitre", "expected": "2026-10-02T09:25:00+07:00"}, "exact"),
    ],
)
def test_a_date_is_exact_or_of_the_same_day_or_wrong_or_not_read(
    evaluate: Eval, case: dict[str, Any], outcome: str
) -> None:
    found = evaluate("dates", "--cases", evaluate.file("cases.jsonl", [case])).figures
    assert found["n"] == sum(found[name] for name in ("exact", "same_day", "wrong", "none")) == found[outcome] == 1


def test_an_outlet_is_known_by_its_id_or_its_host_and_others_are_strangers(evaluate: Eval) -> None:
    cases = [
        {"raw": "5/11/2025 08:30", "outlet": outlet, "expected": "2025-11-05T08:30:00+07:00"}
        for outlet in ("vnexpress", "https://www.vnexpress.net/thoi-su", "bao-nao-do")
    ]
    found = evaluate("dates", "--cases", evaluate.file("cases.jsonl", cases)).figures
    assert (found["exact"], found["strangers"]) == (3, 1)


# -- feeds ------------------------------------------------------------------------------------------

FEED = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Báo</title>
<item><title>Một</title><link>https://bao.vn/1</link><pubDate>Wed, 12 Nov 2025 08:30:00 +0700</pubDate></item>
<item><title>Hai</title><link>https://bao.vn/2</link></item>
<item><title>Không địa chỉ</title></item></channel></rss>"""


def test_feeds_are_read_and_everything_in_them_is_counted(evaluate: Eval) -> None:
    (evaluate.folder / "deeper").mkdir()
    (evaluate.folder / "a.xml").write_text(FEED, encoding="utf-8")
    (evaluate.folder / "deeper" / "b.rss.gz").write_bytes(gzip.compress(FEED.encode()))
    (evaluate.folder / "no-ending").write_text(FEED, encoding="utf-8")
    (evaluate.folder / "page.xml").write_text("<html><body>404</body></html>", encoding="utf-8")
    (evaluate.folder / "empty.xml").write_bytes(b"")
    (evaluate.folder / "torn.xml.gz").write_bytes(gzip.compress(FEED.encode())[:-9])
    for name in ("README.md", "NOTICE.txt", "LICENSE"):
        (evaluate.folder / name).write_text("no feed", encoding="utf-8")
    found = evaluate("feeds", "--files", evaluate.folder).figures
    assert (found["files"], found["parsed"], found["items"], found["items_with_date"]) == (6, 3, 9, 3)
    assert found["refused"] == {"no-link": 3}
    assert found["failures"] == {"no feed": 1, "empty": 1, "unreadable": 1}
