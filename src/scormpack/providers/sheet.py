"""Tables written as workbooks of Excel (.xlsx): every cell is text, which loses no zero and is never executed.

Parts, cells and styles: ECMA-376, part 1, 12.3 and 18.3 to 18.8.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from scormpack.package import Entry, Package, zip_bytes
from scormpack.providers.cells import ESCAPED, SHEET, guarded, letters

_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_BEGIN = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD_LINES = 6  # for what a column means
# Everything is text (49), so that no zero is lost: as it is, a name of a column, what it means, an example.
_TEXT, _NAMES, _NOTES = 1, 2, 3
_STYLES = (
    '<fonts count="3"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font>'
    '<font><i/><sz val="11"/><color rgb="FF404040"/><name val="Calibri"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFE3EEF0"/></patternFill></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    + "".join(
        f'<xf numFmtId="49" fontId="{font}" fillId="{fill}" borderId="0" xfId="0" applyNumberFormat="1" '
        'applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
        for font, fill in ((0, 0), (1, 2), (2, 2))
    )
    + '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
)


def written(table: Sequence[Sequence[str]], head: int) -> bytes:
    """`table` as a workbook; its first `head` rows stay in sight, and so does the first column.

    The same table gives the same bytes.
    """
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations({"officeDocument": "xl/workbook.xml"}),
        "xl/_rels/workbook.xml.rels": _relations({"worksheet": "worksheets/sheet1.xml", "styles": "styles.xml"}),
        "xl/styles.xml": _part("styleSheet", _STYLES),
        "xl/workbook.xml": _part("workbook", f'<sheets><sheet name="{SHEET}" sheetId="1" r:id="r1"/></sheets>'),
        "xl/worksheets/sheet1.xml": _part("worksheet", _sheet(table, head)),
    }
    return zip_bytes(Package.of("providers.xlsx", (Entry(name, text.encode()) for name, text in parts.items())))


def _part(root: str, inside: str) -> str:
    return f'{_BEGIN}<{root} xmlns="{_MAIN}" xmlns:r="{_RELATION}">{inside}</{root}>'


def _relations(targets: dict[str, str]) -> str:
    each = (
        f'<Relationship Id="r{number}" Type="{_RELATION}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items(), 1)
    )
    return f'{_BEGIN}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(each)}</Relationships>'


def _content_types() -> str:
    kinds = {"workbook": "sheet.main", "styles": "styles", "worksheets/sheet1": "worksheet"}
    each = (f'<Override PartName="/xl/{part}.xml" ContentType="{_KIND}.{kind}+xml"/>' for part, kind in kinds.items())
    relations = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    plain = '<Default Extension="xml" ContentType="application/xml"/>'
    return f'{_BEGIN}<Types xmlns="{_PACKAGE}/content-types">{relations}{plain}{"".join(each)}</Types>'


def _sheet(table: Sequence[Sequence[str]], head: int) -> str:
    pane = f'<pane xSplit="1" ySplit="{head}" topLeftCell="B{head + 1}" activePane="bottomRight" state="frozen"/>'
    widths = "".join(
        f'<col min="{column}" max="{column}" width="{_width(values)}" style="{_TEXT}" customWidth="1"/>'
        for column, values in enumerate(zip(*table, strict=True), 1)
    )
    lines = "".join(_row(number, values, head) for number, values in enumerate(table, 1))
    view = f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
    return f"{view}<cols>{widths}</cols><sheetData>{lines}</sheetData>"


def _width(values: Sequence[str]) -> int:
    """How wide a column is, in digits: its name and what stands in it, within reason."""
    return min(max(len(values[0]) + 2, *map(len, values[2:]), 18), 40)


def _row(number: int, values: Sequence[str], head: int) -> str:
    style = _TEXT if number > head else _NAMES if number == 1 else _NOTES
    height = f' ht="{15 * _HEAD_LINES}" customHeight="1"' if number == 2 else ""
    cells = (
        f'<c r="{letters(column)}{number}" s="{style}" t="inlineStr">'
        f'<is><t xml:space="preserve">{_escaped(value)}</t></is></c>'
        for column, value in enumerate(values, 1)
        if value
    )
    return f'<row r="{number}"{height}>{"".join(cells)}</row>'


def _escaped(value: str) -> str:
    """A text cell is no formula, so nothing is in front of it but what `unguarded` would take away."""
    whole = guarded(value) if value.startswith("'") else value
    return escape(ESCAPED.sub(lambda found: f"_x005F{found[0]}", whole))
