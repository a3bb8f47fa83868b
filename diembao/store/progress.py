"""Progress of the plan's tasks: entries that people add, never changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Row, insert, select

from diembao.core.errors import WrongUse
from diembao.core.progress import DOCUMENT, NOTE, Progress, TaskState
from diembao.store.audit import append
from diembao.store.plan_tables import task_progress
from diembao.store.room import Room, kept

_COLUMNS = tuple(column for column in task_progress.columns if column.name != "id")


class ProgressEntries(Room):
    """The part of the store that *Kế hoạch* reads and writes."""

    def add_progress(self, entry: Progress, *, where: str = "") -> None:
        if entry.share is not None and not 0 <= entry.share <= 100:
            raise WrongUse(f"Tiến độ là 0–100 %, không phải {entry.share}. / Progress is 0–100 %, not {entry.share}.")
        if len(entry.note) > NOTE:
            raise WrongUse(f"Ghi chú dài quá {NOTE} ký tự. / The note is longer than {NOTE} characters.")
        if len(entry.document) > DOCUMENT:
            most = f"Số văn bản dài quá {DOCUMENT} ký tự. / The document's number is longer than {DOCUMENT} characters."
            raise WrongUse(most)
        values = {column.name: getattr(entry, column.name) for column in _COLUMNS} | {
            "state": entry.state.value,
            "until": entry.until.isoformat() if entry.until else "",
        }
        with self._database.writing() as connection:
            connection.execute(insert(task_progress).values(values))
            told = {"unit": entry.unit, "state": entry.state.value, "share": entry.share}
            append(
                connection,
                entry.by,
                "plan.progress",
                f"task:{entry.province}:{entry.task}",
                where=where,
                now=entry.at,
                **told,
            )

    @kept
    def progress(self, province: str, task: str = "") -> Sequence[Progress]:
        asked = select(*_COLUMNS).where(task_progress.c.province == province)
        asked = asked.where(task_progress.c.task == task) if task else asked
        with self._database.reading() as connection:
            rows = connection.execute(asked.order_by(task_progress.c.at.desc(), task_progress.c.id.desc())).all()
        return [_entry(row) for row in rows]

    def latest_progress(self, province: str) -> Mapping[tuple[str, str], Progress]:
        latest: dict[tuple[str, str], Progress] = {}
        for entry in self.progress(province):
            latest.setdefault((entry.task, entry.unit), entry)
        return latest


def _entry(row: Row[tuple[object, ...]]) -> Progress:
    values = row._asdict()
    until = date.fromisoformat(values["until"]) if values["until"] else None
    return Progress(**{**values, "state": TaskState(values["state"]), "until": until})
