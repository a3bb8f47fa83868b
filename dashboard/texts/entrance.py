"""Words of the pages at the door: signing in, one-time links, one's own password."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "enter.title": ("Đăng nhập", "Sign in"),
    "enter.name": ("Tên đăng nhập", "Name"),
    "enter.password": ("Mật khẩu", "Password"),
    "enter.go": ("Đăng nhập", "Sign in"),
    "enter.provider": ("Đăng nhập bằng tài khoản của cơ quan", "Sign in with the office's account"),
    "enter.forgot": (
        "Quên mật khẩu: người quản trị gửi cho một liên kết dùng một lần.",
        "Forgotten password: the administrator sends you a one-time link.",
    ),
    "enter.demo": (
        "Đây là bản chạy thử trên máy này: mọi tin đều do chương trình bịa ra.",
        "This is a demo on this machine: every article is made up.",
    ),
    "enter.demo_go": ("Vào dùng thử", "Try it"),
    "enter.demo_second": ("Vào thử bằng người thứ hai", "Try it as a second person"),
    "enter.demo_or": ("Hoặc bằng tài khoản riêng", "Or with an account of your own"),
    "enter.first": (
        (
            "Chưa có tài khoản nào. Mở liên kết dùng một lần mà `diembao up` vừa in ở cửa sổ dòng lệnh,"
            " hoặc chạy `diembao accounts add` trên máy này."
        ),
        (
            "There is no account yet. Open the one-time link that `diembao up` has printed in its window,"
            " or run `diembao accounts add` on this machine."
        ),
    ),
    "first.title": ("Người quản trị đầu tiên", "The first administrator"),
    "first.help": (
        "Tài khoản này quản trị và trực tin; các vai trò khác giao sau ở Quản trị.",
        "This account administers and watches the news; other roles are given later, under Administration.",
    ),
    "first.go": ("Tạo tài khoản", "Make the account"),
    "set.title": ("Đặt mật khẩu", "Set a password"),
    "set.for": ("Tài khoản {name}", "Account {name}"),
    "set.shown": ("Họ tên (người khác đọc thấy)", "Full name (that others read)"),
    "set.old": ("Mật khẩu hiện nay", "Present password"),
    "set.new": ("Mật khẩu mới", "New password"),
    "set.again": ("Gõ lại mật khẩu mới", "The new password again"),
    "set.help": (
        "Ít nhất 12 ký tự. Một câu ngắn, dễ nhớ, không phải câu ai cũng biết, là tốt nhất.",
        "At least 12 characters. A short sentence that you remember and nobody else would say is best.",
    ),
    "set.differ": ("Hai lần gõ không giống nhau.", "The two are not the same."),
    "set.go": ("Đặt mật khẩu", "Set it"),
    "set.change": ("Đổi mật khẩu", "Change the password"),
    "set.done": (
        "Đã đổi mật khẩu. Các phiên khác của tài khoản này đã kết thúc.",
        "The password is changed. This account's other sessions have ended.",
    ),
    "leave.title": ("Đăng xuất", "Sign out"),
    "leave.ask": ("Kết thúc phiên của {name} trên trình duyệt này?", "End the session of {name} in this browser?"),
    "enter.back": ("Về trang chính", "To the first page"),
    "enter.busy": (
        "Đang bận. Chưa làm gì cả; thử lại sau ít giây.",
        "Busy. Nothing was done; try again in a few seconds.",
    ),
}
