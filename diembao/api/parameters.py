"""Why a parameter is not valid, in Vietnamese: pydantic says it in English only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

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
}
_OTHER: Final = "giá trị không hợp lệ"


def reason(error: Mapping[str, Any]) -> str:
    """Of one of pydantic's errors; never the value itself."""
    try:
        return _REASONS.get(str(error.get("type")), _OTHER).format_map(error.get("ctx") or {})
    except KeyError:  # an error of this type with another context
        return _OTHER
