"""What the desk writes to units, and to its own people about clocks: Vietnamese, from one template for each occasion.

A unit is told only what it is asked: the matter's name, the question, the sentences of the press that it was given.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from diembao.core.alert import Message
from diembao.core.case import Case
from diembao.core.requests import Request
from diembao.core.statement import Claim
from diembao.plan.reader import Profile
from diembao.response.clock import Said, Stage

_DEFAULT_ISSUER: Final = "Cơ quan thường trực về báo chí"


def key_of(kind: str, asked: Request, *more: int) -> str:
    """Of a message about a request: "ask", "remind" (with its number), "link" (its version), "withdraw"."""
    return ":".join([kind, asked.case, str(asked.number), *map(str, more)])


def last_key(asked: Request) -> str:
    """Of the newest request or reminder."""
    return key_of("remind", asked, asked.reminders) if asked.reminders else key_of("ask", asked)


class Letters:
    """Writes for one province."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile

    # -- to units
    def request(self, case: Case, asked: Request, claims: Iterable[Claim]) -> Message:
        title = case.details.title
        parts = [
            f"Kính gửi: {asked.unit_name}",
            f"{self.issuer} đề nghị quý cơ quan cung cấp thông tin về nội dung sau, để trả lời báo chí:",
            title,
            asked.question,
            *self._quoted(asked, claims),
            *self._by_letter(asked),
            *self._until(asked),
        ]
        subject = f"{case.number}: đề nghị cung cấp thông tin – {title}"
        return self._to_unit(key_of("ask", asked), subject, parts, asked, asked.asked_at)

    def reminder(self, case: Case, asked: Request, now: datetime) -> Message:
        """``asked`` as it is with this reminder counted."""
        parts = [
            f"Kính gửi: {asked.unit_name}",
            f"Nhắc lần {asked.reminders}, hỏi ngày {self._day(asked.asked_at)}: {self.issuer} chưa được trả lời về",
            case.details.title,
            asked.question,
            *self._by_letter(asked),
            *self._until(asked),
        ]
        subject = f"{case.number}: nhắc lần {asked.reminders} – {case.details.title}"
        return self._to_unit(key_of("remind", asked, asked.reminders), subject, parts, asked, now)

    def renewed(self, case: Case, asked: Request, now: datetime) -> Message:
        parts = [
            f"Kính gửi: {asked.unit_name}",
            "Liên kết gửi trước không dùng được nữa; xin dùng liên kết dưới đây để trả lời về nội dung:",
            case.details.title,
            asked.question,
            *self._until(asked),
        ]
        subject = f"{case.number}: liên kết mới để trả lời – {case.details.title}"
        return self._to_unit(key_of("link", asked, asked.link), subject, parts, asked, now)

    def withdrawn(self, case: Case, asked: Request, now: datetime) -> Message:
        parts = [
            f"Kính gửi: {asked.unit_name}",
            f"{self.issuer} không cần quý cơ quan trả lời nội dung sau nữa:",
            case.details.title,
            asked.question,
        ]
        subject = f"{case.number}: không cần trả lời nữa – {case.details.title}"
        return self._message(key_of("withdraw", asked), subject, parts, now)

    # -- to the desk
    def clock(self, case: Case, said: Said, now: datetime) -> Message:
        late = said.stage is Stage.LATE
        of = "bước hiện nay" if said.step else "vụ việc"
        unit = self._profile.units.get(case.details.unit)
        until = self.moment(said.due_at)
        parts = [
            "Gửi bộ phận theo dõi vụ việc",
            f"Hạn của {of} đã qua lúc {until}." if late else f"Sắp hết hạn của {of}: {until}.",
            case.details.title,
            f"Đơn vị chủ trì: {unit.name if unit else case.details.unit}",
            "Máy chỉ báo; mọi việc do người quyết định.",
        ]
        kind = "step" if said.step else "case"
        key = f"clock:{case.number}:{kind}:{said.stage}:{said.due_at.isoformat()}"
        subject = f"{case.number}: {'trễ hạn' if late else 'sắp hết hạn'} – {case.details.title}"
        return self._message(key, subject, parts, now, page=f"/ho-so-vu-viec?id={case.number}")

    # -- inside
    def _to_unit(self, key: str, subject: str, parts: list[str], asked: Request, now: datetime) -> Message:
        link = (asked.case, asked.number, asked.link) if asked.link > 0 else None
        return self._message(key, subject, parts, now, link=link)

    def _message(
        self,
        key: str,
        subject: str,
        parts: list[str],
        now: datetime,
        *,
        link: tuple[str, int, int] | None = None,
        page: str = "",
    ) -> Message:
        return Message(key, subject, "\n\n".join(parts), now, link, page, self._profile.id)

    @property
    def issuer(self) -> str:
        """The letterhead has it in capitals: as the unit of that name is written, where there is one."""
        head = " ".join(self._profile.letterhead.issuer.split())
        named = (unit.name for unit in self._profile.units.values() if unit.name.upper() == head.upper())
        return next(named, head) or _DEFAULT_ISSUER

    def _quoted(self, asked: Request, claims: Iterable[Claim]) -> list[str]:
        given = [claim for claim in claims if claim.number in asked.claims]
        return ["Báo chí nêu:", *(f"> “{claim.quote}”\n{claim.url}" for claim in given)] if given else []

    def _by_letter(self, asked: Request) -> list[str]:
        if not asked.letter:
            return []
        day = "/".join(reversed(asked.letter_date.split("-"))) if asked.letter_date else ""
        return [f"Theo công văn số {asked.letter}{f' ngày {day}' if day else ''}."]

    def _until(self, asked: Request) -> list[str]:
        return [f"Xin trả lời trước {self.moment(asked.due_at)}."] if asked.due_at else []

    def moment(self, time: datetime) -> str:
        return f"{time.astimezone(ZoneInfo(self._profile.timezone)):%H giờ %M ngày %d/%m/%Y}"

    def _day(self, time: datetime) -> str:
        return f"{time.astimezone(ZoneInfo(self._profile.timezone)):%d/%m/%Y}"
