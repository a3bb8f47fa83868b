"""Reports as they are kept (`diembao.core.reports.ReportBook`)."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, insert, or_, select, update

from diembao.core.accounts import Hand
from diembao.core.errors import Outdated, WrongUse
from diembao.core.reports import MOST, Report, ReportState, Signing, Written, checked
from diembao.store.audit import append
from diembao.store.report_tables import report_paragraphs as paragraphs
from diembao.store.report_tables import reports
from diembao.store.responses import keep, pack
from diembao.store.room import Room, kept

_TOLD: Final = [column for column in reports.c if column.name not in {"content", "province"}]


class Reports(Room):
    """The part of the store that *Báo cáo* reads and writes."""

    @kept
    def reports(
        self, kind: str = "", *, year: int = 0, after: Report | None = None, offset: int = 0, limit: int = 100
    ) -> Sequence[Report]:
        asked = self._all().where(*_narrowed(kind, year), *_behind(after))
        ordered = asked.order_by(reports.c.last.desc(), reports.c.number.desc())  # a later version has a larger number
        with self._database.reading() as connection:
            return [_report(row) for row in connection.execute(ordered.offset(offset).limit(limit))]

    @kept
    def report_counts(self) -> Mapping[tuple[str, int], int]:
        year = func.substr(reports.c.last, 1, 4)
        asked = select(reports.c.kind, year, func.count()).where(self._own(reports.c.province))
        with self._database.reading() as connection:
            return {(kind, int(of)): n for kind, of, n in connection.execute(asked.group_by(reports.c.kind, year))}

    def report(self, number: int) -> Report | None:
        with self._database.reading() as connection:
            return self._one(connection, number)

    def report_content(self, number: int) -> bytes:
        asked = select(reports.c.content).where(self._own(reports.c.province), reports.c.number == number)
        with self._database.reading() as connection:
            packed = connection.scalar(asked)
        return zlib.decompress(packed) if packed else b""

    def keep_report(self, report: Report, content: bytes, hand: Hand, now: datetime) -> Report:
        packed = zlib.compress(content)
        with self._database.writing() as connection:
            before = self._latest(connection, report)
            if before is not None and before.state is ReportState.DRAFT:
                number, version = before.number, before.version
                self._renew(connection, before, report, packed)
            else:
                version = before.version + 1 if before else 1
                number = self._add(connection, report, version, packed)
                if before is not None:
                    _take_along(connection, before.number, number)
            about = f"report:{report.about}:{report.name}"
            append(connection, hand.actor, "report.make", about, where=hand.where, now=now, version=version)
            return self._there(connection, number)

    def written(self, number: int, *, history: bool = False) -> Sequence[Written]:
        with self._database.reading() as connection:
            found = _written(connection, number) if self._one(connection, number) else []
        return found if history else _standing(found)

    def write_paragraph(self, number: int, told: Written, hand: Hand, now: datetime) -> Written:
        kept = checked(told)
        with self._database.writing() as connection:
            report = self._draft(connection, number)
            every = _written(connection, number)
            last = max((each.version for each in every if each.paragraph == kept.paragraph), default=0)
            if kept.paragraph and last == 0:
                raise WrongUse("Không có đoạn này. / There is no such paragraph.")
            if kept.version != last:
                raise Outdated(
                    "Người khác vừa sửa đoạn này: đọc lại bản mới rồi ghi. Chữ đã gõ vẫn còn trong ô."
                    " / Somebody else has just changed this paragraph: read theirs, then save. What you typed is kept."
                )
            new = kept.paragraph or max((each.paragraph for each in every), default=0) + 1
            if new > MOST:
                raise WrongUse(f"Một báo cáo có nhiều nhất {MOST} đoạn. / A report has at most {MOST} paragraphs.")
            made = Written(kept.section, kept.text, new, last + 1, hand.actor, now)
            connection.execute(insert(paragraphs).values(_row(number, made)))
            _grow(connection, report)
            about = f"report:{report.about}:{report.name}"
            facts = {"section": made.section, "paragraph": new, "version": made.version}
            append(connection, hand.actor, "report.write", about, where=hand.where, now=now, **facts)
        return made

    def sign_report(self, number: int, signing: Signing, hand: Hand, now: datetime) -> Report:
        with self._database.writing() as connection:
            report = self._draft(connection, number)
            if report.edition != signing.edition:
                raise Outdated(
                    "Báo cáo đã đổi từ lúc đọc: đọc lại rồi ký."
                    " / The report has changed since it was read: read it again, then sign."
                )
            digest = keep(connection, pack(signing.content)) or ""
            values = {
                "state": ReportState.SIGNED.value,
                "signed_at": now,
                "signed_by": hand.actor,
                "registered": signing.registered,
                "document": digest,
                "edition": report.edition + 1,
            }
            connection.execute(update(reports).where(reports.c.number == number).values(values))
            about = f"report:{report.about}:{report.name}"
            facts = {"version": report.version, "document": digest}
            append(connection, hand.actor, "report.sign", about, where=hand.where, now=now, **facts)
            return self._there(connection, number)

    # -- one report

    def _all(self) -> Select[Any]:
        return select(*_TOLD).where(self._own(reports.c.province))

    def _one(self, connection: Connection, number: int) -> Report | None:
        row = connection.execute(self._all().where(reports.c.number == number)).one_or_none()
        return _report(row) if row is not None else None

    def _there(self, connection: Connection, number: int) -> Report:
        found = self._one(connection, number)
        if found is None:
            raise WrongUse(f"Không có báo cáo số {number}. / There is no report {number}.")
        return found

    def _draft(self, connection: Connection, number: int) -> Report:
        found = self._there(connection, number)
        if found.state is not ReportState.DRAFT:
            raise WrongUse(
                "Báo cáo đã ký, không sửa được; lập bản mới."
                " / The report is signed and cannot be changed; make a new version."
            )
        return found

    def _latest(self, connection: Connection, report: Report) -> Report | None:
        same = (getattr(reports.c, name) == getattr(report, name) for name in ("kind", "about", "name"))
        row = connection.execute(self._all().where(*same).order_by(reports.c.version.desc()).limit(1)).one_or_none()
        return _report(row) if row is not None else None

    def _renew(self, connection: Connection, before: Report, report: Report, packed: bytes) -> None:
        values = {**_made(report), "content": packed, "edition": before.edition + 1}
        connection.execute(update(reports).where(reports.c.number == before.number).values(values))

    def _add(self, connection: Connection, report: Report, version: int, packed: bytes) -> int:
        values = {
            **_made(report),
            **{name: getattr(report, name) for name in ("kind", "about", "name")},
            "province": self._scope.province,
            "version": version,
            "edition": 1,
            "state": ReportState.DRAFT.value,
            "signed_by": "",
            "document": "",
            "content": packed,
        }
        return int(connection.scalar(insert(reports).values(values).returning(reports.c.number)) or 0)


def _narrowed(kind: str, year: int) -> Iterator[ColumnElement[bool]]:
    if kind:
        yield reports.c.kind == kind
    if year:
        yield reports.c.last.between(f"{year:04d}-01-01", f"{year:04d}-12-31")


def _behind(report: Report | None) -> Iterator[ColumnElement[bool]]:
    if report is not None:
        last = report.last.isoformat()
        yield or_(reports.c.last < last, and_(reports.c.last == last, reports.c.number < report.number))


def _made(report: Report) -> dict[str, Any]:
    days = {"first": report.first.isoformat(), "last": report.last.isoformat()}
    return {**days, "title": report.title, "made_at": report.made_at, "made_by": report.made_by}


def _report(row: Row[Any]) -> Report:
    told = {**row._mapping, "state": ReportState(row.state)}  # noqa: SLF001 (its public name, by SQLAlchemy)
    return Report(**{**told, "first": date.fromisoformat(row.first), "last": date.fromisoformat(row.last)})


def _grow(connection: Connection, report: Report) -> None:
    connection.execute(update(reports).where(reports.c.number == report.number).values(edition=report.edition + 1))


# -- paragraphs


def _written(connection: Connection, number: int) -> list[Written]:
    asked = select(paragraphs).where(paragraphs.c.report == number)
    rows = connection.execute(asked.order_by(paragraphs.c.paragraph, paragraphs.c.version))
    return [Written(row.section, row.text, row.paragraph, row.version, row.by, row.at) for row in rows]


def _standing(found: Sequence[Written]) -> list[Written]:
    """The last version of each that was not taken out."""
    return [each for each in {each.paragraph: each for each in found}.values() if each.text]


def _row(number: int, told: Written) -> dict[str, Any]:
    names = ("paragraph", "version", "section", "text", "by", "at")
    return {"report": number, **{name: getattr(told, name) for name in names}}


def _take_along(connection: Connection, before: int, number: int) -> None:
    """The paragraphs that stand, with who wrote them and when; what they were stays with the signed one."""
    for n, each in enumerate(_standing(_written(connection, before)), 1):
        kept = Written(each.section, each.text, n, 1, each.by, each.at)
        connection.execute(insert(paragraphs).values(_row(number, kept)))
