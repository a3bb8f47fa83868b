"""What of a case may leave the office: the coverage, the claims with the office's verdict, and what was issued. No name
of an officer, no draft, note, question to a unit, answer of one, evidence or log.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from diembao.core.case import CaseFile
from diembao.core.statement import Issue
from diembao.response import case_json
from diembao.response.packet_index import (
    VERDICTS,
    Index,
    Line,
    Listed,
    Names,
    article_line,
    revisions,
    statement_name,
    taken_back,
)
from diembao.response.statements import unmarked

_CASE: Final = ("number", "title", "opened_at", "claims", "statements")
_HEAD: Final = (
    "Hồ sơ dùng bên ngoài: bài báo, điểm báo chí nêu kèm kết luận, và những gì đã phát hành.",
    "Không có trong tệp này: dự thảo, ghi chú, trao đổi với đơn vị, chứng cứ nội bộ, nhật ký, tên cán bộ xử lý.",
)


def stripped(found: CaseFile) -> CaseFile:
    """The case with what may leave alone."""
    issued = {issue.version for issue in found.issues}
    return replace(
        found,
        notes=(),
        log=(),
        exhibits=(),
        decisions=(),
        requests=(),
        filed=(),
        drafts=tuple(replace(draft, by="") for draft in found.drafts if draft.version in issued),
        claims=tuple(replace(claim, by="", why="", marked_by="") for claim in found.claims),
        issues=tuple(_unsigned(issue) for issue in found.issues),
    )


def _unsigned(issue: Issue) -> Issue:
    back = issue.retracted
    return replace(issue, by="", retracted=replace(back, by="") if back else None)


def told(found: CaseFile, now: datetime) -> dict[str, Any]:
    """As data."""
    public = case_json.public(found, now)
    articles = [each.article_id for each in found.coverage]
    return {name: public[name] for name in _CASE} | {"articles": articles, "outside": True}


def index_outside(found: CaseFile, articles: Sequence[Listed], names: Names, head: Sequence[str]) -> Index:
    case = found.case
    sections = [
        ("Hồ sơ này", tuple(map(Line, (*_HEAD, *head)))),
        ("Vụ việc", (Line(f"Mở lúc {names.at(case.opened_at)}"),)),
        (f"Bài báo ({len(articles)})", tuple(article_line(each, names) for each in articles)),
        (f"Điểm báo chí nêu ({len(found.claims)})", tuple(_claims(found))),
        (f"Đã phát hành ({len(found.issues)} lần)", tuple(_issued(found, names))),
    ]
    lines = tuple((title, under or (Line("Không có."),)) for title, under in sections)
    return Index(f"Hồ sơ vụ việc {case.number}: {case.details.title}", lines)


def _claims(found: CaseFile) -> Iterator[Line]:
    for claim in found.claims:
        said = VERDICTS[claim.verdict] if claim.verdict else "chưa kết luận"
        under = (Line(f"Trích từ {claim.url}, {revisions(claim)}"),)
        yield Line(f"[#{claim.number}] “{claim.quote}”: {said}", (), under)


def _issued(found: CaseFile, names: Names) -> Iterator[Line]:
    drafts = {draft.version: draft for draft in found.drafts}
    for issue in found.issues:
        draft = drafts[issue.version]
        documents = tuple(f"issues/{issue.number:02d}{ending}" for ending in issue.documents)
        texts = tuple(statement_name(draft.version, language) for language in draft.wording.languages)
        told = taken_back(issue, found.issues, names.at)
        under = [Line(told)] if told else []
        under += [Line(f"Tiêu đề: {draft.title}")] if draft.title else []
        under += [Line(" ".join(unmarked(draft.text).split())), Line(f"Người cung cấp thông tin: {draft.speaker}")]
        yield Line(f"Phát hành {names.at(issue.at)}, nơi nhận: {issue.recipients}", documents + texts, tuple(under))
