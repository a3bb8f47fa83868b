"""Three whole cases on the demo newsroom's articles, by accounts of the six roles: a wrong claim, a story in four
languages, a criticism that is right. Each act is asked of the table of rights first, as screens and commands do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from demo.copydesk import pieces
from demo.piece import Piece
from diembao.api import casework
from diembao.api.rights import Act, NotAllowed, Standing, Visitor
from diembao.core.accounts import CONSOLE, Grant, NewAccount, Role
from diembao.core.article import Article, DateFrom, Kind, TextFrom, article_id
from diembao.core.case import MACHINE, Case, CaseFile, CaseState, Details
from diembao.core.desk import Opening, Origin, Outcome
from diembao.core.errors import WrongUse
from diembao.core.settings import load
from diembao.core.statement import Verdict
from diembao.pipeline.wiring import Installation, open_installation
from diembao.plan.answers import answers
from diembao.response import issuing
from diembao.response.acts import Actor
from diembao.response.cases import Desk, join
from diembao.response.claims import Claims
from diembao.response.statements import Leaving, Statements, Wording
from tests.parts import needs
from tests.response.test_desk_walk import on_server
from tests.store.making import NOW, judge, keep, label
from tests.store.server import running

UNIT = "so-nnmt"
ROLES = {
    "lan": Grant(Role.OFFICER),
    "minh": Grant(Role.APPROVER),
    "hoa": Grant(Role.UNIT_OFFICER, "", UNIT),
    "nga": Grant(Role.FOREIGN_AFFAIRS, "", "so-ngoai-vu"),
    "xem": Grant(Role.VIEWER),
    "an": Grant(Role.ADMINISTRATOR),
}
S = CaseState


@dataclass
class Office:
    house: Installation
    people: dict[str, Visitor] = field(default_factory=dict)
    hours: int = 0

    def __post_init__(self) -> None:
        self.desk = Desk(self.house.store, self.house.profile)
        self.claims, self.statements = Claims(self.house.store), Statements(self.house.store, answers())
        for name, grant in ROLES.items():
            number = self.house.store.add_account(NewAccount(name, name, name.title(), (grant,)), by=CONSOLE, now=NOW)
            self.people[name] = Visitor(
                f"person:{number}", f"session:{number}", (Standing.SIGNED_IN,), (grant,), number, name
            )

    def may(self, name: str, act: Act, number: str) -> Actor:
        self.hours += 1
        now = NOW + timedelta(hours=self.hours)
        return casework.acting(self.house, self.people[name], act, number, now)

    def hand(self, name: str) -> Actor:
        return Actor(self.people[name].actor, NOW, self.people[name].where)

    def publish(self, story: str, *wanted: Piece) -> list[str]:
        """Collected, judged and grouped; new coverage joins the cases that follow the story."""
        made = [_article(piece) for piece in wanted]
        keep(self.house.store, *made)
        for article in made:
            slug = article.url.rpartition("/")[2]
            judge(self.house.store, slug, label(slug, Kind.STORY, story, by="model:t"))
        ids = [article.id for article in made]
        with self.house.store.writing() as write:
            join(self.house.store, write, ids, NOW)
        return ids

    def file(self, number: str) -> CaseFile:
        found = self.house.store.case_file(number)
        assert found is not None
        return found

    def move(
        self, name: str, number: str, *states: CaseState, reason: str = "", outcome: Outcome | None = None
    ) -> Case:
        case = self.file(number).case
        for state in states:
            by = self.may(name, Act.WORK_CASE, number)
            case = self.desk.move(case, state, by, reason=reason, outcome=outcome)
        return case

    def marked(self, name: str, number: str, item: str, sentence: str, verdict: Verdict, why: str) -> int:
        claim = self.claims.quote(number, item, sentence, self.may(name, Act.WORK_CASE, number)).number
        self.claims.attach_document(number, claim, "45/BC-ĐKT", why, self.may(name, Act.WORK_CASE, number))
        self.claims.mark(number, claim, verdict, why, self.may(name, Act.MARK_CLAIM, number))
        return claim

    def issue(self, number: str, to: str) -> dict[str, bytes]:
        by, leaving = self.may("lan", Act.ISSUE_ANSWER, number), Leaving("written", to)
        case = self.file(number).case
        made = issuing.of_case(self.house.store, self.house.profile, answers(), case, leaving, now=by.now)
        made.pop(".pdf", None)
        self.statements.issue(case, leaving, made, by)
        return made


def _article(piece: Piece) -> Article:
    """As written; days are not filled in."""
    url = f"https://bao-mau.example/{piece.slug}"
    body = "\n".join(piece.words.body)
    words = (piece.words.title, piece.words.lead or "", body, TextFrom.PAGE, piece.language)
    return Article(article_id(url), url, piece.outlet, *words, NOW, DateFrom.JSON_LD, NOW)


def piece(slug: str) -> Piece:
    return next(each for each in pieces() if each.slug == slug)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=needs("postgresql"))])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    settings = load(tmp_path)
    if request.param == "postgresql":
        settings = on_server(settings, running().make("whole"))
    with open_installation(settings) as house:
        yield Office(house)


def test_a_wrong_claim_is_answered_in_two_languages_and_corrected(office: Office) -> None:
    wrong = piece("dam-de-gi-ca-chet-nghi-do-nha-may-song-vinh-xa-thai")
    (item,) = office.publish("de-gi", wrong)
    details = Details("Cá chết ở đầm Đề Gi", UNIT, people=(office.people["hoa"].actor,))
    number = office.desk.open(details, [item], office.hand("lan")).number
    office.publish("de-gi", piece("nha-may-thuy-san-xa-trom-ca-chet-trang-dam-de-gi"))
    assert sorted(each.by == MACHINE for each in office.file(number).coverage) == [False, True]
    office.move("hoa", number, S.TAKEN, S.VERIFYING)
    sentence = next(each for each in wrong.words.body if "2.000 m³" in each).partition(". ")[0]
    why = "Nhà máy dừng sản xuất 11 ngày trước; cửa xả niêm phong"
    claim = office.marked("hoa", number, item, sentence, Verdict.INACCURATE, why)
    by, reads = office.may("hoa", Act.WORK_CASE, number), partial(casework.reads, office.house)
    office.desk.note(number, "Có kết quả mẫu nước, nhờ @lan và @minh xem.", by, reads=reads)
    assert office.house.store.mentions_of(office.people["minh"].actor)[0] == 1
    office.move("hoa", number, S.DRAFTING)
    text, other = f"Nhà máy không xả thải. [#{claim}]", f"The plant discharged nothing. [#{claim}]"
    wording = Wording(
        text,
        "written",
        "Ông Trần Văn Bình, Phó Giám đốc Sở",
        {"en": other},
        "Kết quả kiểm tra nước thải ở đầm Đề Gi",
        {"en": "Waste water at De Gi lagoon: what was found"},
        {"en": "Tran Van Binh, deputy director"},
    )
    office.statements.save(number, wording, office.may("lan", Act.DRAFT_ANSWER, number), based_on=0)
    case = office.move("lan", number, S.APPROVAL)
    for name in ("lan", "hoa", "nga", "xem", "an"):
        with pytest.raises(NotAllowed):
            office.may(name, Act.APPROVE_ANSWER, number)
    office.statements.approve(case, 1, office.may("minh", Act.APPROVE_ANSWER, number))
    made = office.issue(number, "Toàn Cảnh Ngày; Góc Phố")
    assert "The plant discharged nothing.\n" in made[".txt"].decode()
    assert "Nhà máy không xả thải.\n" in made[".txt"].decode()
    office.move("lan", number, S.FOLLOWED)
    case = office.move("lan", number, S.CLOSED, reason="Góc Phố đã đính chính", outcome=Outcome.CORRECTED)
    assert (case.state, case.outcome) == (S.CLOSED, Outcome.CORRECTED)
    assert office.house.store.check_audit().broken is None


def test_a_story_in_four_languages_is_one_case_of_foreign_affairs(office: Office) -> None:
    story = {each.language: each for each in pieces() if each.story == "bay-charter"}
    assert {"vi", "en", "ko", "ru"} <= set(story)
    first = office.publish("bay-charter", story["en"])
    number = office.desk.open(
        Details("Đường bay thuê chuyến", "so-ngoai-vu"), first, office.hand("nga"), opening=Opening(Origin.STORY)
    ).number
    office.publish("bay-charter", story["vi"], story["ko"], story["ru"])
    found = office.file(number)
    assert (len(found.coverage), found.case.origin) == (4, Origin.STORY)
    with pytest.raises(NotAllowed):  # another unit's
        office.may("hoa", Act.WORK_CASE, number)
    office.move("nga", number, S.TAKEN, S.VERIFYING)
    items = office.house.store.articles([each.article_id for each in found.coverage])
    claims = {
        item.article.language: office.marked(
            "nga", number, item.article.id, item.article.title, Verdict.INCOMPLETE, "Thiếu ngày"
        )
        for item in items
    }
    assert sorted(claims.values()) == [1, 2, 3, 4]
    office.desk.note(number, "Đã hỏi cảng hàng không.", office.may("nga", Act.WORK_CASE, number))
    office.move("nga", number, S.DRAFTING)
    others = {language: f"Statement {language}. [#{claims[language]}]" for language in ("en", "ko", "ru")}
    wording = Wording(
        f"Sở thông tin. [#{claims['vi']}]", "portal", "Giám đốc Sở Ngoại vụ", others, "Thông tin", others, others
    )
    office.statements.save(number, wording, office.may("nga", Act.DRAFT_ANSWER, number), based_on=0)
    case = office.move("nga", number, S.APPROVAL)
    office.statements.approve(case, 1, office.may("minh", Act.APPROVE_ANSWER, number))
    made = office.issue(number, "Cổng thông tin điện tử tỉnh")
    told = made[".html"].decode()
    assert [f'lang="{language}"' in told for language in ("vi", "en", "ko", "ru")] == [True] * 4
    office.move("lan", number, S.FOLLOWED)
    case = office.move("lan", number, S.CLOSED, reason="Các báo đã đưa", outcome=Outcome.CLARIFIED)
    assert case.outcome is Outcome.CLARIFIED


def test_a_criticism_that_is_right_is_admitted_and_repaired(office: Office) -> None:
    right = piece("nguoi-dan-phan-nan-khong-nhan-duoc-tin-xa-lu")
    (item,) = office.publish("xa-lu", right)
    opening = Opening(Origin.PHONE, "Ban biên tập gọi hỏi vì sao dân không nhận được tin báo xả lũ.")
    number = office.desk.open(Details("Tin báo xả lũ đến chậm", UNIT), [], office.hand("lan"), opening=opening).number
    office.desk.add(number, [item], office.may("lan", Act.WORK_CASE, number))
    office.move("lan", number, S.TAKEN, S.VERIFYING)
    sentence = right.words.body[0].partition(". ")[0]
    claim = office.marked("hoa", number, item, sentence, Verdict.ACCURATE, "Tin nhắn gửi chậm 75 phút do lỗi danh bạ")
    office.desk.note(number, "Đã xem nhật ký gửi tin.", office.may("hoa", Act.WORK_CASE, number))
    office.move("lan", number, S.DRAFTING)
    wording = Wording(
        f"Sở nhận thiếu sót và đã sửa danh bạ. [#{claim}]", "written", "Giám đốc Sở", title="Sở nhận thiếu sót"
    )
    office.statements.save(number, wording, office.may("hoa", Act.DRAFT_ANSWER, number), based_on=0)
    case = office.move("hoa", number, S.APPROVAL)
    office.statements.approve(case, 1, office.may("minh", Act.APPROVE_ANSWER, number))
    office.issue(number, "Báo chí đã hỏi")
    case = office.move("lan", number, S.FOLLOWED)
    with pytest.raises(WrongUse, match="Chưa chọn kết quả"):
        office.move("lan", number, S.CLOSED, reason="Đã sửa danh bạ, thử lại đạt")
    case = office.move("lan", number, S.CLOSED, reason="Đã sửa danh bạ, thử lại đạt", outcome=Outcome.REPAIRED)
    assert (case.outcome, case.reason) == (Outcome.REPAIRED, "Đã sửa danh bạ, thử lại đạt")
    (marked,) = office.file(number).claims
    assert (marked.verdict, marked.marked_by) == (Verdict.ACCURATE, office.people["hoa"].actor)
