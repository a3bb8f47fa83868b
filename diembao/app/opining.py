"""`diembao opinion …`: the language model of the office's choice: does it work, what does it cost, what waits."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated, Any

import typer

from diembao.app.casework import By
from diembao.app.options import AsJson, Home, Province, opened, print_json
from diembao.core.errors import Retry

if TYPE_CHECKING:
    from diembao.app.desking import Working
    from diembao.core.opinion import DayCost, Gist, Outline
    from diembao.pipeline.wiring import Installation

opinion_app = typer.Typer(
    help="Mô hình ngôn ngữ do cơ quan chọn: tóm tắt, ý kiến thứ hai. The language model of the office's choice.",
    no_args_is_help=True,
)
Article = Annotated[str, typer.Argument(help="Số hay địa chỉ của bài. An article's id or address.")]
Case = Annotated[str, typer.Argument(help="Số vụ việc. A case's number.")]


@opinion_app.command("check")
def check(home: Home = None, as_json: AsJson = False) -> None:
    """Thử mô hình: có trả lời không, bài đi đâu. Try it: does it answer, and where do articles go?"""
    from diembao.opinion.checking import check as checked
    from diembao.pipeline.opining import open_asking

    with opened(home) as house:
        asking = open_asking(house)
        found = asyncio.run(checked(asking.settings, asking.endpoint))
    chosen = asking.settings
    if as_json:
        print_json(found.as_json() | {"url": chosen.url})
    else:
        typer.echo("\n".join([_where(chosen.url, outside=found.outside), *_told(found)]))
    if found.form:
        raise Retry(f"mô hình trả lời nhưng chưa dùng được: {found.form} (it answers, but not so that it can be used)")


def _where(url: str, *, outside: bool) -> str:
    if outside:
        return f"Bài được gửi RA NGOÀI tới {url} (opinion.outside = true). / Articles leave the house."
    return f"Bài được gửi tới {url}, trong mạng nội bộ. / Articles stay inside of the network."


def _told(found: Any) -> list[str]:  # noqa: ANN401 (`opinion.checking.Checked`, imported late)
    counted = "đếm token" if found.counts_tokens else "không đếm token, chi phí là ước tính"
    return [f"Mô hình {found.model} ({found.address}): trả lời sau {found.seconds:g} giây, {counted}."]


@opinion_app.command("cost")
def cost(
    days: Annotated[int, typer.Option(min=1, max=3660, help="Bấy nhiêu dòng gần nhất. The latest.")] = 31,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Mỗi ngày hỏi bao nhiêu, tốn bao nhiêu. Questions, tokens and money of each day."""
    with opened(home) as house:
        found, chosen = house.record.opinion_costs(days), house.settings.opinion
    if as_json:
        print_json({"currency": chosen.currency, "daily_cost": chosen.daily_cost, "days": [_day(one) for one in found]})
        return
    typer.echo("\n".join(_cost(one, chosen.currency) for one in found) or "Chưa hỏi mô hình lần nào.")


def _day(one: DayCost) -> dict[str, Any]:
    names = ("model", "questions", "kept", "tokens_in", "tokens_out", "cost")
    return {"day": one.day.isoformat()} | {name: getattr(one, name) for name in names}


def _cost(one: DayCost, currency: str) -> str:
    return (
        f"{one.day:%d/%m/%Y}  {one.model}: {one.questions} câu hỏi, {one.kept} đã có sẵn,"
        f" {one.tokens_in} + {one.tokens_out} token, {one.cost:.2f} {currency}"
    )


@opinion_app.command("queue")
def queue(
    again: Annotated[
        bool, typer.Option("--again", help="Hỏi lại những câu bị gác. Ask what was set aside again.")
    ] = False,
    by: By = "",
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Bao nhiêu câu đang chờ, câu nào bị gác và vì sao. What waits, what was set aside and why."""
    from diembao.pipeline.opiner import stopped_by

    with opened(home, province=province) as house:
        aside = house.store.opinion_asides(1000)
        if again:
            _ask_again(house, aside, by)
        counts, why = house.store.opinion_counts(), stopped_by(house)
    told = {state.value: number for state, number in counts.items()}
    if as_json:
        rows = [{"subject": one.subject, "task": one.task.value, "tries": one.tries, "why": one.why} for one in aside]
        print_json(told | {"stopped": why, "set_aside": rows, "asked_again": len(aside) if again else 0})
        return
    lines = [f"chờ {told['waiting']} · xong {told['done']} · gác {told['aside']}", *([f"Dừng: {why}"] if why else [])]
    typer.echo("\n".join([*lines, *(f"  {one.subject} {one.task.value}: {one.why}" for one in aside if not again)]))


def _ask_again(house: Installation, aside: Any, by: str) -> None:  # noqa: ANN401 (a sequence of `Asked`)
    from diembao.api.rights import Thing
    from diembao.app.questions import actor
    from diembao.core.accounts import Hand
    from diembao.pipeline.worker import utc_now

    who = actor(house, by, "model.change", Thing(house.profile.id))
    for one in aside:
        house.store.ask_opinion(one, now=utc_now(), by=Hand(who.by, who.where))


@opinion_app.command("gist")
def gist(article: Article, province: Province = "", home: Home = None, as_json: AsJson = False) -> None:
    """Tóm tắt của một bài, và người đã duyệt hay chưa. The gists of an article, accepted by a person or not."""
    from diembao.app.finding import article_named

    with opened(home, province=province) as house:
        its = article_named(house, article).article
        found = house.store.gists([its.id])
    if as_json:
        print_json({"gists": [_gist(one) for one in found]})
        return
    typer.echo("\n\n".join(_gist_text(one, its.revision) for one in found) or "Bài này chưa có tóm tắt.")


def _gist(one: Gist) -> dict[str, Any]:
    names = ("article_id", "language", "revision", "model", "sentences", "passage", "told", "text", "by", "at")
    return {name: getattr(one, name) for name in names} | {"verdict": one.verdict.value if one.verdict else None}


def _gist_text(one: Gist, revision: int) -> str:
    state = {"accepted": "đã duyệt", "edited": "đã sửa và duyệt", "refused": "đã từ chối"}
    by = f"máy viết ({one.model}), {state[one.verdict] if one.verdict else 'chưa ai duyệt'}"
    by += f", cho bản trước (bản {one.revision})" if one.revision < revision else ""
    passage = f"\n    “{one.passage}”\n    {one.told}" if one.passage else ""
    return f"[{one.language}, {by}]\n{one.words}{passage}"


@opinion_app.command("outline")
def outline(
    case: Case,
    again: Annotated[
        bool, typer.Option("--again", help="Soạn bản khác, tính tiền lại. Another one, paid for anew.")
    ] = False,
    by: By = "",
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Đề cương từ các bài của vụ việc; mỗi câu kèm nguồn. An outline from a case's articles; asked now, and kept."""
    from diembao.app.desking import working

    with working(case, "answer.draft", by, province, home) as here:
        found, house = _outlined(here, again=again), here.house
        items = {item.article.id: item.article for item in house.store.rows([each.article_id for each in found.lines])}
    if as_json:
        lines = [{"text": each.text, "article": each.article_id, "quote": each.quote} for each in found.lines]
        print_json({"case": case, "model": found.model, "lines": lines, "dropped": found.dropped})
        return
    typer.echo("\n".join(_outline(found, {name: each.url for name, each in items.items()})))


def _outlined(here: Working, *, again: bool) -> Outline:
    """Its price is said before it is asked; nobody else asks it meanwhile."""
    from diembao.core.accounts import Hand
    from diembao.pipeline.opining import lost_at, open_asking, outline_now
    from diembao.pipeline.outlining import price, wanted

    house, who = here.house, here.actor
    asking, asked = open_asking(house), wanted(house, here.found.case.number, again=again)
    most = price(house, asked.subject)
    currency = asking.settings.currency
    typer.echo(f"Nhiều nhất {most.tokens} token, {most.cost:.2f} {currency} (at most).", err=True)
    house.store.ask_opinion(asked, now=who.now, by=Hand(who.by, who.where), until=lost_at(asking, who.now))
    return asyncio.run(outline_now(house, asking, asked, who.now))


def _outline(found: Outline, urls: dict[str, str]) -> list[str]:
    lines = [f"- {each.text}\n    “{each.quote}” {urls.get(each.article_id, '')}" for each in found.lines]
    return [f"Máy viết ({found.model}), chưa ai duyệt; bỏ {found.dropped} câu không có nguồn đúng.", *lines]
