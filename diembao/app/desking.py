"""`diembao cases quote|attach|mark|draft|move|approve|issue`: from a claim to its outcome, at the command line.

Who acts is the account that ``--by`` names, asked by the table of rights like anywhere else. A verdict, an approval and
an issue need one: nobody in particular gives them.
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
from diembao.core.errors import Misconfigured, WrongUse

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


def _say(told: dict[str, Any], words: str, *, as_json: bool) -> None:
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
    _say({"number": number, "state": case.state.value}, f"{number}: {NAMES[case.state][0]}.", as_json=as_json)


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
    _say({"number": number, "claim": claim.number}, f"Đã trích điểm {claim.number} của {number}.", as_json=as_json)


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
    _say(told, f"Đã đính kèm chứng cứ {exhibit.number} vào điểm {claim}.", as_json=as_json)


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
    _say({"number": number, "claim": claim, "verdict": verdict}, told, as_json=as_json)


@cases_app.command("draft")
def draft(  # noqa: PLR0913, PLR0917 (one option each)
    number: Number,
    text: Annotated[Path, typer.Argument(help="Tệp chữ tiếng Việt, UTF-8. A file with the Vietnamese text.")],
    form: Annotated[str, typer.Option(help="Hình thức trả lời; xem `cases forms`. The form of answering.")] = "",
    speaker: Annotated[str, typer.Option(help="Người phát ngôn. Who speaks.")] = "",
    other: Annotated[
        list[str] | None, typer.Option(help="en=FILE, lặp lại được. Another language; repeatable.")
    ] = None,
    by: By = "",
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Ghi một bản dự thảo; thay chỗ nào không nói thì giữ như bản trước. Save a version of the statement."""
    from diembao.response.statements import Wording

    with working(number, "answer.draft", by, province, home) as here:
        before = here.found.draft
        others = dict(before.others) if before else {}
        others |= {language: _words(Path(path)) for language, path in _pairs(other or ())}
        wording = Wording(
            _words(text),
            form or (before.form if before else ""),
            speaker or (before.speaker if before else ""),
            others,
        )
        version = here.statements.save(number, wording, here.actor, based_on=before.version if before else 0)
    _say({"number": number, "version": version}, f"Đã ghi bản {version} của {number}.", as_json=as_json)


@cases_app.command("approve")
def approve(
    number: Number,
    version: Annotated[int, typer.Option(help="Bản đã đọc. The version that was read.")],
    by: By = "",
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Phê duyệt một bản do người khác soạn. Approve a version that others wrote."""
    with working(number, "answer.approve", by, province, home) as here:
        here.statements.approve(here.found.case, version, here.actor)
    _say({"number": number, "approved": version}, f"Đã phê duyệt bản {version} của {number}.", as_json=as_json)


@cases_app.command("issue")
def issue(  # noqa: PLR0913, PLR0917 (one option each)
    number: Number,
    to: Annotated[str, typer.Option(help="Nơi nhận, hoặc nơi đăng. Who receives it, or where it stands.")],
    out: Annotated[Path, typer.Option(help="Thư mục để ghi văn bản. The folder for its documents.")],
    channel: Annotated[str, typer.Option(help="Hình thức; mặc định như dự thảo. Else the draft's form.")] = "",
    registered: Annotated[int | None, typer.Option(help="Số văn bản. The registry's number.")] = None,
    by: By = "",
    province: Province = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Phát hành bản đã duyệt: lập văn bản, ghi nơi nhận. Không gửi gì đi. Issue what was approved; nothing is sent."""
    from diembao.plan.answers import answers
    from diembao.response import issuing
    from diembao.response.statements import Leaving

    with working(number, "answer.issue", by, province, home) as here:
        house, case = here.house, here.found.case
        known = answers(house.plan_folder, house.profile)
        wanted = channel or (here.found.draft.form if here.found.draft else "")
        leaving = Leaving(wanted, to, registered)
        made = issuing.of_case(house.store, house.profile, known, case, leaving, now=here.actor.now)
        done = here.statements.issue(case, leaving, made, here.actor)
        paths = [_written(out / f"{number}-{done.number}{ending}", data) for ending, data in made.items()]
    told = {"number": number, "issue": done.number, "version": done.version, "files": [str(path) for path in paths]}
    _say(told, f"Đã phát hành bản {done.version}: {', '.join(map(str, paths))}", as_json=as_json)


@cases_app.command("forms")
def list_forms(province: Province = "", home: Home = None, as_json: AsJson = False) -> None:
    """Các hình thức trả lời báo chí. The forms of answering the press."""
    from diembao.plan.answers import answers

    with opened(home, province=province) as house:
        known = answers(house.plan_folder, house.profile)
    if as_json:
        forms = {key: {"name": form.name, "name_en": form.name_en} for key, form in known.forms.items()}
        print_json({"source": known.source, "checked": known.checked, "forms": forms})
        return
    typer.echo(f"{known.source} (kiểm tra {known.checked:%d/%m/%Y})")
    typer.echo("\n".join(f"{key}: {form.name}" for key, form in known.forms.items()))


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


def _pairs(given: Iterable[str]) -> Iterator[tuple[str, str]]:
    for each in given:
        language, equals, path = each.partition("=")
        if not equals:
            raise WrongUse("--other là ngôn ngữ=TỆP, như en=tra-loi-en.txt (--other is like en=FILE)")
        yield language, path


def _written(path: Path, data: bytes) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise Misconfigured(f"không ghi được {path}: {error.strerror} ({path} cannot be written)") from error
    return path
