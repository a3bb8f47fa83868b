"""`diembao questions …`: what the press asked, from its receipt to where the answer came out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from diembao.app.casework import By, named, none_of
from diembao.app.options import AsJson, Home, Province, opened, print_json
from diembao.core.errors import Misconfigured, WrongUse

if TYPE_CHECKING:
    from diembao.core.questions import Question, QuestionQuery
    from diembao.pipeline.wiring import Installation
    from diembao.response.acts import Actor
    from diembao.response.questions import Questions

questions_app = typer.Typer(
    help="Câu hỏi báo chí: nhận, giao, trả lời, nơi đăng. Questions of the press.", no_args_is_help=True
)
Number = Annotated[str, typer.Argument(help="Số câu hỏi, như CH-2026-0007. Its number.")]
Reason = Annotated[str, typer.Option("--reason", help="Lý do. Why.")]
# Rows of an export: a register has some hundreds a year.
MOST = 20_000


@dataclass(frozen=True)
class Working:
    """A question, and who works on it."""

    house: Installation
    seen: Question
    actor: Actor

    @property
    def register(self) -> Questions:
        from diembao.response.questions import Questions

        return Questions(self.house.store, self.house.profile)


@contextmanager
def working(number: str, act: str, by: str, province: str, home: Path | None) -> Iterator[Working]:
    """Raises:
    WrongUse: there is no such question, or no such account.
    NotAllowed: the account may not; the audit log says that it was tried.
    """
    from diembao.api.registering import thing

    with opened(home, province=province) as house:
        seen = house.store.question(number)
        if seen is None:
            raise WrongUse(f"Không có câu hỏi '{number[:40]}' (There is no question '{number[:40]}')")
        yield Working(house, seen, actor(house, by, act, thing(house, seen)))


def actor(house: Installation, by: str, act: str, thing: Any) -> Actor:  # noqa: ANN401 (a `Thing`, imported late)
    """Who acts, if the table of rights lets them."""
    from diembao.api.rights import Act, NotAllowed, may
    from diembao.core.accounts import TurnedAway
    from diembao.pipeline.worker import utc_now
    from diembao.response.acts import Actor

    who, wanted, now = named(house, by), Act(act), utc_now()
    if who.account is not None and not may(who, wanted, thing):
        house.store.turned_away(TurnedAway(who.actor, who.where, "rights", wanted), now=now)
        raise NotAllowed(wanted)
    return Actor(who.actor, now, who.where)


@questions_app.command("list")
def list_all(  # noqa: PLR0913, PLR0917 (one option each)
    state: Annotated[str, typer.Option(help="received, assigned, answered, published, refused, withdrawn")] = "",
    unit: Annotated[str, typer.Option(help="Đơn vị được giao. Unit in charge, by its id.")] = "",
    late: Annotated[bool, typer.Option("--late", help="Chỉ câu trễ hạn. Only the late ones.")] = False,
    text: Annotated[str, typer.Option(help="Chữ trong câu hỏi, trả lời. Words of question or answer.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 50,
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Các câu hỏi, câu chờ và trễ trước. Questions, those that wait first."""
    from diembao.app.register_text import told
    from diembao.pipeline.worker import utc_now
    from diembao.response.register_json import public

    with opened(home, province=province) as house:
        now = utc_now()
        total, found = house.store.questions(_asked(state, unit, text, now if late else None), limit=limit)
        if as_json:
            print_json({"total": total, "questions": [public(each, now) for each in found]})
            return
        typer.echo("\n".join([f"{total} câu hỏi", *(told(house, each, now) for each in found)]))


@questions_app.command("show")
def show(number: Number, province: Province = "", home: Home = None, as_json: AsJson = False) -> None:
    """Một câu hỏi, cả lịch sử. One question, its history too."""
    from diembao.app.register_text import told
    from diembao.pipeline.worker import utc_now
    from diembao.response.register_json import whole

    with working(number, "question.read", "", province, home) as here:
        steps = here.house.store.steps(f"question:{number}")
        history = [{"act": x.act, "by": x.by, "at": x.at, "facts": dict(x.facts)} for x in steps]
        if as_json:
            print_json(whole(here.seen, utc_now()) | {"history": history})
            return
        lines = [told(here.house, here.seen, utc_now()), here.seen.answer or here.seen.statement]
        lines += [f"    {x.at:%Y-%m-%d %H:%M} {x.by} {x.act}" for x in steps]
        typer.echo("\n".join(filter(None, lines)))


@questions_app.command("add")
def add(  # noqa: PLR0913, PLR0917 (one option each)
    text: Annotated[str, typer.Argument(help="Câu hỏi. What is asked.")],
    outlet: Annotated[str, typer.Option(help="Cơ quan báo chí: mã trong danh mục, hoặc tên. The outlet.")],
    how: Annotated[str, typer.Option(help="phone, mail, letter, briefing, meeting, other")] = "mail",
    unit: Annotated[str, typer.Option(help="Giao ngay cho đơn vị. Assign it at once.")] = "",
    name: Annotated[str, typer.Option(help="Người hỏi, với tư cách công vụ. Who asks, officially.")] = "",
    function: Annotated[str, typer.Option(help="Chức danh. Their function.")] = "",
    contact: Annotated[str, typer.Option(help="Nơi nhận trả lời; xóa sau 90 ngày. For the answer; then erased.")] = "",
    received: Annotated[str, typer.Option(help="Nhận lúc, ISO 8601 có múi giờ; mặc định: bây giờ. When; now.")] = "",
    due: Annotated[str, typer.Option(help="Hạn, ISO 8601; mặc định theo hồ sơ tỉnh. Due; else the profile's.")] = "",
    briefing: Annotated[int, typer.Option(min=0, help="Hỏi tại buổi giao ban số. Asked at that briefing.")] = 0,
    by: By = "",
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Ghi một câu hỏi của báo chí. Enter a question of the press."""
    from diembao.api.registering import of_unit
    from diembao.core.questions import Asker, How
    from diembao.response.questions import Asked, Questions

    if how not in set(How):
        raise none_of("--how", how, How)
    with opened(home, province=province) as house:
        who = actor(house, by, "question.work", of_unit(house, unit))
        asker = Asker(outlet, name, function, contact)
        at, until = moment("--received", received) or who.now, moment("--due", due)
        asked = Asked(text, asker, How(how), at, unit, until, briefing)
        kept = Questions(house.store, house.profile).receive(asked, who)
    _say({"number": kept.number, "due_at": kept.due_at}, f"Đã ghi {kept.number}.", as_json=as_json)


@questions_app.command("assign")
def assign(  # noqa: PLR0913, PLR0917 (one option each)
    number: Number,
    unit: Annotated[str, typer.Argument(help="Đơn vị, theo mã. The unit, by its id.")],
    reason: Reason = "",
    by: By = "",
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Giao cho đơn vị; câu đã xong thì mở lại, có lý do. Assign it; one that is done is taken up again."""
    with working(number, "question.work", by, province, home) as here:
        later = here.register.assign(here.seen, unit, here.actor, reason=reason)
    _done(later, as_json=as_json)


@questions_app.command("answer")
def answer(  # noqa: PLR0913, PLR0917 (one option each)
    number: Number,
    text: Annotated[str, typer.Option(help="Câu trả lời, chờ người thứ hai duyệt. To be approved.")] = "",
    statement: Annotated[str, typer.Option(help="Phát ngôn đã phát hành, như VV-2026-0042. An issued one.")] = "",
    approve: Annotated[bool, typer.Option("--approve", help="Duyệt câu trả lời người khác soạn.")] = False,
    by: By = "",
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Soạn câu trả lời, duyệt nó, hoặc chỉ tới phát ngôn. Write an answer, approve it, or point to a statement."""
    if sum((bool(text), bool(statement), approve)) != 1:
        raise WrongUse("Chọn một: --text, --statement hoặc --approve (Choose one of them)")
    with working(number, "answer.approve" if approve else "question.work", by, province, home) as here:
        if approve:
            later = here.register.approve(here.seen, here.actor)
        elif statement:
            later = here.register.point_to(here.seen, statement, here.actor)
        else:
            later = here.register.draft(here.seen, text, here.actor)
    _done(later, as_json=as_json)


@questions_app.command("publish")
def publish(  # noqa: PLR0913, PLR0917 (one option each)
    number: Number,
    where: Annotated[str, typer.Option(help="Đăng ở đâu. Where it came out.")] = "",
    article: Annotated[list[str] | None, typer.Option(help="Bài trong kho, lặp lại được. An article.")] = None,
    by: By = "",
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Ghi câu trả lời đã đăng ở đâu. Say where the answer came out."""
    from diembao.app.finding import article_named

    with working(number, "question.work", by, province, home) as here:
        ids = [article_named(here.house, each).article.id for each in article or ()]
        later = here.register.publish(here.seen, where, ids, here.actor)
    _done(later, as_json=as_json)


@questions_app.command("end")
def end(  # noqa: PLR0913, PLR0917 (one option each)
    number: Number,
    reason: Annotated[str, typer.Option(help="Lý do. Why.")],
    withdrawn: Annotated[bool, typer.Option("--withdrawn", help="Bên hỏi rút, hoặc ghi nhầm. Taken back.")] = False,
    by: By = "",
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Không trả lời, có lý do; hoặc bên hỏi rút. Refuse it with a reason, or take it back."""
    with working(number, "question.work", by, province, home) as here:
        act = here.register.withdraw if withdrawn else here.register.refuse
        later = act(here.seen, reason, here.actor)
    _done(later, as_json=as_json)


@questions_app.command("case")
def to_case(number: Number, by: By = "", province: Province = "", home: Home = None, as_json: AsJson = False) -> None:
    """Mở vụ việc từ câu hỏi. Open a case about it."""
    from diembao.api.registering import thing
    from diembao.api.rights import Act

    with working(number, "question.work", by, province, home) as here:
        actor(here.house, by, Act.OPEN_CASE.value, thing(here.house, here.seen))
        case = here.register.to_case(here.seen, here.actor)
    _say({"number": number, "case": case.number}, f"Đã mở {case.number} từ {number}.", as_json=as_json)


@questions_app.command("forget")
def forget(number: Number, by: By = "", province: Province = "", home: Home = None, as_json: AsJson = False) -> None:
    """Xóa tên và nơi nhận của người hỏi ngay. Erase who asked, before the time is over."""
    with working(number, "question.work", by, province, home) as here:
        later = here.register.forget(here.seen, here.actor)
    _say({"number": number, "erased_at": later.erased_at}, f"Đã xóa tên, nơi nhận ở {number}.", as_json=as_json)


@questions_app.command("export")
def export(
    out: Annotated[Path, typer.Option(help="Tệp .csv hoặc .xlsx sẽ viết. The file to write.")],
    state: Annotated[str, typer.Option(help="Như ở `list`. As in `list`.")] = "",
    unit: Annotated[str, typer.Option(help="Như ở `list`. As in `list`.")] = "",
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Viết sổ ra bảng, không có tên người hỏi. The register as a table; whoever asked is not in it."""
    from diembao.pipeline.registering import table_of
    from diembao.pipeline.worker import utc_now

    with opened(home, province=province) as house:
        _, found = house.store.questions(_asked(state, unit, "", None), limit=MOST)
        data = table_of(house, found, utc_now(), out.suffix.lower())
    if out.exists():
        raise WrongUse(f"{out} đã có; đặt tên khác ({out} is there already; name another file)")
    try:
        out.write_bytes(data)
    except OSError as error:
        raise Misconfigured(f"không ghi được {out}: {error.strerror} ({out} cannot be written)") from error
    _say({"file": str(out), "questions": len(found)}, f"Đã viết {len(found)} câu hỏi vào {out}.", as_json=as_json)


def _asked(state: str, unit: str, text: str, late_at: datetime | None) -> QuestionQuery:
    from diembao.core.questions import QuestionQuery, QuestionState

    if state and state not in set(QuestionState):
        raise none_of("--state", state, QuestionState)
    return QuestionQuery((QuestionState(state),) if state else (), (unit,) if unit else (), (), late_at, text)


def moment(option: str, typed: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(typed) if typed else None
    except ValueError as error:
        raise WrongUse(f"{option}: viết như 2026-11-21T08:30+07:00 (write it like that)") from error
    if found is not None and found.tzinfo is None:
        raise WrongUse(f"{option}: thiếu múi giờ, như +07:00 (the time zone is missing, like +07:00)")
    return found


def _done(question: Question, *, as_json: bool) -> None:
    from diembao.response.questions import NAMES

    told = {"number": question.number, "state": question.state.value, "version": question.version}
    _say(told, f"{question.number}: {NAMES[question.state][0]}.", as_json=as_json)


def _say(told: dict[str, Any], words: str, *, as_json: bool) -> None:
    print_json(told) if as_json else typer.echo(words)
