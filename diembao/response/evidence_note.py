"""The note in a packet of evidence: what it is, what is kept as it was and what is not, how to check it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from diembao.response.evidence import Dossier

_TEXT: Final = (
    """HỒ SƠ CHỨNG CỨ CỦA MỘT BÀI BÁO

Địa chỉ: {url}
Nguồn: {outlet}
Thu được lần đầu: {seen}
Số bản (mỗi lần chữ trên trang đổi là một bản): {revisions}
{withdrawn}
Hồ sơ lập lúc {made} bằng phần mềm Điểm Báo.

Trong hồ sơ
- evidence.warc.gz: yêu cầu đã gửi và câu trả lời đã nhận, theo chuẩn WARC (ISO 28500); mở được bằng các trình đọc WARC.
- wire/: phần đầu của yêu cầu và của câu trả lời, đúng từng byte.
- text/: tiêu đề, sa-pô, thân bài như phần mềm đọc được từ trang. Đây là bản đọc, không phải bản gốc.
- article.json: các mốc thời gian, mỗi mốc ghi lấy từ đâu.

Điều gì giữ nguyên, điều gì không
- Thân câu trả lời được giữ sau khi giải nén; các dòng nói về cách nén trong WARC mang tiền tố X-Archive-Orig-.
- Nội dung ngắn của các trang chuyển hướng không được giữ.
- {sent}
- Mốc thời gian là đồng hồ của máy thu thập, không phải của một bên thứ ba.
- Hồ sơ này không chứa đánh giá nào về bài báo.

Kiểm tra
  diembao evidence verify FILE.zip
chạy được ở máy bất kỳ có cài Điểm Báo, không cần kho dữ liệu. Chữ ký ed25519 (manifest.sig) ký lên manifest.json,
trong đó có SHA-256 của từng tệp. So khóa dưới đây với khóa mà cơ quan công bố:
  {key}
""",
    """EVIDENCE OF ONE ARTICLE

Address: {url}
Outlet: {outlet}
First seen: {seen}
Revisions (one for each change of the words on the page): {revisions}
{withdrawn}
Made at {made} by Điểm Báo.

In the packet
- evidence.warc.gz: the request that was sent and the answer that came, in WARC (ISO 28500); WARC readers open it.
- wire/: the heads of requests and answers, byte for byte.
- text/: title, lead and text as the program read them from the page. A reading, not the original.
- article.json: the times, each with where it was read.

What is as it was, and what is not
- Bodies are kept unpacked; lines of a head that speak of packing stand in the WARC under X-Archive-Orig-.
- The few words under a redirect are not kept.
- {sent}
- Times are the collecting machine's clock, not a third party's.
- No judgement about the article is in this packet.

To check it
  diembao evidence verify FILE.zip
on any machine with Điểm Báo, without the database. The ed25519 signature (manifest.sig) is of manifest.json, which
holds the SHA-256 of every file. Compare this key with the one that the office publishes:
  {key}
""",
)

_SENT: Final = {
    True: (
        "Yêu cầu trong WARC đúng như đã gửi, không dựng lại.",
        "The requests in the WARC are as they were sent; nothing is reconstructed.",
    ),
    False: (
        "Với ít nhất một câu trả lời, yêu cầu đã gửi không được lưu: WARC chỉ có nội dung đã nhận, không dựng gì.",
        "For at least one answer the request was not kept: the WARC holds the bytes that came, and nothing is made up.",
    ),
}
_FEED: Final = (
    "Trang bài không đọc được: không có byte gốc, chữ là của RSS mà nguồn phát.",
    "The page could not be read: there are no bytes of it, the words are those of the outlet's feed.",
)
_LET_GO: Final = (
    "Byte gốc của trang đã hết hạn lưu và được bỏ; mã SHA-256 còn trong article.json.",
    "The bytes of the page were dropped when their time was over; their SHA-256 stands in article.json.",
)
_WITHDRAWN: Final = (
    "Trang không còn ở địa chỉ này: {status} lúc {gone} và lúc {at}{back}.",
    "The page was not at this address any more: {status} at {gone} and at {at}{back}.",
)
_BACK: Final = ("; có lại lúc {at}", "; there again at {at}")


def note(dossier: Dossier, key: str, now: datetime) -> str:
    return ("\n" + "=" * 78 + "\n\n").join(_in_language(dossier, key, now, n) for n in (0, 1))


def _in_language(dossier: Dossier, key: str, now: datetime, n: int) -> str:
    article = dossier.article
    return _TEXT[n].format(
        url=article.url,
        outlet=dossier.outlet,
        seen=article.seen_at.isoformat(),
        revisions=len(dossier.revisions),
        withdrawn="".join(line + "\n" for line in _withdrawn(dossier, n)),
        made=now.isoformat(timespec="seconds"),
        sent=_SENT[dossier.sent_kept][n] if dossier.captures else (_LET_GO if dossier.let_go else _FEED)[n],
        key=key,
    )


def _withdrawn(dossier: Dossier, n: int) -> list[str]:
    return [
        _WITHDRAWN[n].format(
            status=each.status.removeprefix("status-"),
            gone=each.gone_at.isoformat(),
            at=each.at.isoformat(),
            back=_BACK[n].format(at=each.returned_at.isoformat()) if each.returned_at else "",
        )
        for each in dossier.withdrawals
    ]
