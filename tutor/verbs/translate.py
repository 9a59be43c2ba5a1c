"""`translate`: sentences through a trained transformer, typed or piped, and those that it gets wrong."""

import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tutor.verbs.options import AsciiOption, JsonOption, WorkspaceOption

if TYPE_CHECKING:
    from models.runs import RunDirectory
    from tutor.drawing.charset import Charset
    from tutor.lab_client import LabClient

_AT_ONCE = 200  # lines of a pipe that are asked for together


def translate(
    run: Annotated[str, typer.Argument(metavar="RUN", help='Its name, a unique beginning of it, or "last".')],
    text: Annotated[str | None, typer.Argument(metavar="[TEXT]", help="One sentence. Without it lines are read: typed "
                                               "at a prompt, or from a pipe.", show_default=False)] = None,
    beam: Annotated[int, typer.Option(min=1, max=32, help="Sentences side by side; 1 is greedy.")] = 1,
    attention: Annotated[bool, typer.Option("--attention", help="Where every head of the cross-attention looked.")]
    = False,
    wrong: Annotated[int | None, typer.Option("--wrong", min=1, max=1000, metavar="N", show_default=False,
                                       help="List N held-out sentences that come out wrong, beside the truth.")]
    = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
    ascii: AsciiOption = False,
) -> None:  # fmt: skip
    """Translate by your own decoding: one sentence, or line by line."""
    import asyncio

    from models.runs import find_run
    from tutor.console import console_charset
    from tutor.workspace import open_workspace

    _refuse_together(text, beam, attention, wrong, as_json)
    found, charset = find_run(open_workspace(workspace).runs, run), console_charset(ascii)
    if wrong is not None:
        asyncio.run(_wrong(found, wrong, as_json, charset))
    elif text is not None:
        asyncio.run(_one(found, text, beam, attention, as_json, charset))
    else:
        asyncio.run(_lines(found, beam, attention, as_json, charset))


def _refuse_together(text: str | None, beam: int, attention: bool, wrong: int | None, as_json: bool) -> None:
    """Words that would change nothing together, or something else than they say."""
    from tutor.refusals import Refusal

    is_listed = wrong is not None
    if is_listed and (text is not None or attention or beam > 1):
        thing = "--wrong lists held-out sentences as the net decodes them: no text, --beam or --attention goes with it."
        raise Refusal(thing, "translate --wrong", "leave those away, or leave --wrong away")
    if attention and beam > 1:
        thing = "The attention is that of greedy decoding; with a beam it would belong to another translation."
        raise Refusal(thing, "translate --attention", "leave --beam or --attention away")
    if attention and (as_json or (text is None and not sys.stdin.isatty())):
        thing = "A picture has no place in plain lines or in JSON."
        raise Refusal(thing, "translate --attention", "its numbers: phase3-tutor show attention RUN --csv FILE")


async def _one(run: "RunDirectory", text: str, beam: int, attention: bool, as_json: bool, charset: "Charset") -> None:
    async with _lab() as lab:
        _say(await _answer(lab, run, [text], beam), as_json, charset)
        if attention:
            await _attention(lab, run, text, charset)


async def _lines(run: "RunDirectory", beam: int, attention: bool, as_json: bool, charset: "Charset") -> None:
    async with _lab() as lab:
        if sys.stdin.isatty():
            await _prompt(lab, run, beam, attention, as_json, charset)
        else:
            await _pipe(lab, run, beam, as_json, charset)


async def _prompt(
    lab: "LabClient", run: "RunDirectory", beam: int, attention: bool, as_json: bool, charset: "Charset"
) -> None:
    """Each line as it is typed; one that cannot be translated is told why, and the next one is waited for."""
    from tutor.refusals import Refusal

    for line in _typed(run.id):
        try:
            _say(await _answer(lab, run, [line], beam), as_json, charset)
        except Refusal as refusal:
            print(refusal, file=sys.stderr)
            continue
        if attention:
            await _attention(lab, run, line, charset)


async def _pipe(lab: "LabClient", run: "RunDirectory", beam: int, as_json: bool, charset: "Charset") -> None:
    """The lines of a pipe in groups, in their order; one without words stays one. JSON is one object of them all."""
    whole: dict[str, Any] = {"translations": [], "truths": []}
    for number, lines in _piped():
        answer = await _group(lab, run, lines, number, beam)
        of_lines = {name: _by_line(lines, answer[name]) for name in ("translations", "truths")}
        whole = {**answer, **{name: [*whole[name], *of_lines[name]] for name in of_lines}}
        for said in [] if as_json else of_lines["translations"]:
            print(charset.translate(said or ""), flush=True)
    if as_json:
        _say(whole, as_json, charset)


async def _group(lab: "LabClient", run: "RunDirectory", lines: list[str], number: int, beam: int) -> dict[str, Any]:
    """The answer for these lines, the first of which is the one with this number; a refusal names its line."""
    from tutor.refusals import Refusal

    texts = {place: line for place, line in enumerate(lines, number) if line.strip()}
    if not texts:
        return {"translations": [], "truths": []}
    try:
        return await _answer(lab, run, list(texts.values()), beam)
    except Refusal:
        for place, text in texts.items():
            try:
                await _answer(lab, run, [text], beam)
            except Refusal as refusal:
                raise Refusal(refusal.thing, f"line {place} of the input", refusal.next_step) from refusal
        raise


async def _answer(lab: "LabClient", run: "RunDirectory", texts: list[str], beam: int) -> dict[str, Any]:
    return await lab.ask({"ask": "translate", "run": str(run.path), "texts": texts, "width": beam})


def _by_line(lines: list[str], said: Iterable[Any]) -> list[Any]:
    """What was said of each line, in their order; None of a line without words."""
    rest = iter(said)
    return [next(rest) if line.strip() else None for line in lines]


async def _wrong(run: "RunDirectory", most: int, as_json: bool, charset: "Charset") -> None:
    import json

    from tutor.console import console_width, print_rows
    from tutor.drawing.translations import draw_wrong

    async with _lab() as lab:
        answer = await lab.ask({"ask": "wrong", "run": str(run.path), "most": most})
    if as_json:
        print(json.dumps({"schema": 1, **answer}))
    else:
        print_rows(draw_wrong(answer, console_width(), charset), charset)


async def _attention(lab: "LabClient", run: "RunDirectory", text: str, charset: "Charset") -> None:
    from tutor.console import console_width, print_rows
    from tutor.pictures.attention import AttentionPicture
    from tutor.pictures.picture import View

    picture = AttentionPicture()
    answer = await picture.ask(run, View(text=text, kind="cross"), lab)
    print_rows(picture.draw(answer, console_width(), charset), charset)


def _say(answer: dict[str, Any], as_json: bool, charset: "Charset") -> None:
    import json

    if as_json:
        print(json.dumps({"schema": 1, **answer}))
    else:
        print(charset.translate(answer["translations"][0]))


def _typed(run_id: str) -> Iterable[str]:
    """A line at a time, until the end of the input or an empty one."""
    print(f"{run_id} translates what you type; an empty line ends it.", file=sys.stderr)
    while True:
        print("> ", end="", file=sys.stderr, flush=True)
        line = sys.stdin.readline().strip()
        if not line:
            return
        yield line


def _piped() -> Iterable[tuple[int, list[str]]]:
    """Groups of lines, each with the number of its first one."""
    lines: list[str] = []
    number = 1
    for line in sys.stdin:
        lines.append(line.rstrip("\n"))
        if len(lines) == _AT_ONCE:
            yield number, lines
            number, lines = number + len(lines), []
    if lines:
        yield number, lines


@asynccontextmanager
async def _lab() -> "AsyncIterator[LabClient]":
    from tutor.lab_client import LabClient

    lab = LabClient()
    try:
        yield lab
    finally:
        await lab.close()
