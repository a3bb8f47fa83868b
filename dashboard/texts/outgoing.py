"""Words of what leaves: deliveries, alerts not read yet, addresses of feeds, the page of who wants no more."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    # -- the page of the address in a mail
    "stop.title": ("Thôi nhận cảnh báo", "Get no more of an alert"),
    "stop.ask": (
        "Thôi gửi cảnh báo “{name}” tới {address}? Người nhận khác vẫn nhận như trước.",
        "Send alert “{name}” to {address} no more? Others still get it.",
    ),
    "stop.go": ("Thôi nhận", "Get no more"),
    "stop.done": ("Đã thôi gửi cảnh báo “{name}” tới {address}.", "Alert “{name}” is no longer sent to {address}."),
    "stop.again": (
        "Muốn nhận lại, xin báo cho cơ quan đã lập cảnh báo này.",
        "To get it again, ask the office that made this alert.",
    ),
    "stop.forged": ("Liên kết này không đúng.", "This link is not right."),
    # -- a saved search as a feed
    "feed.make": ("Địa chỉ RSS", "Feed address"),
    "feed.help": (
        "Địa chỉ riêng của bạn để đọc câu tìm này trong trình đọc RSS",
        "Your own address to read this search in a feed reader",
    ),
    "feed.own": (
        "Địa chỉ này là của riêng bạn: ai có nó đọc được như bạn. Thu hồi thì địa chỉ hết dùng ngay.",
        "This address is yours alone: whoever has it reads as you do. Once revoked it is void.",
    ),
    "feed.revoke": ("Thu hồi địa chỉ RSS", "Revoke the feed address"),
    "feed.revoked": ("Đã thu hồi địa chỉ RSS của “{name}”.", "The feed address of “{name}” was revoked."),
    # -- deliveries
    "deliveries": ("Thư đã gửi và đang chờ", "Messages sent and waiting"),
    "deliveries.open": ("Xem từng thư", "Each message"),
    "deliveries.none": ("Chưa có thư nào.", "No message yet."),
    "deliveries.which": ("Tình trạng", "State"),
    "deliveries.all": ("tất cả", "all"),
    "deliveries.failed": ("cần xem", "to be looked at"),
    "deliveries.waiting": ("đang chờ", "waiting"),
    "deliveries.sent": ("đã gửi", "sent"),
    "deliveries.refused": ("bị từ chối", "refused"),
    "deliveries.dead": ("đã thôi gửi", "given up"),
    "deliveries.dropped": ("đã bỏ", "dropped"),
    "deliveries.told": ("{n} sự việc", "{n} stories"),
    "deliveries.next": ("thử lại {time}", "tried again {time}"),
    "deliveries.tries": ("đã thử {n} lần", "tried {n} times"),
    "deliveries.again": ("Gửi lại", "Send again"),
    "deliveries.queued": ("Đã xếp để gửi lại.", "It is queued again."),
    "deliveries.folder": ("thư mục cảnh báo", "the alert folder"),
    "deliveries.page": ("trên trang", "on the page"),
    # -- in the audit log
    "audit.did.alert.stop": ("thôi nhận cảnh báo", "alert no longer wanted"),
    "audit.did.alert.take-up": ("nhận lại cảnh báo", "alert wanted again"),
    "audit.did.outbox.resend": ("gửi lại thư", "message sent again"),
    "audit.did.feed.make": ("lập địa chỉ RSS", "feed address made"),
    "audit.did.feed.revoke": ("thu hồi địa chỉ RSS", "feed address revoked"),
    "audit.actor.link": ("người nhận thư", "whoever got the mail"),
    "audit.of.outbox": ("thư", "message"),
    "audit.of.feed": ("địa chỉ RSS", "feed address"),
    "audit.said.channel": ("kênh", "channel"),
    "audit.said.address": ("nơi nhận", "recipient"),
    "audit.said.search": ("câu tìm", "search"),
    "audit.said.province": ("tỉnh", "province"),
    # -- alerts not read yet
    "unread": ("Cảnh báo chưa xem: {n}", "Alerts not seen: {n}"),
    "unread.saw": ("Đã xem", "Seen"),
    "unread.seen": ("Đã đánh dấu là đã xem.", "Marked as seen."),
}
