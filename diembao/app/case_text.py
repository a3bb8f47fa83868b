"""Cases as text for a person at the command line: names instead of ids, the province's own time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from diembao.core.accounts import number_of
from diembao.core.case import MACHINE, Act, Case, CaseFile, CaseLine, CaseState
from diembao.core.desk import Outcome
from diembao.core.requests import Request, RequestStatus
from diembao.core.statement import Claim, Verdict
from diembao.pipeline.wiring import Installation
from diembao.plan.answers import answers
from diembao.response import titles
from diembao.response.moves import NAMES, OUTCOMES
from diembao.response.packet_index import revisions
from diembao.response.statements import NAMES as LANGUAGES

_ACTS: Final = {
    Act.OPENED: "mở vụ việc",
    Act.NOTED: "ghi chú",
    Act.SEEN: "đã xem lời nhắc",
    Act.ADDED: "thêm {n} bài",
    Act.REMOVED: "gỡ {n} bài",
    Act.JOINED: "{n} bài cùng chuyện tự vào vụ việc",
    Act.DRAFTED: "ghi bản {version} của dự thảo",
    Act.MOVED: "chuyển sang {state}",
    Act.CHANGED: "sửa {what}",
    Act.CLAIMED: "trích điểm {claim}",
    Act.ATTACHED: "đính kèm chứng cứ cho điểm {claim}",
    Act.MARKED: "kết luận điểm {claim}: {verdict}",
    Act.APPROVED: "phê duyệt bản {version}",
    Act.ISSUED: "phát hành bản {version}, nơi nhận: {recipients}",
    Act.RETRACTED: "thu hồi lần phát hành {issue}: {reason}",
    Act.ASKED: "hỏi {unit}",
    Act.REMINDED: "nhắc {unit}",
    Act.ANSWERED: "ghi trả lời của {unit}",
    Act.WITHDRAWN: "rút lại yêu cầu gửi {unit}",
    Act.LINKED: "đổi hoặc thu hồi liên kết gửi {unit}",
    Act.WARNED: "báo hạn",
}
_FIELDS: Final = {
    "title": "tên",
    "unit": "đơn vị chủ trì",
    "helping": "đơn vị phối hợp",
    "task": "nhiệm vụ",
    "priority": "mức ưu tiên",
    "themes": "chủ đề",
    "people": "người phụ trách",
}
VERDICTS: Final = {
    Verdict.ACCURATE: "chính xác",
    Verdict.INACCURATE: "không chính xác",
    Verdict.INCOMPLETE: "chưa đầy đủ",
    Verdict.UNVERIFIABLE: "không xác minh được",
}
STATUSES: Final = {
    RequestStatus.WAITING: "chờ trả lời",
    RequestStatus.LATE: "TRỄ HẠN",
    RequestStatus.ANSWERED: "đã trả lời",
    RequestStatus.WITHDRAWN: "đã rút lại",
}
_PRIORITIES: Final = {"urgent": "khẩn", "high": "cao", "normal": "thường"}


def told(house: Installation, case: Case, now: datetime) -> str:
    """One case in two lines."""
    due = _due(house, case.due_at) if case.due_at and not case.state.answered else ""
    parts = [
        case.number,
        NAMES[case.state][0],
        _unit(house, case.details.unit),
        f"{due} (TRỄ)" if case.late(now) else due,
        f"{case.articles} bài",
    ]
    return f"{' · '.join(part for part in parts if part)}\n    {case.details.title}"


def all_of(house: Installation, found: CaseFile, now: datetime) -> str:
    lines = [told(house, found.case, now)]
    lines += _about(house, found, now)
    if found.case.details.helping:
        lines.append(f"  phối hợp: {', '.join(_unit(house, unit) for unit in found.case.details.helping)}")
    lines += _coverage(house, found)
    lines += [f"  {_time(house, each.at)} · {_who(house, each.by)}: {each.text}" for each in found.notes]
    lines += [_claim(house, found, each) for each in found.claims]
    lines += [_request(house, each, now) for each in found.requests]
    lines += _statement(house, found)
    return "\n".join([*lines, "  nhật ký:", *(f"    {_line(house, line)}" for line in found.log)])


def _statement(house: Installation, found: CaseFile) -> Iterator[str]:
    """The newest version whole: whoever approves it here approves every language of it."""
    draft = found.draft
    if draft is None:
        return
    known = answers(house.plan_folder, house.profile).forms.get(draft.form)
    form = known.name if known else draft.form or "chưa chọn hình thức"
    yield f"  dự thảo, bản {draft.version} · {_who(house, draft.by)} · {form}"
    for language in draft.wording.languages:
        said = draft.wording.said(language)
        yield f"  {LANGUAGES[language]} · {said.title or 'chưa có tiêu đề'}"
        yield f"  người phát ngôn: {said.speaker or 'chưa ghi'}\n{said.text or '(chưa có chữ)'}"
    yield from (f"  xem lại: {each}" for each in titles.warnings(house.store, found))


def _about(house: Installation, found: CaseFile, now: datetime) -> Sequence[str]:
    """Its task (an expired one says so), who has it in hand, what came of it."""
    case, year = found.case, now.astimezone(ZoneInfo(house.profile.timezone)).year
    task = next((each for each in house.profile.tasks if each.number == case.details.task), None)
    people = dict.fromkeys(filter(None, (case.holder, *case.details.people)))
    over = f" (hết hạn năm {task.end})" if task and task.expired(year) else ""
    told = {
        "nhiệm vụ": f"{task.number}. {task.title}{over}" if task else "",
        "phụ trách": ", ".join(_who(house, each) for each in people),
        "kết quả": f"{OUTCOMES[case.outcome][0]}: {case.reason}" if case.outcome else "",
    }
    return [f"  {name}: {text}" for name, text in told.items() if text]


def _claim(house: Installation, found: CaseFile, claim: Claim) -> str:
    said = VERDICTS[claim.verdict] if claim.verdict else "chưa kết luận"
    who = f", {_who(house, claim.marked_by)}: {claim.why}" if claim.marked_by else ""
    its = [f"      {x.kind.value} {x.number}: {x.name} {x.value}" for x in found.exhibits if x.claim == claim.number]
    return "\n".join([f"  [#{claim.number}] “{claim.quote}” ({said}{who}); {revisions(claim)}", *its])


def _request(house: Installation, each: Request, now: datetime) -> str:
    told = [
        f"hỏi {each.unit_name} {_time(house, each.asked_at)}: {each.question}",
        STATUSES[each.status(now)],
        f"hạn {_time(house, each.due_at)}" if each.due_at else "",
        f"đã nhắc {each.reminders} lần" if each.reminders else "",
    ]
    answer = f"\n      {each.answer}" if each.answer else ""
    return f"  {' · '.join(part for part in told if part)}{answer}"


def _coverage(house: Installation, found: CaseFile) -> Sequence[str]:
    items = {item.article.id: item.article for item in house.store.rows([x.article_id for x in found.coverage])}
    return [
        f"  bài {each.article_id} · {_who(house, each.by)} thêm {_time(house, each.at)}"
        + (f" · {items[each.article_id].title}" if each.article_id in items else "")
        for each in found.by_time
    ]


def _line(house: Installation, line: CaseLine) -> str:
    facts = line.facts
    where = " (dòng lệnh)" if facts.get("where") else ""
    said = _ACTS[line.act].format(
        n=len(facts.get("articles", "").split()),
        version=facts.get("version", ""),
        claim=facts.get("claim", ""),
        verdict=VERDICTS[Verdict(facts["verdict"])] if "verdict" in facts else "",
        recipients=facts.get("recipients", ""),
        unit=_unit(house, facts["unit"]) if "unit" in facts else "",
        state=_state(facts) if "to" in facts else "",
        what="; ".join(f"{_FIELDS[name]}: {_change(house, name, facts[name])}" for name in facts if name in _FIELDS),
    )
    reason = f" ({facts['reason']})" if facts.get("reason") else ""
    return f"{_time(house, line.at)} · {_who(house, line.by)}{where}: {said}{reason}"


def _state(facts: Mapping[str, str]) -> str:
    state = NAMES[CaseState(facts["to"])][0]
    return f"{state}: {OUTCOMES[Outcome(facts['outcome'])][0]}" if "outcome" in facts else state


def _change(house: Installation, name: str, change: str) -> str:
    old, arrow, new = change.partition(" → ")
    if name == "priority":
        return f"{_PRIORITIES.get(old, old)}{arrow}{_PRIORITIES.get(new, new)}"
    if name in {"unit", "helping"}:
        return arrow.join(", ".join(_unit(house, unit) for unit in side.split()) or "∅" for side in (old, new))
    return change


def _unit(house: Installation, unit: str) -> str:
    known = house.profile.units.get(unit)
    return known.name if known else unit


def _who(house: Installation, by: str) -> str:
    if by == MACHINE:
        return "máy"
    if by == "person:local":
        return "người dùng máy này"
    number = number_of(by)
    account = house.store.account(number) if number is not None else None
    return (account.shown if account else "") or by.removeprefix("person:")


def _due(house: Installation, at: datetime) -> str:
    """Midnight is said as the day that it ends."""
    there = at.astimezone(ZoneInfo(house.profile.timezone))
    if (there.hour, there.minute) == (0, 0):
        return f"hạn hết ngày {there - timedelta(days=1):%d/%m/%Y}"
    return f"hạn {there:%d/%m/%Y %H:%M}"


def _time(house: Installation, at: datetime) -> str:
    return f"{at.astimezone(ZoneInfo(house.profile.timezone)):%d/%m/%Y %H:%M}"
