"""Why a parameter is not valid, in Vietnamese and English: pydantic says it in English only, and FastAPI neither where
a body breaks off as JSON nor that it was none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

# Characters of a part of a name.
NAME: Final = 80
# Of errors that are neither pydantic's nor FastAPI's: an unknown parameter, and a body of another type.
UNKNOWN, NO_JSON = "unknown_parameter", "no_json"
# Where JSON breaks off, as pydantic says it.
_BREAKS: Final = re.compile(r"at line (\d+) column (\d+)$")

_REASONS: Final[Mapping[str, str]] = {
    "missing": "thiếu",
    "extra_forbidden": "không có trường này",
    "json_invalid": "không phải JSON đọc được",
    "string_type": "phải là chữ",
    "string_unicode": "chữ không hợp lệ",
    "string_too_long": "dài quá {max_length} ký tự",
    "string_too_short": "ngắn hơn {min_length} ký tự",
    "string_pattern_mismatch": "không đúng dạng {pattern}",
    "too_long": "nhiều quá {max_length} phần tử",
    "too_short": "ít hơn {min_length} phần tử",
    "int_type": "phải là số nguyên",
    "int_parsing": "phải là số nguyên",
    "int_parsing_size": "số quá lớn",
    "int_from_float": "phải là số nguyên",
    "float_type": "phải là số",
    "float_parsing": "phải là số",
    "finite_number": "phải là số hữu hạn",
    "bool_type": "phải là true hoặc false",
    "bool_parsing": "phải là true hoặc false",
    "list_type": "phải là một danh sách",
    "dict_type": "phải là một đối tượng",
    "model_attributes_type": "phải là một đối tượng",
    "greater_than_equal": "nhỏ hơn {ge}",
    "less_than_equal": "lớn hơn {le}",
    "greater_than": "không lớn hơn {gt}",
    "less_than": "không nhỏ hơn {lt}",
    "enum": "không thuộc: {expected}",
    "literal_error": "không thuộc: {expected}",
    "timezone_aware": "thiếu múi giờ",
    "date_from_datetime_parsing": "phải là một ngày có thật, viết như 2026-12-31, trong CSV cũng như 31/12/2026",
    "date_from_datetime_inexact": "phải là một ngày, không có giờ",
    UNKNOWN: "không có tham số này{near}",
    NO_JSON: "phải là application/json, không phải {media}",
}
_OTHER: Final = "giá trị không hợp lệ"


def reason(error: Mapping[str, Any]) -> str:
    """Of one of pydantic's errors; never the value itself."""
    if breaks := _BREAKS.search(str((error.get("ctx") or {}).get("error", ""))):
        return f"{_REASONS['json_invalid']}, dòng {breaks[1]}, cột {breaks[2]}"
    try:
        return _REASONS.get(str(error.get("type")), _OTHER).format_map(error.get("ctx") or {})
    except KeyError:  # an error of this type with another context
        return _OTHER


def named(error: Mapping[str, Any]) -> str:
    """Which one, cut: it may be a name that somebody made up; "body" where it is the whole of that."""
    where = error["loc"]
    return ".".join(str(part)[:NAME] for part in where[1:]) or str(where[0])


def unknown(name: str, near: str) -> dict[str, Any]:
    """The error of a parameter that an address does not know; ``near`` is the one that it knows and is like it."""
    vietnamese, english = (f"; có phải {near}?", f"; perhaps {near}?") if near else ("", "")
    told = {"type": UNKNOWN, "loc": ("query", name), "ctx": {"near": vietnamese}}
    return {**told, "msg": f"There is no such parameter{english}"}


def of_body(error: Mapping[str, Any], body: object, media: str) -> Mapping[str, Any]:
    """One of FastAPI's errors of a whole body, as whoever sent it can use it: where its JSON breaks off, or that it is
    no JSON by what its Content-Type says.
    """
    where = error["loc"]
    if error["type"] == "json_invalid" and isinstance(body, str):
        read = body[: where[-1]]
        line, column = read.count("\n") + 1, len(read) - read.rfind("\n")
        said = f"{error['ctx']['error']} at line {line} column {column}"
        return {**error, "loc": ("body", "JSON"), "ctx": {"error": said}, "msg": f"No JSON: {said}"}
    if where == ("body",) and isinstance(body, bytes):
        named = media.partition(";")[0].strip()[:80] or "?"
        english = f"has to be application/json, not {named}"
        return {**error, "type": NO_JSON, "loc": ("body", "Content-Type"), "ctx": {"media": named}, "msg": english}
    return error
