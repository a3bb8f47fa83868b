"""`diembao cases move|quote|attach|mark|draft`: from a claim to its drafted answer, at the command line.

Who acts is the account that ``--by`` names, asked by the table of rights like anywhere else. A verdict needs one:
nobody in particular gives it. Approval and issue: `app.issuing`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from diembao.app.casework import By, Number, cases_app, named, no_case, none_of
from diembao.app.options import AsJson, Home, Province, opened, print_json
from diembao.core.errors import WrongUse

if TYPE_CHECKING:
    from diembao.core.case import CaseFile
    from diembao.pipeline.wiring import Installation
    from diembao.response.acts import Actor
    from diembao.response.statements import Statements

ClaimNumber = Annotated[int, typer.Argument(help="Số của điểm trong vụ việc. The claim's number.", min=1)]
Reason = Annotated[str, typer.Option("--reason", help="Lý do, nơi cần. Why, where it is asked for.")]


@dataclass(frozen=True)
class Working:
    """A case, and who works on it."""

    house: Installation
    found: CaseFile
    actor: Actor

    @property
    def statements(self) -> Statements:
        from diembao.plan.answers import answers
        from diembao.response.statements import Statements

        return Statements(self.house.store, answers(self.house.plan_folder, self.house.profile))


@contextmanager
def working(number: str, act: str, by: str, province: str, home: Path | None) -> Iterator[Working]:
    """Raises:
    WrongUse: there is no such case, or no such account.
    NotAllowed: the account may not; the audit log says that it was tried.
    """
    from diembao.api.casework import allowed
    from diembao.api.rights import Act, NotAllowed
    from diembao.core.accounts import TurnedAway
    from diembao.pipeline.worker import utc_now
    from diembao.response.acts import Actor

    with opened(home, province=province) as house:
        who, wanted, now = named(house, by), Act(act), utc_now()
        found = house.store.case_file(number)
        if found is None:
            raise no_case(number)
        if who.account is not None and not allowed(house, who, wanted, found.case):
            house.store.turned_away(TurnedAway(who.actor, who.where, "rights", wanted), now=now)
            raise NotAllowed(wanted)
        yield Working(house, found, Actor(who.actor, now, who.where))


def warn(here: Working) -> None:
    """On standard error, beside what was done: a person should look again."""
    from diembao.response import titles

    for each in titles.warnings(here.house.store, here.found):
        typer.echo(f"Xem lại: {each}.", err=True)


def say(told: dict[str, Any], words: str, *, as_json: bool) -> None:
    print_json(told) if as_json else typer.echo(words)


@cases_app.command("move")
def move(  # noqa: PLR0913, PLR0917 (one option each)
    number: Number,
    state: Annotated[str, typer.Argument(help="taken, verifying, drafting, awaiting-approval, followed, closed, …")],
    reason: Reason = "",
    outcome: Annotated[str, typer.Option(help="Kết quả, khi đóng: corrected, clarified, repaired, …")] = "",
    by: By = "",
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Chuyển bước một vụ việc. Move a case to its next state."""
    from diembao.core.case import CaseState
    from diembao.core.desk import Outcome
    from diembao.response.cases import Desk
    from diembao.response.moves import NAMES

    if state not in set(CaseState):
        raise none_of("STATE", state, CaseState)
    if outcome and outcome not in set(Outcome):
        raise none_of("--outcome", outcome, Outcome)
    came = Outcome(outcome) if outcome else None
    with working(number, "case.work", by, province, home) as here:
        desk = Desk(here.house.store, here.house.profile)
        case = desk.move(here.found.case, CaseState(state), here.actor, reason=reason, outcome=came)
        if case.state is CaseState.APPROVAL:
            warn(here)
    say({"number": number, "state": case.state.value}, f"{number}: {NAMES[case.state][0]}.", as_json=as_json)


@cases_app.command("quote")
def quote(  # noqa: PLR0913, PLR0917 (one option each)
    number: Number,
    article: Annotated[str, typer.Argument(help="Số hay địa chỉ của bài. An article's id or address.")],
    sentence: Annotated[str, typer.Argument(help="Câu nguyên văn. The sentence, word for word.")],
    by: By = "",
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Trích một câu của bài báo để xác minh. Quote a sentence of an article as a claim."""
    from diembao.app.finding import article_named
    from diembao.response.claims import Claims

    with working(number, "case.work", by, province, home) as here:
        item = article_named(here.house, article)
        claim = Claims(here.house.store).quote(number, item.article.id, sentence, here.actor)
    say({"number": number, "claim": claim.number}, f"Đã trích điểm {claim.number} của {number}.", as_json=as_json)


@cases_app.command("attach")
def attach(  # noqa: PLR0913, PLR0917 (one option each)
    number: Number,
    claim: ClaimNumber,
    file: Annotated[Path | None, typer.Option(help="Tệp (pdf, docx, xlsx, png, jpg, txt). A file.")] = None,
    link: Annotated[str, typer.Option(help="Địa chỉ http. An address.")] = "",
    document: Annotated[str, typer.Option(help="Số văn bản. The number of an official document.")] = "",
    name: Annotated[str, typer.Option(help="Trích yếu, tên gọi. What it is called.")] = "",
    by: By = "",
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Đính kèm chứng cứ cho một điểm: tệp, liên kết hoặc số văn bản. Attach evidence to a claim."""
    from diembao.response.claims import Claims

    if sum((file is not None, bool(link), bool(document))) != 1:
        raise WrongUse("Chọn một: --file, --link hoặc --document (Choose one: --file, --link or --document)")
    with working(number, "case.work", by, province, home) as here:
        claims = Claims(here.house.store)
        if file is not None:
            exhibit = claims.attach_file(number, claim, file.name, _read(file), here.actor)
        elif link:
            exhibit = claims.attach_link(number, claim, link, name, here.actor)
        else:
            exhibit = claims.attach_document(number, claim, document, name, here.actor)
    told = {"number": number, "claim": claim, "exhibit": exhibit.number, "value": exhibit.value}
    say(told, f"Đã đính kèm chứng cứ {exhibit.number} vào điểm {claim}.", as_json=as_json)


@cases_app.command("mark")
def mark(  # noqa: PLR0913, PLR0917 (one option each)
    number: Number,
    claim: ClaimNumber,
    verdict: Annotated[str, typer.Argument(help="accurate, inaccurate, incomplete, unverifiable")],
    why: Annotated[str, typer.Option(help="Căn cứ. On what grounds.")],
    by: By = "",
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Kết luận về một điểm, dưới tên mình, đã có chứng cứ. Say what is true of a claim, in one's own name."""
    from diembao.app.case_text import VERDICTS
    from diembao.core.statement import Verdict
    from diembao.response.claims import Claims

    if verdict not in set(Verdict):
        raise none_of("VERDICT", verdict, Verdict)
    with working(number, "claim.mark", by, province, home) as here:
        Claims(here.house.store).mark(number, claim, Verdict(verdict), why, here.actor)
    told = f"Đã ghi: điểm {claim} {VERDICTS[Verdict(verdict)]}."
    say({"number": number, "claim": claim, "verdict": verdict}, told, as_json=as_json)


@cases_app.command("draft")
def draft(  # noqa: PLR0913, PLR0917 (one option each)
    number: Number,
    text: Annotated[Path, typer.Argument(help="Tệp chữ tiếng Việt, UTF-8. A file with the Vietnamese text.")],
    title: Annotated[str, typer.Option(help="Tiêu đề của câu trả lời. What the answer is called.")] = "",
    form: Annotated[str, typer.Option(help="Hình thức trả lời; xem `cases forms`. The form of answering.")] = "",
    speaker: Annotated[str, typer.Option(help="Người phát ngôn. Who speaks.")] = "",
    other: Annotated[
        list[str] | None, typer.Option(help="en=FILE, lặp lại được. Another language; repeatable.")
    ] = None,
    other_title: Annotated[
        list[str] | None, typer.Option(help="en=TITLE, lặp lại được. Its title in that language.")
    ] = None,
    other_speaker: Annotated[
        list[str] | None, typer.Option(help="en=NAME, lặp lại được. Who speaks, in that language.")
    ] = None,
    by: By = "",
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Ghi một bản dự thảo; thay chỗ nào không nói thì giữ như bản trước. Save a version of the statement."""
    from diembao.response.statements import Wording

    with working(number, "answer.draft", by, province, home) as here:
        before = here.found.draft.wording if here.found.draft else Wording("")
        others = {language: _words(Path(path)) for language, path in _pairs("--other", other)}
        wording = Wording(
            _words(text),
            form or before.form,
            speaker or before.speaker,
            {**before.others, **others},
            title or before.title,
            {**before.titles, **dict(_pairs("--other-title", other_title))},
            {**before.speakers, **dict(_pairs("--other-speaker", other_speaker))},
        )
        based_on = here.found.draft.version if here.found.draft else 0
        version = here.statements.save(number, wording, here.actor, based_on=based_on)
    say({"number": number, "version": version}, f"Đã ghi bản {version} của {number}.", as_json=as_json)


def _read(path: Path) -> bytes:
    from diembao.response.files import LARGEST

    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)  # one more says that it is too large
    except OSError as error:
        raise WrongUse(f"không đọc được {path}: {error.strerror} ({path} cannot be read)") from error


def _words(path: Path) -> str:
    try:
        return _read(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongUse(f"{path} không phải chữ UTF-8 ({path} is not UTF-8 text)") from error


def _pairs(option: str, given: Iterable[str] | None) -> Iterator[tuple[str, str]]:
    for each in given or ():
        language, equals, said = each.partition("=")
        if not equals:
            raise WrongUse(f"{option} là ngôn ngữ=…, như en=… ({option} is a language and =, like en=…)")
        yield language, said
