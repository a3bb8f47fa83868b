"""What every store promises of claims, evidence, approval and issue, seen from the rooms that keep their rules."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest

from diembao.core.case import Act, Case, CaseState
from diembao.core.desk import Outcome
from diembao.core.errors import Outdated, WrongUse
from diembao.core.ports import Store
from diembao.core.statement import Claim, ExhibitKind, Verdict
from diembao.plan.answers import answers
from diembao.response.claims import Claims
from diembao.response.statements import Leaving, Statements, Wording, answered, approved
from tests.store.casework import WASTE, by, desk, drafting, whole
from tests.store.making import article, id_of, keep, later

LAN, MINH, HOA = "person:1", "person:2", "person:3"
SENTENCE = "tàu a cập cảng Quy Nhơn với hơn hai nghìn tấn hàng"
PDF = b"%PDF-1.7\n" + b"bien ban " * 400
READY = Wording(
    "Cảng đón tàu đúng hẹn. [#1]",
    "written",
    "Giám đốc Cảng",
    {"en": "The ship came on time. [#1]"},
    "Cảng Quy Nhơn đón tàu đúng hẹn",
    {"en": "Quy Nhon port took the ship in on time"},
    {"en": "Director of the port"},
)
LEAVING = Leaving("written", "Báo Gia Lai; Cổng thông tin điện tử tỉnh", 5)
PAPERS = {".docx": b"docx", ".txt": b"Noi dung"}


def claims(store: Store) -> Claims:
    return Claims(store)


def statements(store: Store) -> Statements:
    return Statements(store, answers())


def quoted(store: Store) -> tuple[Case, Claim]:
    """A case being drafted about an article of which a sentence is quoted."""
    case = drafting(store, desk(store).open(WASTE, [id_of("a")], by(LAN)))
    return case, claims(store).quote(case.number, id_of("a"), SENTENCE, by(LAN))


def handed_in(store: Store, *, wording: Wording = READY) -> Case:
    """A case whose statement, by Lan, awaits approval."""
    case, claim = quoted(store)
    claims(store).attach_document(case.number, claim.number, "12/BC-CQN", "Nhật ký cảng", by(LAN))
    claims(store).mark(case.number, claim.number, Verdict.INCOMPLETE, "Thiếu giờ cập cảng", by(LAN))
    statements(store).save(case.number, wording, by(LAN), based_on=0)
    return desk(store).move(case, CaseState.APPROVAL, by(LAN))


class ClaimsContract:
    def test_a_claim_is_quoted_with_its_place(self, two: Store) -> None:
        case, claim = quoted(two)
        (found,) = whole(two, case).claims
        assert found == claim
        assert (found.number, found.quote, found.revision) == (1, SENTENCE, 1)
        assert (found.article_id, found.url) == (id_of("a"), article("a").url)
        assert (found.verdict, found.by) == (None, LAN)
        assert whole(two, case).log[-1].facts["claim"] == "1"

    def test_a_sentence_of_another_article_of_the_case_is_refused_with_that_article(self, two: Store) -> None:
        case, _ = quoted(two)
        desk(two).add(case.number, [id_of("b")], by(LAN))
        title = article("b").title
        with pytest.raises(WrongUse, match=f"Câu này không có nguyên văn.*mà ở bài “{title}”"):
            claims(two).quote(case.number, id_of("a"), "tàu b cập cảng Quy Nhơn", by(LAN))

    def test_a_claim_names_the_revision_that_brought_its_words_and_the_newest_that_has_them(self, two: Store) -> None:
        case, _ = quoted(two)
        for n, title in enumerate(("Cảng nói lại", "Cảng nói lại lần nữa")):
            keep(two, article("a", title=title, seen_at=later(hours=n + 1)))
        claim = claims(two).quote(case.number, id_of("a"), SENTENCE, by(LAN))
        assert (claim.first, claim.revision) == (1, 3)
        assert claims(two).quote(case.number, id_of("a"), "Cảng nói lại lần nữa", by(LAN)).first == 3
        assert [(each.first, each.revision) for each in whole(two, case).claims] == [(1, 1), (1, 3), (3, 3)]

    @pytest.mark.parametrize(
        ("slug", "sentence", "why"),
        [
            ("a", "tàu a không cập cảng", "Câu này không có nguyên văn"),
            ("a", "  ", "Thiếu câu trích"),
            ("a", "tàu " * 600, "Quá dài"),
            ("b", "tàu b cập cảng Quy Nhơn", "Bài này không có trong vụ việc"),
            ("z", "x", "Câu này không có nguyên văn"),
        ],
    )
    def test_what_nobody_wrote_there_is_no_claim(self, two: Store, slug: str, sentence: str, why: str) -> None:
        case = desk(two).open(WASTE, [id_of("a")], by())
        with pytest.raises(WrongUse, match=why):
            claims(two).quote(case.number, id_of(slug), sentence, by())
        assert whole(two, case).claims == ()

    def test_no_verdict_without_evidence_and_a_name(self, two: Store) -> None:
        case, claim = quoted(two)
        with pytest.raises(WrongUse, match="chưa có chứng cứ"):
            claims(two).mark(case.number, 1, Verdict.INACCURATE, "Sai giờ", by(LAN))
        claims(two).attach_link(case.number, 1, "https://cang.example/nhat-ky", "Nhật ký", by(LAN))
        with pytest.raises(WrongUse, match="đứng tên mình"):
            claims(two).mark(case.number, 1, Verdict.INACCURATE, "Sai giờ", by("person:local"))
        with pytest.raises(WrongUse, match="Thiếu lý do"):
            claims(two).mark(case.number, 1, Verdict.INACCURATE, " ", by(LAN))
        claims(two).mark(case.number, 1, Verdict.INACCURATE, "Sai giờ", by(LAN))
        claims(two).mark(case.number, 1, Verdict.ACCURATE, "Xem lại: đúng", by(MINH, hours=1))
        (found,) = whole(two, case).claims
        assert (found.verdict, found.marked_by, found.quote) == (Verdict.ACCURATE, MINH, claim.quote)
        marked = [line.facts for line in whole(two, case).log if line.act is Act.MARKED]
        assert [(each["before"], each["verdict"]) for each in marked] == [
            ("", "inaccurate"),
            ("inaccurate", "accurate"),
        ]

    def test_a_file_is_kept_once_under_its_hash_and_given_back_to_its_case_only(self, two: Store) -> None:
        case, _ = quoted(two)
        other = desk(two).open(replace(WASTE, title="Vụ khác"), [], by())
        for _ in range(2):
            exhibit = claims(two).attach_file(case.number, 1, "../biên bản.pdf", PDF, by(LAN))
        assert (exhibit.number, exhibit.kind, exhibit.name) == (2, ExhibitKind.FILE, "biên bản.pdf")
        assert (exhibit.value, exhibit.size) == (hashlib.sha256(PDF).hexdigest(), len(PDF))
        assert claims(two).exhibit_file(case.number, 2) == (whole(two, case).exhibits[1], PDF)
        assert claims(two).exhibit_file(other.number, 2) is None
        assert claims(two).exhibit_file(case.number, 9) is None

    @pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://a/b", "//a", "https://", "https://me@a/", "a b"])
    def test_a_link_is_an_address_of_a_page(self, two: Store, address: str) -> None:
        case, _ = quoted(two)
        with pytest.raises(WrongUse, match="Liên kết"):
            claims(two).attach_link(case.number, 1, address, "", by(LAN))

    def test_nothing_is_attached_to_no_claim_or_to_an_ended_case(self, two: Store) -> None:
        case, _ = quoted(two)
        with pytest.raises(WrongUse, match="không có điểm 2"):
            claims(two).attach_document(case.number, 2, "1/QĐ", "Quyết định", by(LAN))
        desk(two).move(case, CaseState.CLOSED, by(LAN), reason="Xong", outcome=Outcome.LAPSED)
        with pytest.raises(WrongUse, match="đã đóng"):
            claims(two).attach_document(case.number, 1, "1/QĐ", "Quyết định", by(LAN))


class StatementsContract:
    def test_a_statement_keeps_its_languages_form_and_speaker(self, two: Store) -> None:
        case, _ = quoted(two)
        assert statements(two).save(case.number, READY, by(LAN), based_on=0) == 1
        draft = whole(two, case).draft
        assert draft is not None
        assert draft.wording == READY
        assert answered(draft) == (1,)

    @pytest.mark.parametrize(
        ("wording", "sentence"),
        [
            (replace(READY, form="facebook"), "Không có hình thức"),
            (replace(READY, others={"xx": "?"}), "Không soạn bằng tiếng"),
            (replace(READY, speaker="x" * 201), "Quá dài: người phát ngôn"),
            (replace(READY, title="x" * 301), "Quá dài: tiêu đề"),
            (replace(READY, titles={"xx": "?"}), "Không soạn bằng tiếng"),
            (replace(READY, text=" "), "Thiếu dự thảo"),
        ],
    )
    def test_what_cannot_be_written_is_refused(self, two: Store, wording: Wording, sentence: str) -> None:
        case, _ = quoted(two)
        with pytest.raises(WrongUse, match=sentence):
            statements(two).save(case.number, wording, by(LAN), based_on=0)

    @pytest.mark.parametrize(
        ("wording", "sentence"),
        [
            (None, "Chưa có dự thảo"),
            (replace(READY, form=""), "chưa chọn hình thức"),
            (replace(READY, speaker=""), "chưa ghi ai phát ngôn"),
            (replace(READY, title=""), "chưa có tiêu đề của riêng nó"),
            (replace(READY, titles={}), "Bản English còn thiếu: tiêu đề"),
            (replace(READY, others={}), "Bản English còn thiếu: nội dung"),
            (replace(READY, speakers={"en": " "}), "Bản English còn thiếu: người phát ngôn"),
            (replace(READY, titles={**READY.titles, "lo": "ຫົວຂໍ້"}), "Bản ພາສາລາວ còn thiếu: nội dung, người phát ngôn"),
            (replace(READY, text="⟦người phát ngôn⟧ cho biết:"), "Bản Tiếng Việt còn chỗ chưa điền: ⟦người phát ngôn⟧"),
            (replace(READY, others={"en": "About ⟦title⟧. [#1]"}), "Bản English còn chỗ chưa điền: ⟦title⟧"),
            (replace(READY, titles={"en": "A port ⟧"}), "Bản English còn chỗ chưa điền: ⟧"),
            (replace(READY, text="Đúng hẹn. [#7]", others={"en": "In time."}), "không có điểm ấy"),
            (READY, "Điểm 1 chưa có kết luận"),
        ],
    )
    def test_what_is_missing_for_approval_is_said(self, two: Store, wording: Wording | None, sentence: str) -> None:
        case, _ = quoted(two)
        if wording:
            statements(two).save(case.number, wording, by(LAN), based_on=0)
        with pytest.raises(WrongUse, match=sentence):
            desk(two).move(case, CaseState.APPROVAL, by(LAN))

    def test_a_second_person_approves_and_no_author_of_any_version(self, two: Store) -> None:
        case, _ = quoted(two)
        statements(two).save(case.number, replace(READY, text="Một"), by(LAN), based_on=0)
        statements(two).save(
            case.number, replace(READY, text="Hai", others={}, titles={}, speakers={}), by(MINH), based_on=1
        )
        case = desk(two).move(case, CaseState.APPROVAL, by(HOA))
        for author in (LAN, MINH):
            with pytest.raises(WrongUse, match="không tự phê duyệt"):
                statements(two).approve(case, 2, by(author))
        with pytest.raises(WrongUse, match="cần một tài khoản"):
            statements(two).approve(case, 2, by("person:local"))
        with pytest.raises(Outdated):
            statements(two).approve(case, 1, by(HOA))
        found = statements(two).approve(case, 2, by(HOA))
        assert (found.approved, found.state) == (2, CaseState.APPROVAL)
        assert approved(whole(two, case))
        with pytest.raises(WrongUse, match="đã được phê duyệt"):
            statements(two).approve(found, 2, by("person:4"))
        assert [(x.version, x.approved, x.by) for x in whole(two, case).decisions] == [(2, True, HOA)]

    def test_of_two_who_approve_at_the_same_second_one_is_told(self, two: Store) -> None:
        case, together = handed_in(two), Barrier(2)

        def approving(who: str) -> str:
            together.wait(30)
            try:
                statements(two).approve(case, 1, by(who))
            except Outdated:
                return "told"
            return "done"

        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(approving, [MINH, HOA])) == ["done", "told"]
        assert len(whole(two, case).decisions) == 1

    def test_a_change_after_approval_needs_approval_again(self, two: Store) -> None:
        case = statements(two).approve(handed_in(two), 1, by(MINH))
        with pytest.raises(WrongUse, match="chờ phê duyệt"):
            statements(two).save(case.number, READY, by(LAN), based_on=1)
        with pytest.raises(WrongUse, match="rests on these"):
            claims(two).mark(case.number, 1, Verdict.ACCURATE, "Đổi ý", by(LAN))
        case = desk(two).change(case, replace(case.details, title="Tên khác"), by(LAN))
        assert case.approved == 0
        with pytest.raises(WrongUse, match="Chưa có người thứ hai"):
            statements(two).issue(case, LEAVING, PAPERS, by(LAN))
        case = statements(two).approve(case, 1, by(MINH))
        back = desk(two).move(case, CaseState.DRAFTING, by(LAN), reason="Sửa số liệu")
        again = desk(two).move(back, CaseState.APPROVAL, by(LAN))
        assert (back.approved, again.approved) == (0, 0)
        assert [x.approved for x in whole(two, case).decisions] == [True, True, False]

    def test_an_issue_keeps_its_documents_channel_recipients_and_time(self, two: Store) -> None:
        case = statements(two).approve(handed_in(two), 1, by(MINH))
        issue = statements(two).issue(case, LEAVING, PAPERS, by(LAN, hours=2))
        found = whole(two, case)
        assert (found.case.state, found.issues) == (CaseState.ISSUED, (issue,))
        assert (issue.number, issue.version, issue.channel, issue.recipients) == (1, 1, "written", LEAVING.recipients)
        assert (issue.at, issue.registered) == (later(hours=2), 5)
        assert statements(two).document(case.number, 1, ".docx") == b"docx"
        assert statements(two).document(case.number, 1, ".exe") is None
        assert statements(two).document(case.number, 2, ".docx") is None
        assert found.log[-1].facts["channel"] == "written"

    @pytest.mark.parametrize(
        ("leaving", "sentence"),
        [
            (replace(LEAVING, channel="fax"), "Không có hình thức"),
            (replace(LEAVING, recipients=" "), "Thiếu nơi nhận"),
            (replace(LEAVING, registered=0), "Số văn bản"),
        ],
    )
    def test_nothing_leaves_without_channel_and_recipients(self, two: Store, leaving: Leaving, sentence: str) -> None:
        case = statements(two).approve(handed_in(two), 1, by(MINH))
        with pytest.raises(WrongUse, match=sentence):
            statements(two).issue(case, leaving, PAPERS, by(LAN))
        assert whole(two, case).issues == ()

    def test_a_case_goes_to_its_end_and_a_further_answer_is_approved_anew(self, two: Store) -> None:
        case = statements(two).approve(handed_in(two), 1, by(MINH))
        statements(two).issue(case, LEAVING, PAPERS, by(LAN))
        case = desk(two).move(whole(two, case).case, CaseState.FOLLOWED, by(LAN))
        case = desk(two).move(case, CaseState.DRAFTING, by(LAN), reason="Báo hỏi thêm")
        with pytest.raises(WrongUse, match="không chờ phê duyệt"):
            statements(two).issue(case, LEAVING, PAPERS, by(LAN))
        statements(two).save(case.number, replace(READY, text="Trả lời thêm"), by(LAN), based_on=1)
        case = statements(two).approve(desk(two).move(case, CaseState.APPROVAL, by(LAN)), 2, by(MINH))
        statements(two).issue(case, LEAVING, PAPERS, by(LAN))
        case = desk(two).move(
            whole(two, case).case, CaseState.CLOSED, by(LAN), reason="Báo đã đính chính", outcome=Outcome.CORRECTED
        )
        assert [x.version for x in whole(two, case).issues] == [1, 2]
        assert case.reason == "Báo đã đính chính"
