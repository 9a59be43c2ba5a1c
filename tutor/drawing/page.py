"""A lesson's Markdown as rows: headings, paragraphs, lists, tables, equations and code as they are set."""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from rich.cells import cell_len

from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.rows import ACCENT, FAINT, STRONG, TITLE, Row, Span, cells, fit, merge

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_CODE = ACCENT
_EQUATION_INDENT = 4
_GAP = "  "  # between two columns
_GOES_ON = "  "  # in front of what of a cell stands below its first row


@cache
def _parser() -> "MarkdownIt":
    """Made at the first page: importing it takes 40 ms, which the map and most verbs need not pay."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table")


def draw_page(markdown: str, width: int, charset: Charset = UNICODE) -> list[Row]:
    """The page `width` cells wide, without an empty row at its ends."""
    rows: list[Row] = []
    for block in _blocks(_parser().parse(charset.translate(markdown))):
        rows += [*block_rows(block, width, charset), []]
    return [merge(fit(row, width, charset.cut)) for row in rows[:-1]]


def block_rows(tokens: list["Token"], width: int, charset: Charset) -> list[Row]:
    """The rows of one block: a heading, a paragraph, a list, code or a table."""
    match tokens[0].type:
        case "heading_open":
            return _heading(tokens, width, charset)
        case "fence" | "code_block":
            return _preformatted(tokens[0].content, width)
        case "hr":
            return [[(charset.rule * width, FAINT)]]
        case "table_open":
            return _table(tokens, width, charset)
        case _:
            return _flow(tokens, width, charset)


def _blocks(tokens: list["Token"]) -> "Iterator[list[Token]]":
    """The tokens of one top-level block after another."""
    depth, block = 0, []
    for token in tokens:
        block.append(token)
        depth += token.nesting
        if depth == 0:
            yield block
            block = []


def _heading(tokens: list["Token"], width: int, charset: Charset) -> list[Row]:
    style = TITLE if tokens[0].tag == "h1" else STRONG
    rows = _wrapped([(text, style) for text, _ in _spans(tokens[1])], width, "", "")
    if tokens[0].tag == "h1":
        rows.append([(charset.rule * min(width, max(map(cells, rows))), FAINT)])
    return rows


def _preformatted(code: str, width: int) -> list[Row]:
    """Line by line as they are set; one that is too wide goes on below, further in."""
    rows: list[Row] = []
    for line in code.rstrip("\n").split("\n"):
        indent = " " * _EQUATION_INDENT
        while (
            cell_len(indent + line) > width and (place := line.rfind(" ", _margin(line) + 1, width - len(indent))) > 0
        ):
            rows.append([((indent + line[:place]).rstrip(), _CODE)])
            indent, line = " " * (2 * _EQUATION_INDENT + _margin(line)), line[place:].lstrip()
        rows.append([(indent + line, _CODE)] if line.strip() else [])
    return rows


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip())


def _flow(tokens: list["Token"], width: int, charset: Charset) -> list[Row]:
    """Paragraphs, with whatever lists and quotations they stand in: each level indents by its marker."""
    rows: list[Row] = []
    markers: list[list] = []  # [indent of the text, marker still to be printed]
    numbers: list[int] = []
    for token in tokens:
        if token.type == "ordered_list_open":
            numbers.append(int(token.attrGet("start") or 1))
        elif token.type == "ordered_list_close":
            numbers.pop()
        elif token.type == "list_item_open":
            is_numbered = token.info != ""
            mark = f"{numbers[-1]}. " if is_numbered else f"{charset.bullet} "
            if is_numbered:
                numbers[-1] += 1
            markers.append([len(mark), mark])
        elif token.type == "blockquote_open":
            markers.append([2, charset.translate("│ ")])
        elif token.type in ("list_item_close", "blockquote_close"):
            markers.pop()
        elif token.type == "inline":
            first = "".join(mark or " " * size for size, mark in markers)
            rows += _wrapped(_spans(token), width, " " * sum(size for size, _ in markers), first)
            markers = [[size, ""] for size, _ in markers]
        elif token.type in ("fence", "code_block"):
            rows += _preformatted(token.content, width)
    return rows


def _table(tokens: list["Token"], width: int, charset: Charset) -> list[Row]:
    """Columns as wide as their widest cell, the head underlined; where that is too wide, cells go on below."""
    table: list[list[list[Span]]] = []
    for token in tokens:
        if token.type == "tr_open":
            table.append([])
        elif token.type == "inline":
            style = "" if len(table) > 1 else STRONG
            table[-1].append([(text, style or own) for text, own in _spans(token)])
    widths = _column_widths(table, width)
    rows: list[Row] = []
    for line in table:
        wrapped = [_wrapped(cell, size, _GOES_ON, "") for cell, size in zip(line, widths, strict=True)]
        for i in range(max(map(len, wrapped))):
            parts = [(cell[i] if i < len(cell) else [], size) for cell, size in zip(wrapped, widths, strict=True)]
            rows.append([span for part, size in parts for span in (*fit(part, size), (_GAP, ""))][:-1])
        if line is table[0]:
            rows.append([(charset.rule * (sum(widths) + len(_GAP) * (len(widths) - 1)), FAINT)])
    return rows


def _column_widths(table: list[list[list[Span]]], width: int) -> list[int]:
    """As wide as the cells; too much for the page is taken from the widest columns, down to their longest word."""
    columns = list(zip(*table, strict=True))
    widths = [max(cells(cell) for cell in column) for column in columns]
    words = [[word for cell in column for text, _ in cell for word in text.split(" ")] for column in columns]
    least = [max(map(cell_len, column), default=0) + len(_GOES_ON) for column in words]
    room = width - len(_GAP) * (len(widths) - 1)
    while sum(widths) > room:
        widest = max(range(len(widths)), key=lambda j: widths[j] if widths[j] > least[j] else 0)
        if widths[widest] <= least[widest]:
            break
        widths[widest] -= 1
    return widths


def _spans(token: "Token") -> list[Span]:
    """The words of a paragraph with their styles; a link shows its text."""
    spans, styles = [], []
    for child in token.children or ():
        if child.type in ("strong_open", "em_open", "link_open"):
            styles.append({"strong_open": STRONG, "em_open": "italic", "link_open": "underline"}[child.type])
        elif child.type in ("strong_close", "em_close", "link_close"):
            styles.pop()
        elif child.type == "code_inline":
            spans.append((child.content.replace(" ", "\u00a0"), _CODE))
        else:
            text = "\n" if child.type == "hardbreak" else " " if child.type == "softbreak" else child.content
            spans.append((text, " ".join(styles)))
    return spans


def _wrapped(spans: list[Span], width: int, indent: str, first: str) -> list[Row]:
    """Words laid into rows; a span of code holds together where it can."""
    rows, row, begin, gap = [], [(first, "")], cell_len(first), False
    used = begin
    for text, style in spans:
        for word in _pieces(text):
            needed = cell_len(word) + gap
            is_full = used + needed > width and used > begin
            if word == "\n" or (word == " " and used >= width) or (word != " " and is_full):
                rows.append(row)
                row, begin, gap = [(indent, "")], cell_len(indent), False
                used = begin
            if word == " ":
                gap = used > begin
            elif word != "\n":
                row.append(((" " if gap else "") + word.replace("\u00a0", " "), style))
                used, gap = used + cell_len(word) + gap, False
    return [*rows, row]


def _pieces(text: str) -> Iterator[str]:
    """Words, and the spaces and line breaks between them."""
    word = ""
    for character in text:
        if character in " \n":
            if word:
                yield word
            yield character
            word = ""
        else:
            word += character
    if word:
        yield word
