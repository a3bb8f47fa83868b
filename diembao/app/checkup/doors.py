"""What the program asks: settings, the record, the index, the model, names, the mail server; and is it at work."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from diembao.app.checkup.finding import NOTHING, Finding, Says, bad, good, look
from diembao.core.errors import DiembaoError, IndexAway, Misconfigured, Refused, Retry
from diembao.core.settings import FILE, Settings
from diembao.pipeline.measuring import COLLECTOR, SILENT, WORKER, Told, told

if TYPE_CHECKING:
    from diembao.pipeline.wiring import Installation
    from diembao.store.looking import Looked
    from diembao.store.soundness import Sound

# Hosts of outlets whose names are asked for.
ASKED: Final = 5
# Seconds for reading through the record: well within the limit of all checks, on a disk that these share.
READING: Final = 20.0

Examine = Callable[[str, float], "Sound"]


def settings(home: Path, found: Settings | DiembaoError) -> Finding:
    if isinstance(found, DiembaoError):
        says = f"cài đặt sai: {found}", f"the settings are wrong: {found}"
        return bad("settings", says, (f"sửa {FILE} hoặc biến môi trường DIEMBAO_…", f"mend {FILE} or DIEMBAO_…"))
    if not (home / FILE).exists():
        says = f"chưa có {FILE}, dùng giá trị mặc định", f"no {FILE}: the defaults hold"
        return look("settings", says, ("chạy `diembao init`", "run `diembao init`"))
    if not found.crawl.contact:
        says = "chưa điền crawl.contact: các báo không biết liên hệ với ai", "crawl.contact is not filled in"
        return look("settings", says, (f"điền crawl.contact trong {FILE}", f"fill in crawl.contact in {FILE}"))
    return good("settings", str(home / FILE), str(home / FILE))


def _examined(url: str, seconds: float) -> Sound:
    from diembao.store.soundness import examine

    return examine(url, seconds)


def record(found: Looked, url: str, seconds: float = READING, examine: Examine = _examined) -> Finding:
    """Raises:
    RecordDamaged: it is there, and is not what was written.
    """
    read = _how_far(examine(url, seconds), seconds) if found.version else NOTHING
    name, where = "record", found.where
    if not found.version:
        says = f"{where}: chưa có, sẽ được tạo", f"{where}: not there yet; it will be made"
        return look(name, says, ("chạy `diembao up`", "run `diembao up`"))
    if not found.whole:
        says = f"{where}: bản chép dở", f"{where}: a copy that was not finished"
        return bad(name, says, ("chạy lại `diembao move` hay `diembao restore`", "run the move or restore again"))
    if found.newer:
        says = f"{where}: của bản mới hơn ({found.version})", f"{where}: of a newer version ({found.version})"
        return bad(
            name, says, ("cập nhật chương trình (docs/operations.md)", "update the program (docs/operations.md)")
        )
    if not found.current:
        says = (
            f"{where}: lược đồ {found.version}, sẽ được nâng khi chạy",
            f"{where}: schema {found.version}, will be brought up",
        )
        return look(
            name, says, ("`diembao backup` bằng bản cũ trước đã", "`diembao backup` with the old program first")
        )
    return good(name, f"{where}, lược đồ {found.version}; {read[0]}", f"{where}, schema {found.version}; {read[1]}")


def _how_far(sound: Sound, seconds: float) -> Says:
    left = len(sound.left)
    if not sound.counts:
        return (
            "máy chủ không tính checksum, trang hỏng chỉ lộ ra khi đọc tới",
            "the server has no checksums: a damaged page shows when it is read",
        )
    if not sound.tables:
        return "máy chủ chưa gặp trang nào hỏng", "the server has met no damaged page"
    if not left:
        return f"đã đọc hết {sound.tables} bảng, không hỏng", f"all {sound.tables} tables read, none damaged"
    names = ", ".join(sound.left[:3]) + (", …" if left > len(sound.left[:3]) else "")
    return (
        (
            f"trong {seconds:g} giây đọc hết {sound.tables - left} trên {sound.tables} bảng, chưa thấy hỏng; còn"
            f" {names}: `diembao backup` đọc hết"
        ),
        (
            f"in {seconds:g} seconds {sound.tables - left} of {sound.tables} tables read, none damaged; left: {names};"
            " `diembao backup` reads all of it"
        ),
    )


def province(house: Installation) -> Finding:
    told = ", ".join(f"{each.id} ({each.name})" for each in house.profiles)
    return good("province", told, told)


def index(house: Installation) -> Finding:
    from diembao.pipeline.verify import LOST, lost

    name, engine = "index", house.settings.index.engine
    try:
        size, behind = house.index.size(), house.store.head() - house.index.position()
        if lost(house):
            return bad(name, (LOST, LOST), ("diembao index rebuild", "diembao index rebuild"))
    except IndexAway as error:
        do = (
            "xem máy chủ có chạy không, index.url, tường lửa (docs/elasticsearch.md)",
            "see the server, index.url, the firewall",
        )
        return bad(name, (f"không hỏi được {engine}: {error}", f"{engine} cannot be asked: {error}"), do)
    says = f"{engine}: {size} bài, còn {behind} việc chưa đọc", f"{engine}: {size} articles, {behind} entries behind"
    return good(name, *says)


def model(house: Installation) -> Finding:
    name = "model"
    encoder = house.encoder
    if encoder is None:
        says = "không dùng mô hình véc-tơ (classifier.encoder)", "no encoder (classifier.encoder)"
        return look(name, says, ("bỏ dòng ấy để có Bài gần với bài này", "take it out to find similar articles"))
    if not encoder.encode(["Quy Nhơn đón tàu"]).any():
        says = f"{encoder.version} không đọc được tiếng Việt", f"{encoder.version} reads no Vietnamese"
        return bad(name, says, ("chọn mô hình khác ở classifier.encoder", "choose another classifier.encoder"))
    labels = house.judges
    return good(name, f"{encoder.version}; xét bài bằng {labels}", f"{encoder.version}; judged by {labels}")


def worker(house: Installation, now: datetime) -> Finding:
    programs = "`diembao up` (hay `run`, `worker`)", "`diembao up` (or `run`, `worker`)"
    return _at_work("worker", told(house.record, WORKER), now, programs)


def crawler(house: Installation, now: datetime) -> Finding:
    """Where several processes share the work, `diembao crawl` is one of them."""
    return _at_work("crawl", told(house.record, COLLECTOR), now, ("`diembao crawl`", "`diembao crawl`"))


def facts(house: Installation, now: datetime) -> Finding:
    """Feeds of ministries and units: are they read?"""
    from diembao.pipeline.fact_health import feed_troubles

    wrong = list(feed_troubles(house, now))
    if wrong:
        says = " ".join(each.vi for each in wrong), " ".join(each.en for each in wrong)
        return look("facts", says, ("`diembao kits fetch` nói rõ hơn", "`diembao kits fetch` tells more"))
    n = len(house.settings.facts.feeds)
    return good("facts", f"{n} nguồn dữ kiện", f"{n} feeds of facts")


def _at_work(name: str, found: Told | None, now: datetime, programs: tuple[str, str]) -> Finding:
    do = f"chạy {programs[0]}", f"run {programs[1]}"
    if found is None:
        return look(name, ("chưa chạy lần nào", "has never run"), do)
    seen = f"{found.processes[0].at:%Y-%m-%d %H:%M:%S} UTC"
    n = len(found.at_work(now, SILENT))
    if not n:
        return look(name, (f"im lặng từ {seen}", f"silent since {seen}"), do)
    if n == 1:
        return good(name, f"đang chạy, {seen}", f"at work, {seen}")
    return good(name, f"{n} tiến trình đang chạy, {seen}", f"{n} processes at work, {seen}")


def names(chosen: Settings, sources: Sequence[str]) -> Finding:
    """Can names be looked up? Of the proxy, where all goes through one."""
    proxy = urlsplit(chosen.crawl.proxy).hostname
    hosts = [proxy] if proxy else [host for url in sources if (host := urlsplit(url).hostname)]
    hosts = [host for host in dict.fromkeys(hosts) if not _is_address(host)][:ASKED]
    missing = [host for host in hosts if not _found(host)]
    do = "xem máy chủ tên miền (/etc/resolv.conf), tường lửa", "see /etc/resolv.conf and the firewall"
    if missing and len(missing) == len(hosts):
        told = ", ".join(missing)
        return bad("dns", (f"không tìm được tên nào: {told}", f"no name is found: {told}"), do)
    if missing:
        told = ", ".join(missing)
        return look("dns", (f"không tìm được {told}", f"not found: {told}"), do)
    if not hosts:
        return good("dns", "không có tên nào phải tìm", "there is no name to look up")
    return good("dns", f"tìm được {len(hosts)} trên {len(hosts)} tên", f"{len(hosts)} of {len(hosts)} names found")


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost"
    return True


def _found(host: str) -> bool:
    try:
        socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return False
    return True


def mail(chosen: Settings) -> Finding:
    from contextlib import closing

    from diembao.response.smtp import SmtpNotifier

    mail = chosen.mail
    if not mail.host:
        says = "chưa đặt mail.host: thư chờ trong hộp gửi", "mail.host is not set: mails wait"
        return look("smtp", says, ("điền [mail] (docs/alerts.md)", "fill in [mail] (docs/alerts.md)"))
    try:
        with closing(SmtpNotifier(mail)) as line:
            said = line.sign_in()
    except (Misconfigured, Retry, Refused) as error:
        says = f"máy chủ thư {mail.host} không dùng được: {error}", f"{mail.host} cannot be used: {error}"
        return bad("smtp", says, ("sửa [mail], rồi `diembao alerts test`", "mend [mail], then `diembao alerts test`"))
    return good("smtp", f"{mail.host}: {said}; chưa gửi thư nào", f"{mail.host}: {said}; no mail was sent")
