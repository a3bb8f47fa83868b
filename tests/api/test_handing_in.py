"""Facts that other systems hand in: known again, never over a person's word, whatever bytes come."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from diembao.api.rights import Act
from diembao.core.accounts import Grant, Hand, Role
from diembao.core.kits import MOST as HELD
from diembao.pipeline.handing_in import MOST, Form, Unread, Usual, leads_inside, read
from tests.api.asking import Asking, asking_at
from tests.dashboard.seed import NOW

KIT = "human-rights"
FACT = {"ref": "byt-31", "text": "Bảo hiểm y tế đạt 95 %.", "source": "Bộ Y tế, 31/BC-BYT", "to": "2026-12-31"}
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Bộ Y tế</title>
<item><title>Tiêm chủng mở rộng</title><description>Đạt 97 %.</description><link>https://moh.example.vn/a</link>
<pubDate>Fri, 20 Nov 2026 08:00:00 +0700</pubDate></item><item><title>Không có địa chỉ</title></item></channel></rss>"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    with asking_at(tmp_path_factory.mktemp("handed"), api_per_minute=1_000_000) as asking:
        asking.cookie(Role.OFFICER)
        yield asking


@pytest.fixture(scope="module")
def key(ask: Asking) -> str:
    return ask.key("bo-y-te", Act.CHANGE_KIT, account=ask.account("officer-x"))


@pytest.fixture(autouse=True)
def empty(ask: Asking) -> None:
    for fact in ask.house.store.facts():
        ask.house.store.end_fact(fact.number, Hand("person:99", "session:9"), NOW)


def send(
    ask: Asking, key: str, content: str | bytes, media: str = "application/x-ndjson", more: str = ""
) -> httpx.Response:
    data = content if isinstance(content, bytes) else content.encode()
    return ask(f"/kits/{KIT}/facts{more}", "POST", key=key, content=data, headers=[("content-type", media)])


def lines(*rows: dict[str, Any]) -> str:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)


def taken(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [row["taken"] for row in answer.json()["rows"]]


def standing(ask: Asking) -> list[str]:
    return [fact.text for fact in ask.house.store.facts(KIT)]


def test_what_is_handed_in_again_is_known_and_what_has_new_words_takes_its_place(ask: Asking, key: str) -> None:
    first = FACT | {"ref": "known-1"}
    assert taken(send(ask, key, lines(first))) == ["added"]
    assert taken(send(ask, key, lines(first))) == ["unchanged"]
    newer = first | {"text": "Bảo hiểm y tế đạt 96 %."}
    assert taken(send(ask, key, lines(newer))) == ["replaced"]
    assert standing(ask) == ["Bảo hiểm y tế đạt 96 %."]
    assert taken(send(ask, key, lines({"ref": "known-1", "ended": True}))) == ["ended"]
    assert standing(ask) == []
    (row, *_) = ask.house.store.audit()
    assert (row.actor, row.act) == (f"person:{ask.account('officer-x')}", "kit.change")
    assert row.where.startswith("key:")


def test_without_a_reference_a_fact_is_known_by_its_words(ask: Asking, key: str) -> None:
    plain = {"text": "Có 12 trạm y tế.", "source": "Sở Y tế"}
    assert taken(send(ask, key, lines(plain))) == ["added"]
    assert taken(send(ask, key, lines(plain))) == ["unchanged"]


def test_what_a_person_has_ended_or_replaced_stays_as_they_left_it(ask: Asking, key: str) -> None:
    fact = FACT | {"ref": "person-1"}
    number = send(ask, key, lines(fact)).json()["rows"][0]["number"]
    ask.house.store.end_fact(number, Hand("person:99", "session:9"), NOW)
    for sent in (fact, fact | {"text": "Khác."}):
        assert taken(send(ask, key, lines(sent))) == ["kept"]
    assert standing(ask) == []


def test_two_senders_have_references_of_their_own(ask: Asking, key: str) -> None:
    ask.enter("lan-x", Grant(Role.OFFICER))
    other = ask.key("so-y-te", Act.CHANGE_KIT, account=ask.account("lan-x"))
    fact = FACT | {"ref": "same"}
    assert taken(send(ask, key, lines(fact))) == ["added"]
    assert taken(send(ask, other, lines(fact | {"text": "Của sở."}))) == ["added"]
    assert taken(send(ask, other, lines(fact))) == ["unchanged"]  # it stands already, whoever said so


def test_a_table_and_a_feed_are_read_with_what_the_request_says_for_all(ask: Asking, key: str) -> None:
    table = '\ufeffsource,text,to\r\nBộ Y tế,"Bảo hiểm\r\ny tế đạt 95 %.",2026-12-31\r\n,Thiếu nguồn.,\r\n'
    assert taken(send(ask, key, table, "text/csv; charset=utf-8", "?source=Bộ khác")) == ["added", "added"]
    facts = ask.house.store.facts(KIT)
    assert {(x.text, x.source, str(x.end)) for x in facts} == {
        ("Bảo hiểm y tế đạt 95 %.", "Bộ Y tế", "2026-12-31"),
        ("Thiếu nguồn.", "Bộ khác", "None"),
    }
    answer = send(ask, key, FEED, "application/rss+xml", "?source=Bộ Y tế&days=30")
    assert taken(answer) == ["added", "refused"]
    fact = next(x for x in ask.house.store.facts(KIT) if x.text.startswith("Tiêm"))
    assert (fact.text, fact.url) == ("Tiêm chủng mở rộng. Đạt 97 %", "https://moh.example.vn/a")
    assert (str(fact.start), str(fact.end)) == ("2026-11-20", "2026-12-20")
    assert taken(send(ask, key, FEED, "application/rss+xml", "?source=Bộ Y tế&days=30")) == ["unchanged", "refused"]
    answer = send(ask, key, FEED.replace("20 Nov 2026", "20 Nov 2099"), "application/rss+xml", "?source=Bộ&days=30")
    assert taken(answer) == ["refused", "refused"]
    assert "ngày “Fri, 20 Nov 2099 08:00:00 +0700” không thể có" in answer.json()["rows"][0]["reason"]


def test_of_two_rows_with_one_reference_the_first_is_taken_however_often_they_are_sent(ask: Asking, key: str) -> None:
    rows = lines(FACT | {"ref": "twin", "text": "Một."}, FACT | {"ref": "twin", "text": "Hai."}, {"ref": "", **FACT})
    assert taken(send(ask, key, rows)) == ["added", "refused", "added"]
    answer = send(ask, key, rows)
    assert taken(answer) == ["unchanged", "refused", "unchanged"]
    told = answer.json()["rows"][1]
    assert "“twin” đã có ở dòng 1" in told["reason"]
    assert "'twin' stands in line 1" in told["reason_en"]
    assert sorted(standing(ask)) == [FACT["text"], "Một."]
    table = "ref,text,source\ntwin,Ba.,Sở\ntwin,Bốn.,Sở\n"
    assert taken(send(ask, key, table, "text/csv")) == ["replaced", "refused"]


@pytest.mark.parametrize("parted", [";", ",", "\t"])
def test_a_table_as_spreadsheets_here_write_it_is_read(ask: Asking, key: str, parted: str) -> None:
    rows = [
        ("ref", "text", "source", "from", "to"),
        (f"a{parted!r}", "Một, hai; ba.", "Sở Y tế", "1/2/2026", "31/12/2026"),
    ]
    table = "\ufeff" + "".join(parted.join(f'"{cell}"' for cell in row) + "\r\n" for row in rows)
    assert taken(send(ask, key, table, "text/csv")) == ["added"]
    (fact,) = ask.house.store.facts(KIT)
    assert (fact.text, str(fact.start), str(fact.end)) == ("Một, hai; ba.", "2026-02-01", "2026-12-31")


def test_a_row_with_more_cells_than_the_head_is_refused_and_not_cut(ask: Asking, key: str) -> None:
    table = 'ref,text,source\nq1,Giá tăng 3,5 %,Sở Công Thương\nq2,"Giá tăng 3,5 %",Sở Công Thương,,\n'
    answer = send(ask, key, table, "text/csv")
    assert taken(answer) == ["refused", "added"]
    told = answer.json()["rows"][0]
    assert (told["line"], "nhiều ô hơn tiêu đề" in told["reason"], "more cells" in told["reason_en"]) == (2, True, True)
    assert standing(ask) == ["Giá tăng 3,5 %"]


@pytest.mark.parametrize(
    "table",
    [
        "text;source;;\nMột, hai.;Sở;;\n",
        "sep=;\r\ntext;source\r\nMột, hai.;Sở\r\n",
        "SEP=,;\ntext,source\n'\n".replace("'", '"Một, hai.",Sở'),
        '"sep=\t"\ntext\tsource\nMột, hai.\tSở\n',
        "sep=,\r" + 'text,source\r"Một, hai.",Sở\r',
        "text;source\rMột, hai.;Sở\r",
        "\n;;\r\ntext;source\n\n;\nMột, hai.;Sở",
    ],
)
def test_what_spreadsheets_put_around_a_table_is_left_aside(table: str) -> None:
    (row,) = read(table.encode(), Form.CSV, Usual(KIT), NOW)
    assert not isinstance(row, Unread), row
    assert (row[1].fact.text, row[1].fact.source) == ("Một, hai.", "Sở")


@pytest.mark.parametrize("day", ["12/31/2026", "30/02/2026", "01/02/26", "1-2-2026", "2026/02/01", "01/02/2026 08:00"])
def test_a_day_is_never_guessed(ask: Asking, key: str, day: str) -> None:
    answer = send(ask, key, f"text;source;from\nMột.;Sở;{day}\nHai {day}.;Sở;2026-02-01\n", "text/csv")
    assert taken(answer) == ["refused", "added"]
    assert "31/12/2026" in answer.json()["rows"][0]["reason"]


def test_one_fact_as_json_may_stand_on_several_lines(ask: Asking, key: str) -> None:
    answer = send(ask, key, json.dumps(FACT | {"ref": "tall"}, indent=2), "application/json")
    assert taken(answer) == ["added"]
    broken = send(ask, key, '{\n  "text": "Một.",\n}', "application/json").json()["rows"]
    assert [("dòng 3, cột 1" in row["reason"], "line 3 column 1" in row["reason_en"]) for row in broken] == [
        (True, True)
    ]


def test_an_inside_link_that_the_office_allows_is_taken() -> None:
    allowed = FACT | {"url": "http://127.0.0.1:8080/van-ban"}
    assert leads_inside(allowed["url"], [])
    assert not leads_inside(allowed["url"], ["127.0.0.1:8080"])
    for url in ("http://0x7f.1/", "http://127.0.0.1\\@moh.example.vn/", "https://\\127.0.0.1/", "http:///127.0.0.1/"):
        assert leads_inside(url, []), url
    assert not any(leads_inside(url, []) for url in ("", "https://moh.example.vn/a", "http://[", "javascript:alert(1)"))


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ('{"text": "Không nguồn."}', "Nguồn có 1"),
        ('{"source": "a"}', "Nội dung có 1"),
        ('{"text": "a", "source": "b", "url": "javascript:alert(1)"}', "Địa chỉ bắt đầu"),
        ('{"text": "a", "source": "b", "language": "<b>"}', "Ngôn ngữ viết"),
        ('{"text": "a", "source": "b", "from": "2026-02-30"}', "from: phải là một ngày có thật"),
        ('{"text": "a", "source": "b", "from": "01/02/2026"}', "from: phải là một ngày có thật"),
        ('{"text": "a", "source": "b", "language": "xx"}', "Không có ngôn ngữ “xx”"),
        ('{"text": "a", "source": "b", "url": "http://127.0.0.1/x"}', "http://127.0.0.1/x: địa chỉ bên trong"),
        ('{"text": "a", "source": "b", "url": "http://may-chu/x"}', "địa chỉ bên trong mạng cơ quan"),
        ('{"text": "a", "source": "b", "url": "http://[::1"}', "Địa chỉ bắt đầu"),
        ('{"text": "a", "source": "b", "url": "http://a.example:x/"}', "Địa chỉ bắt đầu"),
        ('{"text": }', "không phải JSON đọc được, dòng 1, cột 10"),
        ('{"text": "a", "source": "b", "from": "2026-02-02", "to": "2026-01-01"}', "Ngày hết hiệu lực"),
        ('{"text": "a", "source": "b", "by": "person:1"}', "by: không có trường này"),
        ('{"text": 1, "source": "b"}', "text: phải là chữ"),
        ('{"ended": true}', "Mục kết thúc cần ref"),
        ('{"ended": true, "ref": "never"}', "Chưa nhận mục"),
        ('{"text": "a", "source": "b", "ref": "a\\u0000b"}', "Tên tham chiếu"),
        ("[" * 60_000, "không phải JSON"),
        ('"' + "a" * 70_000, "Dòng dài quá"),
        ("null", "JSON: "),
        ('{"text": "\\ud800", "source": "b"}', "không phải JSON"),
    ],
)
def test_a_row_that_will_not_do_is_told_with_its_reason_and_the_others_are_taken(
    ask: Asking, key: str, row: str, why: str
) -> None:
    answer = send(ask, key, f"{lines({'text': 'Được.', 'source': 'Sở'})}\n\n{row}")
    assert answer.status_code == 200, answer.text
    good, bad = answer.json()["rows"]
    assert good["taken"] in {"added", "unchanged", "kept"}
    assert (bad["line"], bad["taken"], bad["number"]) == (3, "refused", None)
    assert why in bad["reason"]
    assert bad["reason_en"]
    assert bad["reason_en"] != bad["reason"]
    assert len(answer.content) < 2000


@pytest.mark.parametrize(
    ("content", "media"),
    [
        (b"\xff\xfe\x00", "application/x-ndjson"),
        (b"no,such,column\n1,2,3\n", "text/csv"),
        (b"text,,source\na,b,c\n", "text/csv"),
        (b"text,source,text\na,b,c\n", "text/csv"),
        (b'text,source\n"' + b"a" * 200_000 + b'",b\n', "text/csv"),
        (b"<html><body>Sign in</body></html>", "application/rss+xml"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><rss><channel><item/></channel></rss>', "application/rss+xml"),
        (b"", "application/atom+xml"),
        (b"{}", "text/plain"),
        (b"{}", ""),
        (b"{}\n" * (MOST + 1), "application/x-ndjson"),
    ],
)
def test_what_is_not_what_it_is_said_to_be_is_refused_whole(ask: Asking, key: str, content: bytes, media: str) -> None:
    answer = send(ask, key, content, media)
    assert answer.status_code == 400, answer.text
    assert answer.json()["detail"] != answer.json()["detail_en"]
    assert standing(ask) == []


def test_a_kit_holds_so_many_and_the_rest_is_told(ask: Asking, key: str) -> None:
    rows = [{"text": f"Số {n}.", "source": "Sở"} for n in range(HELD + 2)]
    counts = send(ask, key, lines(*rows)).json()["counts"]
    assert (counts["added"], counts["refused"]) == (HELD, 2)


def test_a_body_of_more_than_two_megabytes_is_not_read(ask: Asking, key: str) -> None:
    assert send(ask, key, b" " * 2_000_001).status_code == 413


def test_only_who_may_change_the_kit_hands_in(ask: Asking) -> None:
    body = FACT | {"ref": "rights"}
    for role in Role:
        may = role not in {Role.VIEWER, Role.SERVICE}  # the theme is in the hands of the unit that is asked with
        answer = ask(f"/kits/{KIT}/facts", "POST", role=role, body=body)
        assert (answer.status_code == 200) == may, role
    other = ask.enter("y-te-x", Grant(Role.UNIT_OFFICER, "", "so-y-te"))
    sent = [("cookie", other), ("origin", "http://127.0.0.1")]
    assert ask(f"/kits/{KIT}/facts", "POST", headers=sent, body=body).status_code == 403
    reads = ask.key("doc", account=ask.account("officer-x"))
    assert ask(f"/kits/{KIT}/facts", "POST", key=reads, body=body).status_code == 403
    assert ask("/kits/no-such/facts", "POST", role=Role.OFFICER, body=body).status_code == 404
