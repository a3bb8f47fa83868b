"""The words of a message."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage

import pytest

from diembao.core.alert import Message, Parcel
from diembao.response.smtp import _POLICY
from tests.response.making import ALERT, NOW, A, B, alert, letters, parcel


def arrived(sent: Parcel, public_url: str = "https://diembao.example") -> EmailMessage:
    """As a mail program reads it after the way."""
    raw = letters(public_url).letter(sent).as_bytes(policy=_POLICY)
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998  # RFC 5322
    return message_from_bytes(raw, policy=policy.default)


def body(mail: EmailMessage, kind: str = "plain") -> str:
    part = mail.get_body((kind,))
    assert part is not None
    text: str = part.get_content()
    return text.replace("\r\n", "\n")


class TestOneAlert:
    def test_it_says_what_where_when_and_why(self) -> None:
        text = body(arrived(parcel()))
        assert text.startswith(
            "Nước thải trại heo chảy ra sông Côn, dân gửi đơn ba lần\n"
            "Báo Mẫu · 20/11/2026 13:00\n\n"
            "“Chính quyền xã buông lỏng quản lý, để vi phạm kéo dài.”\n\n"
            "Vì sao có thư này: khớp “thái_độ:phê_phán” · về tỉnh (“Quy Nhơn”) · gợi ý: phê phán"
        )
        assert "Đọc bài: https://bao-mau.example/nuoc-thai-101.html?a=1&b=2\n" in text
        assert "Xem trong Điểm Báo: https://diembao.example/bai-bao?id=0123456789abcdef\n" in text
        assert "Mở vụ việc: https://diembao.example/bai-bao?id=0123456789abcdef&from=canh-bao\n" in text
        assert "là gợi ý của máy" in text

    def test_where_several_provinces_are_watched_links_name_whose_it_is(self) -> None:
        several = replace(letters(), several=True)
        told = body(several.letter(parcel(alert(province="bac-ninh"))))
        assert "https://diembao.example/bai-bao?id=0123456789abcdef&tinh=bac-ninh\n" in told
        assert "https://diembao.example/bai-bao?id=0123456789abcdef&tinh=bac-ninh&from=canh-bao\n" in told
        assert "tinh=" not in body(letters().letter(parcel(alert(province="bac-ninh"))))
        for page, shown in (("/lich?id=1", "/lich?id=1&tinh=bac-ninh"), ("/bao-cao", "/bao-cao?tinh=bac-ninh")):
            message = Message("k", "Nhắc hạn", "Sắp hết hạn.", NOW, page=page, province="bac-ninh")
            assert f"https://diembao.example{shown}\n" in body(several.letter(Parcel(1, A, "", (), message=message)))

    def test_without_a_public_address_there_is_no_link_to_the_dashboard(self) -> None:
        assert "bai-bao" not in body(arrived(parcel(), ""))

    def test_an_article_without_a_time_says_when_it_was_seen(self) -> None:
        assert "chưa rõ giờ đăng, thấy lúc 20/11/2026 15:00" in body(arrived(parcel(alert(published_at=None))))

    def test_the_headers_are_those_of_a_program(self) -> None:
        mail = arrived(parcel())
        assert (mail["From"], mail["To"]) == ("Điểm Báo <diembao@office.example>", A.address)
        assert mail["Auto-Submitted"] == "auto-generated"
        assert mail["List-Id"].endswith(".diembao.office.example>")
        assert mail["Date"].datetime == NOW

    def test_the_html_holds_the_same_with_links(self) -> None:
        html = body(arrived(parcel()), "html")
        assert '<a href="https://bao-mau.example/nuoc-thai-101.html?a=1&amp;b=2"' in html
        assert '<a href="https://diembao.example/bai-bao?id=0123456789abcdef"' in html
        assert '<a href="https://diembao.example/bai-bao?id=0123456789abcdef&amp;from=canh-bao"' in html
        assert "buông lỏng quản lý" in html
        assert "đổi khác.<br>\nCảnh báo “Phê phán về tỉnh”" in html

    def test_a_trial_says_that_it_is_one(self) -> None:
        mail = arrived(parcel(trial=True))
        assert "thư thử" in mail["Subject"]
        assert body(mail).startswith("Đây là thư thử")


class TestForeignWords:
    @pytest.mark.parametrize(
        "hostile",
        ["Tin\r\nBcc: all@x.example", "Tin\nBcc: all@x.example\n\n<b>", "Tin\x00\x0b\x1c\u2028Bcc: x", "Tin\x85Bcc: y"],
    )
    def test_no_title_or_name_begins_a_header(self, hostile: str) -> None:
        mail = arrived(parcel(alert(title=hostile, subscription=hostile)))
        assert mail["Bcc"] is None
        assert set(mail.keys()) == set(arrived(parcel()).keys())
        assert "Tin Bcc" in mail["Subject"]

    def test_nothing_foreign_becomes_markup(self) -> None:
        bad = '<script>alert(1)</script>" onload="x'
        told = alert(title=bad, sentence=bad, why=bad, subscription=bad, outlet=bad)
        html = body(arrived(parcel(told)), "html")
        assert "<script" not in html
        assert 'onload="' not in html
        assert html.count("&lt;script&gt;") == 5

    def test_only_web_addresses_become_links(self) -> None:
        html = body(arrived(parcel(alert(url="javascript:alert(1)"))), "html")
        assert 'href="javascript' not in html

    def test_signs_that_turn_the_writing_round_are_left_out(self) -> None:
        mail = arrived(parcel(alert(title="Tin \u202etxt.exe\u2066 lạ")))
        assert "Tin txt.exe lạ" in mail["Subject"]

    def test_half_a_letter_and_a_very_long_title_still_make_a_mail(self) -> None:
        mail = arrived(parcel(alert(title="Cảng \ud83d " + "Quy Nhơn " * 500)))
        assert len(mail["Subject"]) < 300
        assert mail["Subject"].endswith("…")


class TestIdentity:
    @pytest.mark.parametrize(
        "title",
        [
            "Thanh tra Gia Lai: mua sắm thiết bị trường học chênh giá, an toàn thực phẩm; sẽ xử lý trách nhiệm " * 2,
            "ປາ ຕາຍ in Quy Nhon: наводнение и 養殖 魚 が 大量に 死ぬ, người dân mua cá chết với giá rẻ " * 2,
        ],
    )
    def test_a_long_subject_is_read_back_with_all_its_spaces(self, title: str) -> None:
        for length in range(40, 180, 7):
            asked = title[:length].strip()
            mail = arrived(parcel(alert(title=asked)))
            assert str(make_header(decode_header(mail["Subject"]))).endswith(f": {asked}")
            assert mail["Subject"].endswith(f": {asked}")

    def test_the_same_row_has_the_same_message_id_and_no_other_has_it(self) -> None:
        sent = parcel()
        others = [
            sent,
            parcel(id=8),
            parcel(to=B),
            parcel(trial=True),
            parcel(alert(subscription="Khác")),
            parcel(alert(at=NOW + timedelta(microseconds=1))),
            parcel(ALERT, alert(8)),
        ]
        assert arrived(sent)["Message-ID"] == arrived(sent)["Message-ID"]
        assert len({arrived(each)["Message-ID"] for each in others}) == len(others)
        assert arrived(sent)["Message-ID"].endswith("@office.example>")


class TestStorms:
    def test_a_storm_is_one_mail_with_counts_and_the_first_twenty_titles(self) -> None:
        told = [alert(n, title=f"Tin thứ {n}", outlet="bao-mau" if n % 2 else f"bao-{n}") for n in range(1, 31)]
        mail = arrived(parcel(*told))
        text = body(mail)
        assert mail["Subject"] == "[Điểm Báo] Phê phán về tỉnh: 30 sự việc"
        assert text.startswith("30 sự việc, 30 bài, từ 16 nguồn: Báo Mẫu 15, ")
        assert "11 nguồn khác 11." in text
        assert [n for n in range(1, 31) if f"Tin thứ {n}\n" in text] == list(range(1, 21))
        assert "Và 10 sự việc nữa" in text
        assert "https://diembao.example" in text
