"""The statement of a case: written in versions, approved by a second person, issued.

A fact that answers a claim bears its number, as ``[#2]`` after the sentence; the marks are not in what leaves. Nothing
is sent or posted from here: to issue is to make the documents and to write down through which channel, to whom, and
when a person gave them out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass, replace
from typing import Final

from diembao.core.accounts import number_of
from diembao.core.case import Act, Case, CaseFile, CaseState, Draft
from diembao.core.errors import Outdated, WrongUse
from diembao.core.ports import Store, Writer
from diembao.core.statement import RECIPIENTS, VIETNAMESE, Claim, Decision, Issue, Retraction, Said, Wording
from diembao.core.text import nfc
from diembao.plan.answers import Answers
from diembao.response import gaps, moves
from diembao.response.acts import Actor, line, put, there, unchanged, words
from diembao.response.pointing import reopen

__all__ = ["LANGUAGES", "NAMES", "SPEAKER", "TEXT", "TITLE", "Leaving", "Statements", "Wording", "answered", "approved"]
__all__ += ["check_ready", "unmarked"]

# Characters of one language's text, of its title, of who speaks.
TEXT, TITLE, SPEAKER = 100_000, 300, 200
WHY: Final = 1_000  # of why an issued statement is taken back
# What each language is called in itself.
NAMES: Final[Mapping[str, str]] = {
    VIETNAMESE: "Tiếng Việt",
    "en": "English",
    "lo": "ພາສາລາວ",
    "km": "ភាសាខ្មែរ",
    "th": "ภาษาไทย",
    "zh-Hans": "简体中文",
    "zh-Hant": "繁體中文",
    "ja": "日本語",
    "ko": "한국어",
    "fr": "Français",
    "ru": "Русский",
}
# In which a statement may be written beside Vietnamese, in the order in which they are shown.
LANGUAGES: Final = tuple(NAMES)[1:]

_MARK: Final = re.compile(r"[ \t]*\[#([0-9]{1,3})\]")


@dataclass(frozen=True, slots=True)
class Leaving:
    """How it is given out: a form of answering, to whom (or where it can be read), the registry's number."""

    channel: str
    recipients: str
    registered: int | None = None


def answered(draft: Draft) -> tuple[int, ...]:
    """The numbers of the claims that its facts answer, each once."""
    texts = (draft.text, *draft.others.values())
    return tuple(sorted({int(number) for text in texts for number in _MARK.findall(text)}))


def unmarked(text: str) -> str:
    """The text as it leaves."""
    return _MARK.sub("", text)


def approved(found: CaseFile) -> bool:
    """Is the newest version approved, and nothing changed since?"""
    return found.case.approved > 0 and found.draft is not None and found.case.approved == found.draft.version


class Statements:
    """The statements of the cases of one installation. Each act is one transaction and one line of the log."""

    def __init__(self, store: Store, answers: Answers) -> None:
        self._store, self._answers = store, answers

    def save(self, number: str, given: Wording, actor: Actor, *, based_on: int) -> int:
        """A new version; its number. ``based_on`` is the version that the writer had before them, 0 for none.

        Raises:
            WrongUse: the case is not being drafted; an unknown form or language; no text. Outdated: somebody has saved
                a version in between.
        """
        wording = self._checked(given)
        with self._store.writing() as write:
            case = there(write, number)
            moves.check_drafting(case)
            last = write.last_draft(number)
            if last != based_on:
                raise Outdated(
                    f"Có người đã ghi bản {last} trong lúc này; chữ của bạn còn nguyên, chưa ghi vào đâu"
                    f" (Somebody has saved version {last} meanwhile; your words are kept, and not written yet)"
                )
            draft = Draft(last + 1, actor.by, actor.now, *astuple(wording))
            write.add_draft(number, draft)
            write.add_line(number, line(Act.DRAFTED, actor, {"version": str(draft.version)}))
        return draft.version

    def approve(self, seen: Case, version: int, actor: Actor) -> Case:
        """By a second person, who wrote no version of it.

        Raises:
            WrongUse: it does not wait for approval, is approved already, or whoever approves has written at it.
            Outdated: the case or the statement is no longer as it was seen.
        """
        _named(actor)
        with self._store.writing() as write:
            case = unchanged(write, seen)
            moves.check_approval(case)
            if write.last_draft(case.number) != version:
                raise Outdated("Dự thảo đã có bản mới; đọc lại đã (There is a newer version; read it first)")
            if case.approved == version:
                raise WrongUse("Bản này đã được phê duyệt (This version is approved already)")
            if actor.by in write.authors(case.number):
                raise WrongUse(
                    "Người soạn không tự phê duyệt; cần người thứ hai"
                    " (Who wrote at it does not approve it; a second person does)"
                )
            check_ready(write, case.number)  # it may have been handed in when less was asked for
            write.add_decision(case.number, Decision(version, True, actor.by, actor.now))
            return put(write, replace(case, approved=version), line(Act.APPROVED, actor, {"version": str(version)}))

    def issue(self, seen: Case, leaving: Leaving, documents: Mapping[str, bytes], actor: Actor) -> Issue:
        """``documents`` by ending, made from the approved version (`issuing.documents`).

        Raises:
            WrongUse: nothing is approved, or no channel or recipient is named. Outdated: see `approve`.
        """
        _named(actor)
        if leaving.channel not in self._answers.forms:
            raise WrongUse(_no_form(leaving.channel, self._answers))
        to = words(leaving.recipients, RECIPIENTS, "nơi nhận", "who receives it", needed=True)
        if leaving.registered is not None and not 0 < leaving.registered < 1_000_000:
            raise WrongUse("Số văn bản là số từ 1 (The registry's number is 1 or more)")
        with self._store.writing() as write:
            case = unchanged(write, seen)
            moves.check_issue(case, write.last_draft(case.number))
            check_ready(write, case.number)
            kept = {ending: write.keep_bytes(data) for ending, data in sorted(documents.items())}
            number = len(write.issues(case.number)) + 1
            issue = Issue(number, case.approved, leaving.channel, to, actor.by, actor.now, kept, leaving.registered)
            write.add_issue(case.number, issue)
            facts = {"issue": str(number), "version": str(case.approved), "channel": leaving.channel, "recipients": to}
            put(write, replace(case, state=CaseState.ISSUED, reason=""), line(Act.ISSUED, actor, facts))
        return issue

    def retract(self, seen: Case, issue: int, why: str, actor: Actor, *, successor: int = 0) -> Case:
        """Take an issued statement back, by somebody who wrote at none: what left by two is taken back by two. It is
        kept as it left; ``successor`` is the issue of this case that holds in its place, 0: none. The case stays where
        it is; questions that it answered wait again.

        Raises:
            WrongUse: there is no such issue, it was retracted already, or whoever retracts has written at the
                statement. Outdated: see `approve`.
        """
        _named(actor)
        reason = words(why, WHY, "lý do thu hồi", "why it is taken back", needed=True)
        with self._store.writing() as write:
            case = unchanged(write, seen)
            issues = {each.number: each for each in write.issues(case.number)}
            _check_retraction(issues, issue, successor)
            if actor.by in write.authors(case.number):
                raise WrongUse(
                    "Người soạn không tự thu hồi; cần người thứ hai"
                    " (Who wrote at it does not take it back; a second person does)"
                )
            write.retract_issue(case.number, issue, Retraction(actor.by, actor.now, reason, successor or None))
            reopen(write, f"{case.number}/{issue}", reason, actor)
            facts = {"issue": str(issue), "version": str(issues[issue].version), "reason": reason}
            facts |= {"successor": str(successor)} if successor else {}
            return put(write, case, line(Act.RETRACTED, actor, facts))

    def document(self, case: str, issue: int, ending: str) -> bytes | None:
        """A document of an issued statement, as it left."""
        found = self._store.case_file(case)
        its = next((each for each in found.issues if each.number == issue), None) if found else None
        digest = its.documents.get(ending) if its else None
        return self._store.response(digest) if digest else None

    def _checked(self, given: Wording) -> Wording:
        if given.form and given.form not in self._answers.forms:
            raise WrongUse(_no_form(given.form, self._answers))
        return Wording(
            words(given.text, TEXT, "dự thảo", "the draft", needed=True),
            given.form,
            _line(given.speaker, SPEAKER, "người phát ngôn", "who speaks"),
            _by_language(given.others, lambda text, of: words(text, TEXT, f"bản {of}", f"the text in {of}")),
            _line(given.title, TITLE, "tiêu đề", "the title"),
            _by_language(given.titles, lambda text, of: _line(text, TITLE, f"tiêu đề {of}", f"the title in {of}")),
            _by_language(
                given.speakers, lambda text, of: _line(text, SPEAKER, f"người phát ngôn {of}", f"who speaks in {of}")
            ),
        )


def _by_language(given: Mapping[str, str], checked: Callable[[str, str], str]) -> Mapping[str, str]:
    """Those that say something."""
    for language in given:
        if language not in LANGUAGES:
            raise WrongUse(f"Không soạn bằng tiếng '{language[:20]}' (Nothing is written in '{language[:20]}')")
    said = {language: checked(given[language], language) for language in sorted(given, key=LANGUAGES.index)}
    return {language: text for language, text in said.items() if text}


def _line(text: str, limit: int, vietnamese: str, english: str) -> str:
    return words(" ".join(nfc(text).split()), limit, vietnamese, english)


def _check_retraction(issues: Mapping[int, Issue], number: int, successor: int) -> None:
    for wanted in filter(None, (number, successor)):
        if wanted not in issues:
            raise WrongUse(f"Vụ việc không có lần phát hành {wanted} (The case has no issue {wanted})")
        if issues[wanted].retracted is not None:
            raise WrongUse(f"Lần phát hành {wanted} đã thu hồi rồi (Issue {wanted} was retracted already)")
    if number not in issues:
        raise WrongUse("Chưa nói thu hồi lần phát hành nào (Which issue is not said)")
    if successor == number:
        raise WrongUse("Thay bằng một lần phát hành khác (Another issue takes its place)")


def check_ready(write: Writer, number: str) -> None:
    """May the newest version go to a second person?

    Raises:
        WrongUse: not yet, with what is missing.
    """
    draft, claims = write.newest_draft(number), {each.number: each for each in write.claims(number)}
    if draft is None:
        raise WrongUse("Chưa có dự thảo nào; soạn và ghi trước đã (There is no draft yet; write and save one first)")
    if not draft.form:
        raise WrongUse("Dự thảo chưa chọn hình thức trả lời (The draft names no form of answering)")
    if not draft.title:
        raise WrongUse(
            "Câu trả lời chưa có tiêu đề của riêng nó; ghi tiêu đề trước đã (The answer has no title of its own yet;"
            " write one first)"
        )
    if not draft.speaker:
        raise WrongUse("Dự thảo chưa ghi ai phát ngôn (The draft does not say who speaks)")
    for language in draft.wording.languages[1:]:
        _check_whole(language, draft.wording.said(language))
    for language in draft.wording.languages:
        _check_filled(language, draft.wording.said(language))
    for each in answered(draft):
        _check_answered(each, claims)


def _check_whole(language: str, said: Said) -> None:
    """Whoever copies one language of it has a whole answer."""
    parts = (
        (said.title, ("tiêu đề", "its title")),
        (said.text, ("nội dung", "its text")),
        (said.speaker, ("người phát ngôn", "who speaks")),
    )
    if missing := [names for text, names in parts if not text]:
        vietnamese, english = (", ".join(each) for each in zip(*missing, strict=True))
        raise WrongUse(
            f"Bản {NAMES[language]} còn thiếu: {vietnamese} (The part in {NAMES[language]} still lacks: {english})"
        )


def _check_filled(language: str, said: Said) -> None:
    if open_ := gaps.first(said):
        raise WrongUse(
            f"Bản {NAMES[language]} còn chỗ chưa điền: {open_}"
            f" (The part in {NAMES[language]} still has a place to fill in: {open_})"
        )


def _check_answered(number: int, claims: Mapping[int, Claim]) -> None:
    claim = claims.get(number)
    if claim is None:
        raise WrongUse(f"Dự thảo trả lời điểm {number}, vụ việc không có điểm ấy (The case has no claim {number})")
    if claim.verdict is None:
        raise WrongUse(
            f"Điểm {number} chưa có kết luận của cán bộ; kết luận trước đã"
            f" (Nobody has said yet what is true of claim {number}; that comes first)"
        )


def _named(actor: Actor) -> None:
    if number_of(actor.by) is None:
        raise WrongUse(
            "Việc này cần một tài khoản đứng tên (This needs somebody with an account, under their own name)"
        )


def _no_form(form: str, answers: Answers) -> str:
    known = ", ".join(answers.forms)
    return f"Không có hình thức '{form[:40]}'; có: {known} (There is no form '{form[:40]}'; there are: {known})"
