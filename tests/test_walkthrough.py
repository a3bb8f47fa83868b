"""One article, from the feed that lists it to the alert that tells of it. Read it as documentation.

Everything is real but the network: the feed and the page are bytes written here.
"""

from __future__ import annotations

import mailbox
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

from crawlers import feeds
from crawlers.extract import extract
from diembao.core.article import Article, DateFrom, Kind, Outlet, TextFrom
from diembao.core.ledger import Outcome, Validators
from diembao.core.query import parse
from diembao.core.settings import load
from diembao.pipeline import steps
from diembao.pipeline.wiring import open_installation
from diembao.pipeline.work import NOTHING

NOW = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
WORKER = "walkthrough"

OUTLET = Outlet(
    id="bao-mau",
    name="Báo Mẫu",
    country="VN",
    language="vi",
    home="https://baomau.example/",
    feeds=("https://baomau.example/rss",),
)

FEED = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Báo Mẫu</title><item>
<title>Nước thải trại heo chảy ra sông Côn, dân Quy Nhơn gửi đơn ba lần chưa được trả lời</title>
<link>https://baomau.example/nuoc-thai-song-con-101.html?utm_source=rss</link>
<description>Người dân phản ánh nước thải gây ô nhiễm kéo dài, chính quyền địa phương chậm xử lý.</description>
<pubDate>Sat, 21 Nov 2026 06:12:00 GMT+7</pubDate>
</item></channel></rss>""".encode()

PAGE = """<!doctype html><html lang="vi"><head><title>Nước thải trại heo - Báo Mẫu</title>
<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2026-11-21T06:12:00+07:00",
"headline":"Nước thải trại heo chảy ra sông Côn, dân Quy Nhơn gửi đơn ba lần chưa được trả lời"}</script></head><body>
<article><h1>Nước thải trại heo chảy ra sông Côn, dân Quy Nhơn gửi đơn ba lần chưa được trả lời</h1>
<h2 class="sapo">Người dân phản ánh nước thải gây ô nhiễm kéo dài, chính quyền địa phương chậm xử lý.</h2>
<p>Nhiều hộ dân ở phường Bình Định, tỉnh Gia Lai cho biết từ tháng 9, nước thải từ các trại heo ở thượng nguồn chảy
ra sông Côn, bốc mùi hôi. Họ đã gửi đơn ba lần nhưng chưa được trả lời.</p>
<p>Theo kết luận kiểm tra, hai cơ sở chăn nuôi xả thải vượt quy chuẩn, nhưng chính quyền xã buông lỏng quản lý,
để vi phạm kéo dài gây bức xúc trong dân.</p></article>
<footer>© Báo Mẫu</footer></body></html>""".encode()


def test_one_article_from_feed_to_alert(tmp_path: Path) -> None:
    with open_installation(load(tmp_path)) as house:
        # 1. An outlet's feed lists an entry: its address canonical, its time with the zone it was written in.
        feed = feeds.parse(FEED, OUTLET.feeds[0], OUTLET, NOW, feeds.Limits(100, timedelta(days=60)))
        (entry,) = feed.entries
        assert entry.url == "https://baomau.example/nuoc-thai-song-con-101.html"
        assert entry.published_at == datetime(2026, 11, 20, 23, 12, tzinfo=UTC)

        # 2. A cheap, wide door: could it be about the province at all?
        assert house.prefilter.may_be_about(entry.title, entry.summary)

        # 3. The feed goes on the books: the entry is pending until its page is read.
        run = house.store.begin_run(NOW)
        house.store.source_read(
            run, entry.source, OUTLET.id, settled=[], left_out=[], pending=[entry], validators=Validators(), now=NOW
        )

        # 4. Its page becomes an article: title, lead and text without the furniture, the date with its provenance.
        page = extract(PAGE, entry.url, OUTLET, NOW)
        assert page.lead.startswith("Người dân phản ánh")
        assert "©" not in page.text
        assert page.published_from is DateFrom.JSON_LD
        article = Article(
            id=entry.id,
            url=entry.url,
            outlet=OUTLET.id,
            title=page.title,
            lead=page.lead,
            text=page.text,
            text_from=TextFrom.PAGE,
            language=OUTLET.language,
            published_at=page.published_at,
            published_from=page.published_from,
            seen_at=NOW,
        )
        assert house.store.page_stored(run, entry, article, now=NOW, response=PAGE) is Outcome.STORED
        counts = house.store.end_run(run, NOW)
        assert (counts.seen, counts.outcomes[Outcome.STORED]) == (1, 1)

        # 5. Judged: every label says by whom and why.
        assert steps.judge(house, lambda: NOW, WORKER).judged == 1
        item = house.store.articles([article.id])[0]
        assert item.key(Kind.LANGUAGE) == "vi"
        assert item.key(Kind.RELEVANCE, "gia-lai") == "yes"
        assert item.key(Kind.RELEVANCE, "binh-dinh") == "yes"
        assert "environment-climate" in item.keys(Kind.THEME, "gia-lai")
        assert item.key(Kind.STANCE, "gia-lai") == "critical"
        assert all(label.why and label.by for label in item.labels)

        # 6. Grouped into a story (of one), and made searchable, typed with marks or without.
        assert steps.group(house, lambda: NOW, WORKER).grouped == 1
        assert steps.index(house, lambda: NOW, WORKER).indexed == 1
        for typed in ("nước thải", "nuoc thai", '"sông Côn"', "thái_độ:phê_phán"):
            assert [hit.id for hit in house.index.search(parse(typed, now=NOW)).hits] == [article.id]

        # 7. Somebody asked to be told of criticism of the province: one mail, and none the second time.
        steps.alert(house, lambda: NOW, WORKER)
        assert steps.send(house, lambda: NOW, WORKER).alerts == 1
        rest = sum(steps.advance_to_end(house, lambda: NOW, WORKER), start=NOTHING)
        assert (rest.judged, rest.indexed, rest.alerts) == (0, 0, 0)

    (letter,) = mailbox.Maildir(tmp_path / "alerts")
    mail = message_from_bytes(bytes(letter), policy=policy.default)
    assert "Nước thải trại heo chảy ra sông Côn" in mail["Subject"]
    body = mail.get_body(("plain",))
    assert body is not None
    words = body.get_content()
    assert article.url in words
    assert "21/11/2026 06:12" in words  # the province's clock
    assert "gợi ý: phê phán" in words
