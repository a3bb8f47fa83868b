"""`diembao memory …`: coverage that repeats what was answered, and what people say of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Final
from zoneinfo import ZoneInfo

import typer

from diembao.app.casework import By
from diembao.app.options import AsJson, Home, Province, opened, print_json
from diembao.core.errors import WrongUse

if TYPE_CHECKING:
    from diembao.core.memory import MatchVerdict
    from diembao.pipeline.wiring import Installation
    from diembao.response.memory_json import Told

memory_app = typer.Typer(
    help="Trí nhớ trả lời: báo nhắc lại điều đã trả lời. Coverage that repeats what was answered.",
    no_args_is_help=True,
)
_DIFFERS: Final = {"number": "số", "place": "nơi", "day": "ngày", "language": "ngôn ngữ"}

CaseNumber = Annotated[str, typer.Argument(help="Số vụ việc đã trả lời. The case whose answer it is.")]
ClaimNumber = Annotated[int, typer.Argument(help="Số của điểm trong vụ việc. The claim's number.", min=1)]
Article = Annotated[str, typer.Argument(help="Số hay địa chỉ của bài. An article's id or address.")]
Why = Annotated[str, typer.Option(help="Vì sao. Why.")]


@memory_app.command("list")
def list_all(
    case: Annotated[str, typer.Option(help="Chỉ của vụ việc này. Of this case only.")] = "",
    refused: Annotated[bool, typer.Option("--refused", help="Cả những ghép đã từ chối. Refused ones too.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 50,
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Bài nhắc lại điều đã trả lời, mới thấy trước. Matches, the latest found first."""
    from diembao.core.memory import MatchQuery
    from diembao.response.memory_json import told

    with opened(home, province=province) as house:
        _print(house, told(house.store, MatchQuery(case=case or None, refused=refused), limit=limit), as_json=as_json)


@memory_app.command("show")
def show(article: Article, province: Province = "", home: Home = None, as_json: AsJson = False) -> None:
    """Một bài nhắc lại những gì đã trả lời. What an article repeats, refused matches too."""
    from diembao.app.finding import article_named
    from diembao.core.memory import MatchQuery
    from diembao.response.memory_json import told

    with opened(home, province=province) as house:
        asked = MatchQuery(articles=(article_named(house, article).article.id,), refused=True)
        _print(house, told(house.store, asked), as_json=as_json)


@memory_app.command("refuse")
def refuse(  # noqa: PLR0913, PLR0917 (one option each)
    case: CaseNumber,
    claim: ClaimNumber,
    article: Article,
    why: Why = "",
    by: By = "",
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Ghép sai: bài (và chuyện của nó) không nhắc lại điểm này. A wrong match; it is not shown again."""
    from diembao.core.memory import MatchVerdict

    _judge(_Asked(case, claim, article, why, by, province), MatchVerdict.REFUSED, home, as_json=as_json)


@memory_app.command("accept")
def accept(  # noqa: PLR0913, PLR0917 (one option each)
    case: CaseNumber,
    claim: ClaimNumber,
    article: Article,
    why: Why = "",
    by: By = "",
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Ghép đúng: giữ lại, dù máy về sau không thấy nữa. A right match; it stays."""
    from diembao.core.memory import MatchVerdict

    _judge(_Asked(case, claim, article, why, by, province), MatchVerdict.ACCEPTED, home, as_json=as_json)


@memory_app.command("rebuild")
def rebuild(
    days: Annotated[int, typer.Option(min=1, max=3650, help="Bấy nhiêu ngày trở lại. So many days back.")] = 90,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Đối chiếu lại tin các ngày qua với mọi câu trả lời; ý người không đổi. Match coverage of the last days anew."""
    from diembao.pipeline import remembering
    from diembao.pipeline.worker import WORKING, only_worker, utc_now

    with opened(home) as house:
        remembering.look_back(house, utc_now(), days)
        done = 0
        try:
            with only_worker(house.settings.home, WORKING):
                while more := remembering.recall(house, utc_now):
                    done += more
        except WrongUse:  # a program at work here goes on with it
            typer.echo("`diembao up` đang chạy ở đây sẽ làm tiếp. / The running program goes on with it.", err=True)
        print_json({"articles": done}) if as_json else typer.echo(f"Đã đối chiếu {done} bài.")


class _Asked:
    """A match as the command line names it, and who speaks of it."""

    def __init__(self, case: str, claim: int, article: str, why: str, by: str, province: str) -> None:
        self.case, self.claim, self.article = case, claim, article
        self.why, self.by, self.province = why, by, province


def _judge(asked: _Asked, verdict: MatchVerdict, home: Home, *, as_json: bool) -> None:
    from diembao.app.desking import working
    from diembao.app.finding import article_named
    from diembao.core.memory import Judged
    from diembao.response import memory

    with working(asked.case, "case.work", asked.by, asked.province, home) as here:
        article_id = article_named(here.house, asked.article).article.id
        actor = here.actor
        judged = Judged(asked.case, asked.claim, article_id, verdict, actor.by, actor.now, asked.why)
        memory.judge(here.house.store, judged, where=actor.where)
    done = {"case": asked.case, "claim": asked.claim, "article": article_id, "judged": verdict.value}
    word = "Đã từ chối" if verdict == "refused" else "Đã nhận"
    print_json(done) if as_json else typer.echo(f"{word}: {article_id} · {asked.case} điểm {asked.claim}.")


def _print(house: Installation, found: Sequence[Told], *, as_json: bool) -> None:
    from diembao.response.memory_json import as_json as one

    if as_json:
        print_json({"matches": [one(match, claim) for match, claim in found]})
        return
    items = {item.article.id: item for item in house.store.rows([match.article_id for match, _ in found])}
    titles = {article_id: item.article.title for article_id, item in items.items()}
    lines = [_line(house, each, titles) for each in found]
    typer.echo("\n".join(lines) or "Chưa có bài nào nhắc lại điều đã trả lời.")


def _line(house: Installation, each: Told, titles: dict[str, str]) -> str:
    match, claim = each
    day = _day(claim.issued_at, house.profile.timezone)
    judged = {"refused": " · đã từ chối", "accepted": " · đã nhận"}.get(match.verdict or "", "")
    differs = "; ".join(f"{_DIFFERS[d.what]}: {d.claim} → {d.coverage}" for d in match.repeat.differs)
    lines = [
        f"{titles.get(match.article_id, match.article_id)} ({match.article_id}){judged}",
        f"    “{match.repeat.passage}”",
        f"    đã trả lời ngày {day}, {match.case} điểm {match.claim}: “{claim.quote}”",
        f"    câu trả lời: {claim.title}",
        f"    cùng nhắc: {', '.join(match.repeat.shared)}" if match.repeat.shared else "",
        f"    khác: {differs}" if differs else "",
    ]
    return "\n".join(line for line in lines if line)


def _day(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%d/%m/%Y}"
