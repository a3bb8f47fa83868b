"""`diembao trace`: the whole story of one page, as data and as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any, Final
from zoneinfo import ZoneInfo

import typer

from diembao.app.options import AsJson, Home, opened, print_json
from diembao.core.errors import Refused, WrongUse
from diembao.core.ledger import Outcome
from diembao.core.reasons import reason

_ID: Final = re.compile(r"[0-9a-f]{16}")
# Lines of the ledger, and labels that stand no more, that are printed; JSON has all.
PRINTED: Final = 10

Told = dict[str, Any]


def trace(
    page: Annotated[str, typer.Argument(help="Địa chỉ, hoặc số của bài. An address, or an article's id.")],
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Chuyện của một bài: thấy ở đâu, vì sao được xét thế, báo cho ai. The whole story of one page."""
    from diembao.pipeline.tracing import trace as story_of

    item_id = _id(page)
    with opened(home) as house:
        found = story_of(house, item_id)
        zone = house.profile.timezone
    if found is None:
        msg = (
            f"chưa từng thấy '{page[:200]}' (số {item_id}); đưa vào bằng `diembao add`"
            f" (nothing here has ever seen '{page[:200]}', id {item_id})"
        )
        raise WrongUse(msg)
    if as_json:
        print_json(found)
    else:
        typer.echo("\n".join(as_text(found, zone)))


def _id(page: str) -> str:
    from crawlers.identity import identify

    if _ID.fullmatch(page):
        return page
    try:
        return identify(page)[1]
    except Refused as error:
        raise WrongUse(
            f"'{page[:200]}' không phải số của bài, cũng không phải địa chỉ"
            f" ('{page[:200]}' is neither an article's id nor an address)"
        ) from error


def as_text(found: Told, zone: str) -> Iterator[str]:
    """``zone``: the province's, in which times are told."""

    def at(moment: datetime | None) -> str:
        return f"{moment.astimezone(ZoneInfo(zone)):%d/%m/%Y %H:%M:%S}" if moment else "chưa rõ lúc nào"

    yield f"{found['id']} · {found['outlet'] or '?'} · {found['title'] or '(không có tiêu đề)'}"
    yield f"    {found['url']}"
    if found["article"] and found["article"] != found["id"]:
        yield f"    cùng chữ với bài {found['article']}, chuyện dưới đây là của bài ấy"
    for name, lines in (
        ("Thấy", _discovered(found["discovered"], at)),
        ("Lấy về", _fetched(found["fetched"], at)),
        ("Đọc ra", _extracted(found["extracted"], at)),
        ("Xét", _judged(found["judged"], at)),
        ("Gom", _grouped(found["grouped"], at)),
        ("Tìm kiếm", _indexed(found["indexed"])),
        ("Báo", _alerted(found["alerted"], at)),
        ("Dẫn", (f"{at(x['at'])}  {_CITED[x['kind']]} {x['what']}" for x in found["cited"])),
    ):
        yield f"{name}:"
        yield from (f"    {line}" for line in (list(lines) or ["không có"]))


_CITED: Final = {
    "case": "vụ việc",
    "claim": "phát biểu được trích của",
    "answer": "lặp lại điều đã trả lời ở",
    "report": "báo cáo",
}


def _discovered(told: Told, at: Any) -> Iterator[str]:  # noqa: ANN401 (says a moment)
    if told["first_seen"]:
        yield f"{at(told['first_seen'])}  lần đầu, ở {told['source']}"
    if told["waiting"]:
        yield "trang còn chờ được đọc"
    lines = _telling(told["seen"])
    for line in lines:
        why = f": {reason(line['reason'], 'vi')}" if line["reason"] else ""
        yield f"{at(line['at'])}  lượt {line['run']} ({line['by'] or '?'})  {line['outcome']}{why}"
    if len(told["seen"]) > len(lines):
        yield f"… và {len(told['seen']) - len(lines)} dòng khác, xen giữa (--json)"


def _telling(lines: list[Told]) -> list[Told]:
    """Of many lines those that say what became of it, the first and the latest of them; the rest said "nothing new"."""
    if len(lines) <= PRINTED:
        return lines
    ranked = sorted(range(len(lines)), key=lambda n: (lines[n]["outcome"] == Outcome.UNCHANGED, n > 0, -n))
    return [lines[n] for n in sorted(ranked[:PRINTED])]


def _fetched(answers: list[Told], at: Any) -> Iterator[str]:  # noqa: ANN401
    for answer in answers:
        for hop in answer["hops"]:
            yield f"{at(hop['at'])}  {hop['status']} sau {hop['seconds']:.2f} giây  {hop['url']}"
        yield _evidence(answer)


def _evidence(answer: Told) -> str:
    if answer["bytes"] is None:
        return "không có byte nào để giữ"
    told = f"{_number(answer['bytes'])} byte"
    if answer["kept"]:
        return f"giữ {told} làm chứng cứ"
    return f"{told} đã bỏ theo hạn lưu; còn SHA-256 {answer['sha256']}"


def _extracted(told: Told | None, at: Any) -> Iterator[str]:  # noqa: ANN401
    if told is None:
        return
    where = "trang" if told["text_from"] == "page" else "nguồn phát (trang không đọc được)"
    yield f"{at(told['at'])}  {_number(told['characters'])} ký tự, từ {where}"
    yield f"ngày đăng {at(told['published_at'])}, theo {told['published_from']}"
    yield from (f"{at(each['at'])}  bản {each['number']}" for each in told["revisions"][1:])
    yield from (f"{at(each)}  trang bị gỡ" for each in told["withdrawn"])


def _number(n: int) -> str:
    return f"{n:,}".replace(",", ".")


def _judged(labels: list[Told], at: Any) -> Iterator[str]:  # noqa: ANN401
    standing = [label for label in labels if label["ended_at"] is None]
    for label in standing:
        about = f" ({label['about']})" if label["about"] else ""
        yield f"{at(label['at'])}  {label['kind']}{about}: {label['key']}  {label['score']:.2f} · {label['by']}"
        if label["why"]:
            yield f"    vì {label['why']}"
    if ended := len(labels) - len(standing):
        yield f"{ended} nhãn đã thôi hiệu lực (--json)"


def _grouped(told: Told | None, at: Any) -> Iterator[str]:  # noqa: ANN401
    if told is not None:
        size = f"{told['articles']} bài, {told['texts']} văn bản"
        yield f"{at(told['at'])}  chuyện {told['story']}: {told['role']}, {size}"
        if told["why"]:
            yield f"    vì {told['why']}"


def _indexed(told: Told | None) -> Iterator[str]:
    if told is None:
        return
    words = {True: "tìm được", False: "chưa tìm được, chỉ mục đang đọc tới", None: "không hỏi được chỉ mục"}
    yield f"{words[told['searchable']]} (mục {told['entry']} của nhật ký; chỉ mục ở {told['position']})"


def _alerted(messages: list[Told], at: Any) -> Iterator[str]:  # noqa: ANN401
    for told in messages:
        settled = f" {at(told['settled_at'])}" if told["settled_at"] else ""
        where = told["to"] or told["channel"]
        yield f"{at(told['at'])}  “{told['alert']}” tới {where}: {told['state']}{settled} {told['error']}".rstrip()
