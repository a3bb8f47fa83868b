"""The index of a case's packet, in Vietnamese: said once, drawn as a page that opens without a network and as text."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from diembao.core.case import Act, CaseFile, CaseLine
from diembao.core.requests import Filed, Request, RequestState
from diembao.core.statement import Claim, Exhibit, ExhibitKind, Issue, Verdict, standing
from diembao.paper import forms
from diembao.response.moves import NAMES as STATES
from diembao.response.statements import unmarked

HTML, TEXT = "MUC-LUC.html", "MUC-LUC.txt"

VERDICTS: Final = {
    Verdict.ACCURATE: "chính xác",
    Verdict.INACCURATE: "không chính xác",
    Verdict.INCOMPLETE: "chưa đầy đủ",
    Verdict.UNVERIFIABLE: "không xác minh được",
}
_ACTS: Final = {
    Act.OPENED: "mở vụ việc",
    Act.MOVED: "chuyển bước",
    Act.CHANGED: "sửa thông tin",
    Act.NOTED: "ghi chú",
    Act.SEEN: "đã xem lời nhắc",
    Act.DRAFTED: "ghi dự thảo trả lời",
    Act.ADDED: "thêm bài",
    Act.REMOVED: "gỡ bài",
    Act.JOINED: "bài cùng chuyện tự vào vụ việc",
    Act.CLAIMED: "trích một điểm của báo chí",
    Act.ATTACHED: "đính kèm chứng cứ",
    Act.MARKED: "kết luận một điểm",
    Act.APPROVED: "phê duyệt",
    Act.ISSUED: "phát hành",
    Act.RETRACTED: "thu hồi câu trả lời đã phát hành",
    Act.ASKED: "hỏi đơn vị",
    Act.REMINDED: "nhắc đơn vị",
    Act.ANSWERED: "đơn vị trả lời",
    Act.WITHDRAWN: "rút yêu cầu gửi đơn vị",
    Act.LINKED: "đổi đường dẫn trả lời của đơn vị",
    Act.WARNED: "máy báo sắp hết hạn hoặc đã quá hạn",
}
_ENDED: Final = {RequestState.ANSWERED: "Trả lời", RequestState.WITHDRAWN: "Rút"}
_FACTS: Final = ("from", "to", "reason", "outcome", "claim", "verdict", "version", "recipients")
_LONG: Final = 400  # characters of a fact, of a title
_STYLE: Final = (
    "body{font:16px/1.5 'Times New Roman',serif;max-width:60em;margin:2em auto;padding:0 1em}"
    "body{color:#111;background:#fff}"
    "h1{font-size:1.5em}h2{font-size:1.2em;border-bottom:1px solid #999;margin-top:2em}li{margin:.3em 0}"
    "ul{padding-left:1.2em}a{color:#0b5394}small{color:#555}.x{overflow-wrap:anywhere}"
    "@media(prefers-color-scheme:dark){body{color:#eee;background:#161616}a{color:#8ab4f8}small{color:#aaa}}"
)


@dataclass(frozen=True, slots=True)
class Names:
    """How people call what is kept by its id."""

    who: Callable[[str], str]
    unit: Callable[[str], str]
    theme: Callable[[str], str]
    outlet: Callable[[str], str]
    zone: str

    def at(self, moment: datetime | None) -> str:
        return forms.moment(moment, self.zone) if moment else "không rõ"


@dataclass(frozen=True, slots=True)
class Listed:
    """An article as the index tells it; ``missing`` says what is not in the packet, and why."""

    number: int
    title: str
    outlet: str
    url: str
    published: datetime | None
    seen: datetime
    revisions: int
    pages: tuple[str, ...]  # SHA-256 of what was received
    files: tuple[str, ...]
    missing: str = ""
    withdrawn: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """``files`` are members of the packet, ``under`` more lines."""

    text: str
    files: tuple[str, ...] = ()
    under: tuple[Line, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Index:
    title: str
    sections: tuple[tuple[str, tuple[Line, ...]], ...]


def index_of(found: CaseFile, articles: Sequence[Listed], names: Names, head: Sequence[str]) -> Index:
    """``head`` are lines about the packet itself."""
    case = found.case
    sections = [
        ("Hồ sơ này", tuple(map(Line, head))),
        ("Vụ việc", tuple(_about(found, names))),
        (f"Bài báo ({len(articles)})", tuple(article_line(each, names) for each in articles)),
        (f"Điểm báo chí nêu ({len(found.claims)})", tuple(_claim(found, each, names) for each in found.claims)),
        (f"Trả lời ({len(found.drafts)} bản)", tuple(_statements(found, names))),
        (f"Yêu cầu gửi đơn vị ({len(found.requests)})", tuple(_request(found, each, names) for each in found.requests)),
        ("Ghi chú", _notes(found, names)),
        ("Nhật ký", tuple(_log(each, names) for each in found.log)),
    ]
    told = tuple((title, lines or (Line("Không có."),)) for title, lines in sections)
    return Index(f"Hồ sơ vụ việc {case.number}: {case.details.title}", told)


def _about(found: CaseFile, names: Names) -> Iterator[Line]:
    case, about = found.case, found.case.details
    yield Line(f"Trạng thái: {STATES[case.state][0]}" + (f" ({case.reason})" if case.reason else ""))
    yield Line(f"Đơn vị chủ trì: {names.unit(about.unit)}")
    if about.helping:
        yield Line(f"Đơn vị phối hợp: {', '.join(map(names.unit, about.helping))}")
    if about.themes:
        yield Line(f"Chủ đề: {', '.join(map(names.theme, about.themes))}")
    if about.task:
        yield Line(f"Nhiệm vụ trong kế hoạch: {about.task}")
    yield Line(f"Mở lúc {names.at(case.opened_at)}, {names.who(case.opened_by)}")
    yield Line(f"Hạn trả lời: {names.at(case.due_at)}" if case.due_at else "Hạn trả lời: hồ sơ của tỉnh không đặt")


def article_line(each: Listed, names: Names) -> Line:
    under = [Line(each.url), Line(f"{each.outlet}; đăng: {names.at(each.published)}; thu được: {names.at(each.seen)}")]
    under.append(Line(f"Số bản (mỗi lần chữ đổi là một bản): {each.revisions}"))
    under += [Line(f"SHA-256 của trang đã nhận: {page}") for page in each.pages]
    under += [Line(told) for told in (each.withdrawn, each.missing) if told]
    return Line(f"{each.number}. {each.title[:_LONG] or '(không có tiêu đề)'}", each.files, tuple(under))


def _claim(found: CaseFile, claim: Claim, names: Names) -> Line:
    said = VERDICTS[claim.verdict] if claim.verdict else "chưa kết luận"
    under = [Line(f"Trích từ {claim.url}, {revisions(claim)}")]
    if claim.marked_at:
        under.append(Line(f"{names.who(claim.marked_by)} kết luận {names.at(claim.marked_at)}: {claim.why}"))
    under += [_exhibit(each) for each in found.exhibits if each.claim == claim.number]
    return Line(f"[#{claim.number}] “{claim.quote}”: {said}", (), tuple(under))


def revisions(claim: Claim) -> str:
    if claim.first == claim.revision:
        return f"bản {claim.revision}"
    return f"bản {claim.first} (bản đầu có câu này) đến bản {claim.revision} (bản mới nhất khi trích)"


def _exhibit(exhibit: Exhibit) -> Line:
    if exhibit.kind is ExhibitKind.FILE:
        return Line(f"Tệp: {exhibit.name} (SHA-256 {exhibit.value})", (exhibit_name(exhibit),))
    kind = "Liên kết" if exhibit.kind is ExhibitKind.LINK else "Văn bản"
    return Line(f"{kind}: {exhibit.name}: {exhibit.value}")


def exhibit_name(exhibit: Exhibit) -> str:
    """Its member of the packet: what people called it is in the index."""
    return f"exhibits/{exhibit.number:03d}.{_ending(exhibit.name)}"


def _statements(found: CaseFile, names: Names) -> Iterator[Line]:
    for draft in found.drafts:
        said = [Line(f"Tiêu đề: {draft.title}")] if draft.title else []
        said.append(Line(" ".join(unmarked(draft.text).split())))
        said += [
            Line(
                f"{'Phê duyệt' if each.approved else 'Trả lại'}: {names.who(each.by)}, {names.at(each.at)}"
                + (f" ({each.reason})" if each.reason else "")
            )
            for each in found.decisions
            if each.version == draft.version
        ]
        for issue in found.issues:
            if issue.version == draft.version:
                files = tuple(f"issues/{issue.number:02d}{ending}" for ending in issue.documents)
                said.append(Line(f"Phát hành {names.at(issue.at)}, nơi nhận: {issue.recipients}", files))
                if told := taken_back(issue, found.issues, names.at):
                    said.append(Line(told))
        files = tuple(statement_name(draft.version, language) for language in draft.wording.languages)
        yield Line(f"Bản {draft.version}, {names.who(draft.by)}, {names.at(draft.at)}", files, tuple(said))


def taken_back(issue: Issue, issues: Sequence[Issue], at: Callable[[datetime], str]) -> str:
    """What stands beside an issued statement in whatever leaves the screen; "": it holds."""
    if issue.retracted is None:
        return ""
    instead = standing(issues)
    named = f"; nay dùng lần phát hành {instead.number}" if instead else ""
    return f"ĐÃ THU HỒI {at(issue.retracted.at)}: {issue.retracted.why}{named}"


def statement_name(version: int, language: str) -> str:
    return f"statements/v{version:03d}-{language}.txt"


def _request(found: CaseFile, asked: Request, names: Names) -> Line:
    letter = f", công văn {asked.letter}" if asked.letter else ""
    under = [Line(f"Hỏi: {' '.join(asked.question.split())}"), Line(f"Hạn: {names.at(asked.due_at)}")]
    if asked.state is not RequestState.WAITING:
        ended = f"{_ENDED[asked.state]} {names.at(asked.ended_at)}, {names.who(asked.ended_by)}"
        under.append(Line(f"{ended}: {' '.join((asked.answer or asked.reason).split())}"))
    under += [
        Line(f"Tệp: {each.name} (SHA-256 {each.value})", (filed_name(each),))
        for each in found.filed
        if each.request == asked.number
    ]
    head = f"{asked.number}. {asked.unit_name}, {names.who(asked.asked_by)} hỏi {names.at(asked.asked_at)}{letter}"
    return Line(head, (), tuple(under))


def filed_name(filed: Filed) -> str:
    return f"requests/{filed.request:02d}-{filed.number:02d}.{_ending(filed.name)}"


def _ending(name: str) -> str:
    ending = name.rpartition(".")[2].lower()
    return ending if ending.isascii() and ending.isalnum() else "bin"


def _notes(found: CaseFile, names: Names) -> tuple[Line, ...]:
    return tuple(Line(f"{names.at(each.at)}, {names.who(each.by)}: {each.text}") for each in found.notes)


def _log(line: CaseLine, names: Names) -> Line:
    facts = [f"{name}: {line.facts[name][:_LONG]}" for name in _FACTS if line.facts.get(name)]
    articles = len(line.facts.get("articles", "").split())
    facts += [f"{articles} bài"] if articles else []
    said = f" ({'; '.join(facts)})" if facts else ""
    return Line(f"{names.at(line.at)}, {names.who(line.by)}: {_ACTS.get(line.act, line.act.value)}{said}")


# -- as a page, as text -----------------------------------------------------------------------------


def as_html(index: Index) -> str:
    title = html.escape(index.title)
    body = "".join(
        f"<h2>{html.escape(name)}</h2>\n<ul>\n{''.join(map(_html, lines))}</ul>\n" for name, lines in index.sections
    )
    return (
        f'<!doctype html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n{body}</body>\n</html>\n"
    )


def _html(line: Line) -> str:
    files = " ".join(f'<small>[<a href="{html.escape(name)}">{html.escape(name)}</a>]</small>' for name in line.files)
    under = f"\n<ul>\n{''.join(map(_html, line.under))}</ul>" if line.under else ""
    return f'<li class="x">{html.escape(line.text)} {files}{under}</li>\n'


def as_text(index: Index) -> str:
    parts = [index.title]
    for name, lines in index.sections:
        parts += ["", name.upper(), *(told for line in lines for told in _text(line, ""))]
    return "\n".join(parts) + "\n"


def _text(line: Line, before: str) -> Iterator[str]:
    files = f" [{', '.join(line.files)}]" if line.files else ""
    yield f"{before}- {line.text}{files}"
    for each in line.under:
        yield from _text(each, f"{before}  ")
