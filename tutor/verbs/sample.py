"""`sample`: text that a trained character model makes up."""

from typing import Annotated, Any

import typer

from tutor.verbs.options import HIGHEST_SEED, AsciiOption, JsonOption, WorkspaceOption


def sample(
    run: Annotated[str, typer.Argument(metavar="RUN", help='Its name, a unique beginning of it, or "last".')],
    prompt: Annotated[str, typer.Option(help="What the text begins with; a line break where it is left out.",
                                        show_default=False)] = "",
    temperature: Annotated[float, typer.Option(help="Below 1 the likely gets likelier, above 1 all gets more alike.")]
    = 0.8,
    length: Annotated[int, typer.Option(min=1, max=20_000, help="How many characters.")] = 500,
    seed: Annotated[int, typer.Option(min=0, max=HIGHEST_SEED)] = 0,
    chances: Annotated[bool, typer.Option("--chances", help="How likely each character was, below it.")] = False,
    coherence: Annotated[bool, typer.Option("--coherence", help="Measure 5,000 characters, whatever --length, "
                                            "against held-out text and a 4-gram's.")] = False,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
    ascii: AsciiOption = False,
) -> None:  # fmt: skip
    """Let the net say something, one character after another, by your own `sample`."""
    import asyncio
    import json

    from models.coherence_facts import is_kept, read_coherence
    from models.runs import find_run
    from tutor.console import console_charset, console_width, print_rows
    from tutor.drawing.coherence import draw_coherence
    from tutor.drawing.sample import draw_sample
    from tutor.workspace import open_workspace

    found = find_run(open_workspace(workspace).runs, run)
    question = {
        "ask": "coherence" if coherence else "sample", "run": str(found.path), "prompt": prompt,
        "temperature": temperature, "length": length, "seed": seed,
    }  # fmt: skip
    kept = read_coherence(found, found.status().step) if coherence and is_kept(question) else None
    answer = kept if kept and "problem" not in kept else asyncio.run(_asked(question))
    charset, width = console_charset(ascii), console_width()
    if as_json:
        print(json.dumps({"schema": 1, **answer}))
    elif coherence:
        print_rows(draw_coherence(answer, width, charset), charset)
    else:
        print_rows(draw_sample(answer, width, charset, with_chances=chances), charset)


async def _asked(question: dict[str, Any]) -> dict[str, Any]:
    from tutor.lab_client import LabClient

    lab = LabClient()
    try:
        return await lab.ask(question)
    finally:
        await lab.close()
