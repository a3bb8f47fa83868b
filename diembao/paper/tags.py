"""The tags of a template, looked at one by one before any of them is run.

A template is somebody's file: what it may hold is little and named here (a field, a condition, a list), and a mistake
is told with its tag and its paragraph. What could take for ever or reach out (calls, sums, imports, lists in lists in
lists) is no tag of ours.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from diembao.core.errors import Misconfigured

if TYPE_CHECKING:
    from docx.document import Document
    from jinja2 import Environment

# Lists within a list, and characters of a paragraph that are told.
DEEPEST, SHOWN = 2, 60
ALLOWED: Final = "only fields, if, and for over a field may be used"
_TAG: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_OPEN: Final = re.compile(r"\{\{|\{%|\{#")
_CLOSED: Final = re.compile(r"\}\}|%\}|#\}")
# docxtpl's letters after the opening: the paragraph, row, cell or run goes with the tag.
_INSIDE: Final = re.compile(r"^\{[{%](?:p|tr|tc|r)?[\s-]+(?P<said>.*?)[\s-]*[}%]\}$", re.DOTALL)
_CLOSERS: Final = {"endif": "if", "endfor": "for"}
_NODES: Final = frozenset(
    {
        *("Template", "Output", "TemplateData", "Name", "Const", "Tuple", "Filter", "Getattr", "Getitem"),
        *("If", "For", "Compare", "Operand", "Not", "And", "Or", "CondExpr", "Test"),
    }
)
_FILTERS: Final = frozenset(["length", "join", "upper", "lower", "first", "last", "title", "trim", "default"])


@dataclass(frozen=True, slots=True)
class Place:
    """Where a tag stands: "đoạn 4", "bảng 1 đoạn 2", "đầu trang đoạn 1"."""

    where: str
    text: str

    def __str__(self) -> str:
        text = self.text if len(self.text) <= SHOWN else f"{self.text[: SHOWN - 1]}…"
        return f"{self.where} (“{text}”)"


@dataclass(slots=True)
class _Reading:
    name: str
    environment: Environment
    fields: Collection[str]
    open: list[tuple[str, str, Place]] = field(default_factory=list)
    loops: list[str] = field(default_factory=list)

    def refuse(self, place: Place, tag: str, vi: str, en: str) -> Misconfigured:
        shown = tag if len(tag) <= SHOWN else f"{tag[: SHOWN - 1]}…"
        return Misconfigured(f"{self.name}, {place}: thẻ {shown}: {vi} / tag {shown}: {en}")

    def paragraph(self, place: Place) -> None:
        rest = _TAG.sub("", place.text)
        for sign in (_OPEN.search(rest), _CLOSED.search(rest)):
            if sign:
                raise self.refuse(place, sign.group(), "chưa mở hoặc chưa đóng trong đoạn này", "it has no other half")
        for found in _TAG.finditer(place.text):
            if not found.group().startswith("{#"):
                self.tag(found.group(), place)

    def tag(self, tag: str, place: Place) -> None:
        inside = _INSIDE.match(tag)
        said = inside["said"].strip() if inside else ""
        if not said:
            raise self.refuse(place, tag, "trống hoặc không đọc được", "it is empty or cannot be read")
        if tag.startswith("{{"):
            self.expression(f"{{{{ {said} }}}}", tag, place)
            return
        word, _, _ = said.partition(" ")
        if word in _CLOSERS:
            self.close(_CLOSERS[word], tag, place)
        elif word in {"else", "elif"}:
            if not self.open or self.open[-1][0] != "if":
                raise self.refuse(place, tag, "không đứng trong {% if %} nào", "it stands in no {% if %}")
            if word == "elif":
                self.expression(f"{{% if {said.removeprefix('elif')} %}}{{% endif %}}", tag, place)
        elif word in _CLOSERS.values():
            self.begin(word, said, tag, place)
        else:
            raise self.refuse(place, tag, "chỉ dùng được if, for và các trường", "only if, for and fields may be used")

    def begin(self, word: str, said: str, tag: str, place: Place) -> None:
        self.expression(f"{{% {said} %}}{{% end{word} %}}", tag, place)
        self.open.append((word, tag, place))
        if word == "for":
            self.loops.append(said.split()[1])
            if len(self.loops) > DEEPEST:
                raise self.refuse(place, tag, f"quá {DEEPEST} vòng lặp lồng nhau", f"more than {DEEPEST} lists deep")

    def close(self, word: str, tag: str, place: Place) -> None:
        if not self.open or self.open[-1][0] != word:
            raise self.refuse(place, tag, f"không đóng {{% {word} %}} nào", f"it closes no {{% {word} %}}")
        self.open.pop()
        if word == "for":
            self.loops.pop()

    def expression(self, source: str, tag: str, place: Place) -> None:
        from jinja2 import TemplateSyntaxError

        try:
            tree = self.environment.parse(source)
        except TemplateSyntaxError as error:
            raise self.refuse(place, tag, "viết sai", str(error.message)) from error
        known = {*self.fields, *self.loops, "loop"}
        for node, _ in _every(tree):
            if is_strange(node):
                raise self.refuse(place, tag, "không được dùng trong mẫu (unsafe)", f"unsafe: {ALLOWED}")
            if node.__class__.__name__ == "Name" and node.ctx == "load" and node.name not in known | _given(tree):
                there = ", ".join(self.fields)
                raise self.refuse(
                    place, tag, f"không có trường '{node.name}'; có: {there}", f"nothing fills '{node.name}'"
                )


def is_strange(node: Any) -> bool:  # noqa: ANN401 (a node of Jinja's, which has no types of its own)
    """Is it none of the few things that a template of ours may hold?"""
    kind = node.__class__.__name__
    inner = kind == "Getattr" and (node.attr.startswith("_") or getattr(node.node, "name", "") != "loop")
    endless = kind == "For" and (node.iter.__class__.__name__ != "Name" or node.recursive)
    return kind not in _NODES or inner or endless or (kind == "Filter" and node.name not in _FILTERS)


def guarded() -> Environment:
    """Jinja in which nothing runs that is strange, wherever in the file it stands (text boxes, notes, properties).

    Raises, when it reads a template:
        TemplateError: it holds something else.
    """
    from jinja2 import StrictUndefined, TemplateSyntaxError
    from jinja2.sandbox import SandboxedEnvironment

    class Guarded(SandboxedEnvironment):
        def _parse(self, source: str, name: str | None, filename: str | None) -> Any:  # noqa: ANN401 (Jinja's own words)
            tree = super()._parse(source, name, filename)
            stray = next((node for node, deep in _every(tree) if deep > DEEPEST or is_strange(node)), None)
            if stray is not None:
                msg = f"unsafe: {stray.__class__.__name__}; {ALLOWED}"
                raise TemplateSyntaxError(msg, stray.lineno or 1)
            return tree

    return Guarded(undefined=StrictUndefined, autoescape=True)


def _every(tree: Any, deep: int = 0) -> Iterator[tuple[Any, int]]:  # noqa: ANN401 (as above)
    """Nodes, and in how many lists each lies."""
    deep += tree.__class__.__name__ == "For"
    yield tree, deep
    for child in tree.iter_child_nodes():
        yield from _every(child, deep)


def _given(tree: Any) -> set[str]:  # noqa: ANN401 (as above)
    """Names that the tag itself gives: the item of a list."""
    return {node.name for node, _ in _every(tree) if node.__class__.__name__ == "Name" and node.ctx == "store"}


def check(document: Document, name: str, fields: Collection[str], environment: Environment) -> None:
    """Every tag of a template.

    Raises:
        Misconfigured: the first that will not do, with its paragraph.
    """
    for part in _parts(document):
        reading = _Reading(name, environment, fields)
        for place in part:
            reading.paragraph(place)
        if reading.open:
            word, tag, place = reading.open[-1]
            raise reading.refuse(place, tag, f"thiếu {{% end{word} %}}", f"its {{% end{word} %}} is missing")


def _parts(document: Document) -> Iterator[Iterator[Place]]:
    """The text, then heads and feet of pages: a list begun in one does not end in another."""
    yield _places(document, "")
    for section in document.sections:
        for each, where in (
            (section.header, "đầu trang"),
            (section.first_page_header, "đầu trang đầu"),
            (section.footer, "chân trang"),
            (section.first_page_footer, "chân trang đầu"),
        ):
            if not each.is_linked_to_previous:
                yield _places(each, f"{where} ")


def _places(box: Any, where: str) -> Iterator[Place]:  # noqa: ANN401 (a document, a header or a cell)
    """Paragraphs in their order, tables where they stand; each merged cell once."""
    from docx.table import Table

    paragraphs = tables = 0
    for block in box.iter_inner_content():
        if not isinstance(block, Table):
            paragraphs += 1
            yield Place(f"{where}đoạn {paragraphs}", block.text)
            continue
        tables += 1
        once = {cell._tc: cell for row in block.rows for cell in row.cells}  # noqa: SLF001 (a merged cell comes again for each column)
        for number, cell in enumerate(once.values(), 1):
            yield from _places(cell, f"{where}bảng {tables} ô {number} ")
