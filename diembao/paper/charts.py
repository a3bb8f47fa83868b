"""Charts as DrawingML, which Word and LibreOffice draw themselves: sharp at any size, and for printers without colour.

A chart is a part of its own in the file; its values stand in it as they are, without a workbook behind them.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from diembao.paper.letter import Chart, Series
from diembao.paper.scripts import TIMES, printable

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element as Element

_CHART: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_IN_WORD: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
# English Metric Units of a millimetre; millimetres of a chart.
_EMU: Final = 36_000
WIDE, HIGH = 160, 62
# Fills in order, told apart in black and white: solid, or a hatching of black on white.
_FILLS: Final = ("#000000", "wdUpDiag", "#D9D9D9", "#FFFFFF", "#7F7F7F", "smGrid")
_LINE: Final = '<a:ln w="6350"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln>'
_LETTERS: Final = (
    f'<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1000"><a:latin typeface="{TIMES}"/><a:cs typeface="{TIMES}"/>'
    "</a:defRPr></a:pPr><a:endParaRPr/></a:p></c:txPr>"
)


def drawing(chart: Chart, document: Document, number: int) -> Element:
    """A run's drawing; ``number`` counts the charts of the document, from 1."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml

    name = PackURI(f"/word/charts/chart{number}.xml")
    part = Part(name, _TYPE, _space(chart).encode(), document.part.package)
    relation = document.part.relate_to(part, f"{_OFFICE}/chart")
    said = escape(printable("".join(span.text for span in chart.caption)), quote=True)
    return parse_xml(
        f'<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:wp="{_IN_WORD}"'
        f' xmlns:a="{_DRAWING}"><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{WIDE * _EMU}" cy="{HIGH * _EMU}"/>'
        f'<wp:docPr id="{1000 + number}" name="Hình {number}" descr="{said}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{_CHART}"><c:chart xmlns:c="{_CHART}" xmlns:r="{_OFFICE}"'
        f' r:id="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )


def _space(chart: Chart) -> str:
    grouping = ("stacked", '<c:overlap val="100"/>') if chart.stacked else ("clustered", "")
    series = "".join(_series(n, each, chart) for n, each in enumerate(chart.series))
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<c:chartSpace xmlns:c="{_CHART}" xmlns:a="{_DRAWING}" xmlns:r="{_OFFICE}"><c:roundedCorners val="0"/>'
        '<c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
        f'<c:barChart><c:barDir val="col"/><c:grouping val="{grouping[0]}"/><c:varyColors val="0"/>{series}'
        f'<c:gapWidth val="60"/>{grouping[1]}<c:axId val="1"/><c:axId val="2"/></c:barChart>'
        f"{_axes()}</c:plotArea>"
        f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{_LETTERS}</c:legend><c:plotVisOnly val="1"/></c:chart>'
        "<c:spPr><a:ln><a:noFill/></a:ln></c:spPr></c:chartSpace>"
    )


def _series(number: int, series: Series, chart: Chart) -> str:
    names = "".join(_point(n, each) for n, each in enumerate(chart.categories))
    values = "".join(_point(n, f"{each:g}") for n, each in enumerate(series.values))
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx><c:strRef><c:f>a</c:f><c:strCache>'
        f'<c:ptCount val="1"/>{_point(0, series.name)}</c:strCache></c:strRef></c:tx>'
        f'<c:spPr>{_fill(_FILLS[number % len(_FILLS)])}{_LINE}</c:spPr><c:invertIfNegative val="0"/>'
        f'<c:cat><c:strLit><c:ptCount val="{len(chart.categories)}"/>{names}</c:strLit></c:cat>'
        f'<c:val><c:numLit><c:formatCode>General</c:formatCode><c:ptCount val="{len(series.values)}"/>{values}'
        "</c:numLit></c:val></c:ser>"
    )


def _point(number: int, text: str) -> str:
    return f'<c:pt idx="{number}"><c:v>{escape(printable(text), quote=False)}</c:v></c:pt>'


def _fill(fill: str) -> str:
    if fill.startswith("#"):
        return f'<a:solidFill><a:srgbClr val="{fill[1:]}"/></a:solidFill>'
    black, white = ('<a:srgbClr val="000000"/>', '<a:srgbClr val="FFFFFF"/>')
    return f'<a:pattFill prst="{fill}"><a:fgClr>{black}</a:fgClr><a:bgClr>{white}</a:bgClr></a:pattFill>'


def _axes() -> str:
    grey = '<a:ln w="3175"><a:solidFill><a:srgbClr val="BFBFBF"/></a:solidFill></a:ln>'
    grid = f"<c:majorGridlines><c:spPr>{grey}</c:spPr></c:majorGridlines>"
    line = f"<c:spPr>{_LINE}</c:spPr>"
    return (
        '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/>{line}{_LETTERS}<c:crossAx val="2"/></c:catAx>'
        '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="l"/>{grid}<c:numFmt formatCode="#,##0" sourceLinked="0"/>'
        f'<c:majorTickMark val="out"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>{line}{_LETTERS}'
        '<c:crossAx val="1"/></c:valAx>'
    )
