"""Claims of the press in a case, and what proves or refutes them.

A claim is quoted: its words stand in the article, in the revision that is named. A verdict is given by a named
officer, with at least one exhibit attached; the machine gives none, and nobody who is nobody in particular does.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from diembao.core.accounts import number_of
from diembao.core.article import Article, Revision
from diembao.core.case import Act, CaseFile, CaseState
from diembao.core.errors import WrongUse
from diembao.core.ports import Store, Writer
from diembao.core.statement import Claim, Exhibit, ExhibitKind, Verdict
from diembao.core.text import nfc
from diembao.response import files, moves
from diembao.response.acts import Actor, line, shown, there, words

# Characters of a quote, of why a verdict was given, of an address, of a document's number, of what it is called.
QUOTE, WHY, ADDRESS, REGISTERED, NAME = 2_000, 2_000, 2_000, 100, 300
# Claims of a case; articles read at once.
CLAIMS, AT_ONCE = 100, 50


class Claims:
    """The claims of the cases of one installation. Each act is one transaction and one line of the case's log."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def quote(self, number: str, article_id: str, sentence: str, actor: Actor) -> Claim:
        """A new claim, in the words of the newest revision that has them.

        Raises:
            WrongUse: the case has ended or does not hold the article; its words are not these, with the article of
                the case that has them.
        """
        said = words(" ".join(sentence.split()), QUOTE, "câu trích", "the quoted sentence", needed=True)
        item = self._store.article(article_id)
        case = self._store.case_file(number)
        having = [each for each in self._store.revisions(article_id) if said in _words(each)]
        if not having:
            raise WrongUse(self._not_there(case, article_id, said))
        found = having[-1]
        if item is None or case is None or article_id not in {each.article_id for each in case.coverage}:
            raise WrongUse(
                "Bài này không có trong vụ việc; thêm bài trước đã"
                " (This article is not in the case; add it to the case first)"
            )
        with self._store.writing() as write:
            moves.check_open(there(write, number))
            known = write.claims(number)
            if len(known) >= CLAIMS:
                raise WrongUse(f"Một vụ việc có nhiều nhất {CLAIMS} điểm (A case has at most {CLAIMS} claims)")
            place = (article_id, found.number, item.article.url, actor.by, actor.now, found.response or "")
            claim = Claim(len(known) + 1, said, *place, first=having[0].number)
            write.put_claim(number, claim)
            facts = {"claim": str(claim.number), "article": article_id, "revision": str(found.number)}
            write.add_line(number, line(Act.CLAIMED, actor, facts))
        return claim

    def attach_file(self, number: str, claim: int, name: str, data: bytes, actor: Actor) -> Exhibit:
        """Raises:
        WrongUse: a file that is not taken (`files.checked`), or one too many.
        """
        taken = files.checked(name, data)
        exhibit = Exhibit(0, claim, ExhibitKind.FILE, taken.name, "", actor.by, actor.now, len(data), taken.media)
        return self._attach(number, exhibit, actor, data)

    def attach_link(self, number: str, claim: int, address: str, name: str, actor: Actor) -> Exhibit:
        """Raises:
        WrongUse: it is no address of a page.
        """
        at = words(address, ADDRESS, "địa chỉ", "the address", needed=True)
        parts = urlsplit(at) if at.isprintable() and not any(map(str.isspace, at)) else None
        if parts is None or parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
            raise WrongUse("Liên kết phải là địa chỉ http hoặc https (A link is an address that begins with http)")
        called = words(name, NAME, "tên", "the name") or parts.hostname
        return self._attach(number, Exhibit(0, claim, ExhibitKind.LINK, called, at, actor.by, actor.now), actor)

    def attach_document(self, number: str, claim: int, registered: str, name: str, actor: Actor) -> Exhibit:
        """An official document, by its number and what it is about."""
        value = words(" ".join(registered.split()), REGISTERED, "số văn bản", "the document's number", needed=True)
        called = words(" ".join(name.split()), NAME, "trích yếu", "what it is about", needed=True)
        exhibit = Exhibit(0, claim, ExhibitKind.DOCUMENT, called, value, actor.by, actor.now)
        return self._attach(number, exhibit, actor)

    def mark(self, number: str, claim: int, verdict: Verdict, why: str, actor: Actor) -> Claim:
        """What a named officer says of it; given anew, the one before stays in the log.

        Raises:
            WrongUse: nobody in particular says so, nothing is attached, no reason is given, or the case has ended.
        """
        if number_of(actor.by) is None:
            raise WrongUse(
                "Chỉ cán bộ có tài khoản, đứng tên mình, mới kết luận về một điểm"
                " (Only an officer with an account says so, under their own name)"
            )
        reason = words(why, WHY, "lý do kết luận", "why", needed=True)
        with self._store.writing() as write:
            case = there(write, number)
            moves.check_open(case)
            known = _claim(write, number, claim)
            if case.state is CaseState.APPROVAL:
                raise WrongUse(
                    "Dự thảo đang chờ phê duyệt dựa vào các kết luận này; đưa về soạn trước đã"
                    " (The draft that awaits approval rests on these; take it back to drafting first)"
                )
            if not any(each.claim == claim for each in write.exhibits(number)):
                raise WrongUse(
                    f"Điểm {claim} chưa có chứng cứ nào; đính kèm trước đã"
                    f" (Nothing is attached to claim {claim} yet; attach evidence first)"
                )
            marked = replace(known, verdict=verdict, why=reason, marked_by=actor.by, marked_at=actor.now)
            write.put_claim(number, marked)
            before = known.verdict.value if known.verdict else ""
            facts = {"claim": str(claim), "verdict": verdict.value, "before": before, "reason": reason}
            write.add_line(number, line(Act.MARKED, actor, facts))
        return marked

    def exhibit_file(self, case: str, exhibit: int) -> tuple[Exhibit, bytes] | None:
        """A file of this case, with its bytes; None: there is no such file in it."""
        found = self._store.case_file(case)
        its = next((each for each in found.exhibits if each.number == exhibit), None) if found else None
        data = self._store.response(its.value) if its and its.kind is ExhibitKind.FILE else None
        return None if its is None or data is None else (its, data)

    def _attach(self, number: str, exhibit: Exhibit, actor: Actor, data: bytes | None = None) -> Exhibit:
        with self._store.writing() as write:
            moves.check_open(there(write, number))
            _claim(write, number, exhibit.claim)
            known = write.exhibits(number)
            of_claim = sum(each.claim == exhibit.claim for each in known)
            if of_claim >= files.OF_CLAIM or len(known) >= files.OF_CASE:
                raise WrongUse(
                    f"Nhiều nhất {files.OF_CLAIM} chứng cứ cho một điểm, {files.OF_CASE} cho một vụ việc"
                    f" (At most {files.OF_CLAIM} exhibits for a claim, {files.OF_CASE} for a case)"
                )
            value = write.keep_bytes(data) if data is not None else exhibit.value
            kept = replace(exhibit, number=len(known) + 1, value=value)
            write.add_exhibit(number, kept)
            facts = {"claim": str(kept.claim), "exhibit": str(kept.number), "kind": kept.kind.value, "value": value}
            write.add_line(number, line(Act.ATTACHED, actor, facts))
        return kept

    def _not_there(self, case: CaseFile | None, article_id: str, said: str) -> str:
        """With the newest article of the case that has the sentence, where there is one."""
        ids = [each.article_id for each in case.by_time if each.article_id != article_id] if case else []
        for start in range(0, len(ids), AT_ONCE):
            for item in self._store.articles(ids[start : start + AT_ONCE]):
                if said in _words(item.article):
                    title = shown(item.article.title)
                    return (
                        f"Câu này không có nguyên văn trong bài đã chọn, mà ở bài “{title}” của vụ việc; chọn bài ấy"
                        f" (The article that was chosen does not have this sentence; “{title}” of this case does:"
                        " choose that one)"
                    )
        return (
            "Câu này không có nguyên văn trong bài; chép đúng từng chữ"
            " (The article does not have this sentence; copy it word for word)"
        )


def _words(of: Article | Revision) -> str:
    return " ".join(nfc(f"{of.title}\n{of.lead}\n{of.text}").split())


def _claim(write: Writer, number: str, claim: int) -> Claim:
    found = next((each for each in write.claims(number) if each.number == claim), None)
    if found is None:
        raise WrongUse(f"Vụ việc không có điểm {claim} (The case has no claim {claim})")
    return found
