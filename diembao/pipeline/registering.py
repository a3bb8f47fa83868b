"""The register of an installation as a table, and articles that are named in it by their address."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from diembao.core.errors import Refused, WrongUse
from diembao.core.questions import Question
from diembao.paper import sheet
from diembao.pipeline.evidence import names_of
from diembao.pipeline.wiring import Installation
from diembao.response.register_json import HEAD, rows


def table_of(house: Installation, found: Sequence[Question], now: datetime, ending: str) -> bytes:
    """Questions as ".csv" or ".xlsx"; nobody's name is in it.

    Raises:
        WrongUse: another ending.
    """
    names = names_of(house)
    told = rows(found, now, names.zone, names.outlet, names.unit)
    if ending == ".csv":
        return sheet.csv_of(HEAD, told)
    if ending == ".xlsx":
        return sheet.xlsx_of(HEAD, told, "Câu hỏi báo chí")
    raise WrongUse("Tên tệp kết thúc bằng .csv hoặc .xlsx (The file's name ends in .csv or .xlsx)")


def article_id_of(address: str) -> str:
    """The id that an article of this address has.

    Raises:
        WrongUse: it is no address of a page.
    """
    from crawlers.identity import identify

    try:
        return identify(address)[1]
    except Refused as error:
        told = f"'{address[:200]}' không phải địa chỉ của bài ('{address[:200]}' is no article's address)"
        raise WrongUse(told) from error
