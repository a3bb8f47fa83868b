"""A template's fields filled in, with nothing left open.

A template is a DOCX with Jinja fields (docxtpl): `FIELDS` are all there are. It may be an office's own, so it is read
as input: bounded, its tags looked at one by one (`tags`), in a sandbox; a mistake is said with its tag and paragraph.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from zipfile import BadZipFile, ZipFile

from diembao.core.errors import Misconfigured
from diembao.paper import tags

if TYPE_CHECKING:
    from docx.document import Document as Opened

# Where the text of the document goes: a paragraph that holds this field and nothing else.
BODY: Final = "noi_dung"
# Field → what it is, for messages and for who makes a template.
FIELDS: Final[Mapping[str, str]] = {
    "co_quan_chu_quan": "cơ quan chủ quản trực tiếp, chữ in hoa",
    "co_quan_ban_hanh": "cơ quan ban hành, chữ in hoa",
    "so_ky_hieu": "số, ký hiệu",
    "dia_danh_thoi_gian": "địa danh và thời gian ban hành",
    "ten_loai": "tên loại văn bản",
    "trich_yeu": "trích yếu nội dung",
    "kinh_gui": "danh sách nơi nhận trực tiếp",
    BODY: "nội dung, đứng một mình trong một đoạn",
    "noi_nhan": "danh sách nơi nhận, kể cả dòng Lưu",
    "chuc_vu": "quyền hạn, chức vụ của người ký, chữ in hoa",
    "nguoi_ky": "họ tên người ký (có thể để trống)",
}
MAY_BE_EMPTY: Final = frozenset({"kinh_gui", "nguoi_ky"})
_MARK: Final = "⟦nội dung⟧"
UNPACKED: Final = 100_000_000  # bytes in all parts of a template; one of ours has one thousandth of it


def filled(template: bytes, fields: Mapping[str, str | tuple[str, ...]], name: str) -> tuple[Opened, Any]:
    """The document, and its paragraph that the text replaces. ``name`` says in messages which template it is.

    Raises:
        Misconfigured: it is no template, or it has a field that nothing fills.
    """
    from docx import Document
    from docxtpl import DocxTemplate
    from jinja2 import TemplateError
    from lxml.etree import XMLSyntaxError

    environment = tags.guarded()
    try:
        _bounded(template, name)
        # Opened for itself: python-docx keeps the body that it has shown, and rendering puts another in its place.
        tags.check(Document(BytesIO(template)), name, FIELDS, environment)
        paper = DocxTemplate(BytesIO(template))
        _check(paper.get_undeclared_template_variables(environment), fields, name)
        paper.render({**fields, BODY: _MARK}, environment, autoescape=True)
    except TemplateError as error:
        msg = f"{name}: {error.message}"
        raise Misconfigured(msg) from error
    except (BadZipFile, KeyError, ValueError, XMLSyntaxError) as error:
        msg = f"{name} không phải DOCX đọc được: {error} ({name} is no DOCX that can be read: {error})"
        raise Misconfigured(msg) from error
    return paper.docx, _place(paper.docx, name)


def _bounded(template: bytes, name: str) -> None:
    """A few kilobytes may unpack to a hundred gigabytes: that is told before anything is unpacked."""
    with ZipFile(BytesIO(template)) as parts:
        if sum(part.file_size for part in parts.infolist()) > UNPACKED:
            msg = f"{name}: giải nén ra quá {UNPACKED:,} byte ({name}: it unpacks to more than {UNPACKED:,} bytes)"
            raise Misconfigured(msg)


def _check(asked: set[str], fields: Mapping[str, str | tuple[str, ...]], name: str) -> None:
    if unknown := sorted(asked - FIELDS.keys()):
        msg = (
            f"{name}: không có gì điền vào trường '{unknown[0]}'; có: {', '.join(FIELDS)}"
            f" ({name}: nothing fills the field '{unknown[0]}'; there are: {', '.join(FIELDS)})"
        )
        raise Misconfigured(msg)
    if BODY not in asked:
        msg = f"{name}: thiếu trường '{BODY}' ({name}: the field '{BODY}' is missing: {FIELDS[BODY]})"
        raise Misconfigured(msg)
    open_ = sorted(key for key in asked - MAY_BE_EMPTY - {BODY} if not fields.get(key))
    if open_:
        msg = (
            f"{name}: trường '{open_[0]}' sẽ trống; điền ở letterhead của hồ sơ tỉnh"
            f" ({name}: the field '{open_[0]}' ({FIELDS[open_[0]]}) would be empty;"
            " fill it in the profile's letterhead)"
        )
        raise Misconfigured(msg)


def _place(document: Opened, name: str) -> Any:  # noqa: ANN401 (an element of python-docx, which has no public name)
    found = [paragraph for paragraph in document.paragraphs if paragraph.text.strip() == _MARK]
    if len(found) != 1:
        msg = (
            f"{name}: trường '{BODY}' phải đứng một lần, một mình một đoạn, ngoài bảng"
            f" ({name}: the field '{BODY}' has to stand once, alone in a paragraph outside of tables)"
        )
        raise Misconfigured(msg)
    return found[0]._p  # noqa: SLF001 (python-docx has no door to put blocks at a place)
