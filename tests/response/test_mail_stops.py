"""What a mail says of how to get no more of it, and pictures that it shows."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from diembao.core.alert import FOLDER, Enclosed, Message, Parcel
from diembao.response.mail import Letters
from diembao.response.numbered import stops
from diembao.response.smtp import _POLICY
from tests.response.making import NOW, A, alert, letters, parcel

KEY = b"k" * 32


def stopping(public_url: str = "https://diembao.example") -> Letters:
    return replace(letters(), stop_of=stops(KEY, public_url).address)


def sent(mail: EmailMessage) -> EmailMessage:
    """As it comes out at the other end."""
    found = message_from_bytes(mail.as_bytes(policy=_POLICY), policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


@pytest.mark.parametrize("host", ["https://diembao.example", f"https://{'rat-dai.' * 9}diembao.example.vn/trong/nua"])
def test_a_mail_program_finds_where_one_click_stops_it(host: str) -> None:
    mail = sent(stopping(host).letter(parcel()))
    address = mail["List-Unsubscribe"].strip(" <>")
    assert address.startswith(f"{host}/thoi-nhan?ma=7.")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for kind in ("plain", "html"):
        body = mail.get_body((kind,))
        assert body is not None
        assert address in body.get_content()
        assert "Thôi nhận cảnh báo này" in body.get_content()
    assert stops(KEY, host).opened(address.partition("ma=")[2]) == 7


def test_one_click_asks_for_https() -> None:
    mail = stopping("http://diembao.example").letter(parcel())
    assert mail["List-Unsubscribe"].startswith("<http://")
    assert mail["List-Unsubscribe-Post"] is None


def test_nothing_can_be_stopped_that_is_a_trial_a_word_of_the_desk_or_in_the_folder() -> None:
    desk = Parcel(3, A, "", (), message=Message("k", "Nhắc", "Kính gửi", NOW))
    for each in (parcel(trial=True), desk, parcel(to=FOLDER)):
        assert stopping().letter(each)["List-Unsubscribe"] is None
    assert stopping("").letter(parcel())["List-Unsubscribe"] is None


def test_a_spike_and_a_trial_are_stopped_with_one_click_too() -> None:
    spike = Message("spike:Lũ: sông Côn:2026-11-20T07:15:00+00:00", "Tăng đột biến", "Nhiều bài", NOW)
    mail = sent(stopping().letter(Parcel(3, A, "", (), message=spike)))
    address = mail["List-Unsubscribe"].strip(" <>")
    assert address == stops(KEY, "https://diembao.example").address(3)
    for kind in ("plain", "html"):
        body = mail.get_body((kind,))
        assert body is not None
        assert address in body.get_content()
    named = replace(stopping(), trial_stop_of=lambda name, to: f"https://diembao.example/thoi-nhan?{name}&{to}")
    trial = sent(named.letter(replace(parcel(trial=True), subscription="ten")))
    assert trial["List-Unsubscribe"].strip(" <>") == f"https://diembao.example/thoi-nhan?ten&{A.address}"
    assert trial["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_in_the_language_of_the_alert() -> None:
    body = stopping().letter(parcel(alert(7, language="en"))).get_body(("plain",))
    assert body is not None
    assert "Get no more of this alert: https://" in body.get_content()


def test_no_name_of_an_alert_begins_a_header_of_its_own() -> None:
    bad = "Cảng\r\nBcc: x@evil.example\r\n\r\n<script>"
    mail = sent(stopping().letter(parcel(alert(7, subscription=bad, title="a\nBcc: y@evil.example"))))
    assert mail["Bcc"] is None
    assert set(mail.keys()) == set(sent(stopping().letter(parcel())).keys())


def test_a_picture_that_the_html_shows_goes_with_it_and_another_file_is_attached() -> None:
    png = b"\x89PNG\r\n\x1a\n" + b"x" * 100
    files = (Enclosed("bieu-do.png", "image/png", png), Enclosed("khac.png", "image/png", png))
    told = Message("k", "Tăng đột biến", "Chữ", NOW, html='<p><img src="cid:bieu-do.png"></p>', enclosed=files)
    mail = sent(letters().letter(Parcel(3, A, "", (), message=told)))
    (shown,) = [part for part in mail.walk() if part["Content-ID"]]
    assert (shown["Content-ID"], shown.get_content_disposition(), shown.get_content()) == (
        "<bieu-do.png>",
        "inline",
        png,
    )
    assert [part.get_filename() for part in mail.iter_attachments()] == ["khac.png"]
