"""`diembao cases effect`: what coverage did after an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

import typer

from diembao.app.casework import Number, cases_app, no_case
from diembao.app.options import AsJson, Home, Province, opened, print_json

if TYPE_CHECKING:
    from diembao.response.effect import Effect, Ratio

_ROWS: Final = (("Bài", "articles"), ("Văn bản khác nhau", "texts"), ("Đính chính", "corrections"),
                ("Nhắc lại điều sai", "repeats"))  # fmt: skip
_STANCES: Final = (("positive", "tích cực"), ("neutral", "trung tính"), ("critical", "phê phán"),
                   ("abstain", "chưa rõ"))  # fmt: skip


@cases_app.command("effect")
def effect(number: Number, province: Province = "", home: Home = None, as_json: AsJson = False) -> None:
    """Báo chí trước và sau câu trả lời. Coverage before and after the answer was issued."""
    from diembao.pipeline.worker import utc_now
    from diembao.response.effect import effect_of
    from diembao.response.effect_json import as_json as told

    with opened(home, province=province) as house:
        found = house.store.case_file(number)
        if found is None:
            raise no_case(number)
        done = effect_of(house.store, found, house.profile.id, house.profile.timezone, utc_now())
        print_json(told(number, done)) if as_json else typer.echo(_text(done, house.profile.timezone))


def _text(found: Effect | None, zone: str) -> str:
    if found is None:
        return "Chưa phát hành câu trả lời nào, hoặc đã thu hồi."
    at = f"{found.issued_at.astimezone(ZoneInfo(zone)):%H:%M %d/%m/%Y}"
    if not found.days:
        return f"Phát hành lúc {at}; chưa đủ một ngày để so."
    span = f"{found.days // 7} tuần" if found.weeks else f"{found.days} ngày (chưa đủ tuần: khác ngày trong tuần)"
    rows = [f"{name}: {getattr(found.before, key)} → {getattr(found.after, key)}" for name, key in _ROWS]
    rows += [f"{name}: {found.before.stances[key]} → {found.after.stances[key]}" for key, name in _STANCES]
    told = (("Văn bản", found.coverage), ("Phê phán", found.critical), ("Nhắc lại", found.repeats))
    rows += [f"{name}, sau so với trước: {_ratio(each)}" for name, each in told]
    return "\n".join([f"Phát hành lúc {at}; so {span} sau với {span} trước.", *rows])


def _ratio(found: Ratio | None) -> str:
    if found is None:
        return "quá ít để nói"
    high = f"{found.high:.2f}" if found.high is not None else "∞"
    value = f"{found.ratio:.2f}" if found.ratio is not None else "chỉ có sau"
    return f"{value} (95 %: {found.low:.2f} đến {high})"
