"""`runs`: list, show, follow, stop, resume and compare training runs."""

from pathlib import Path
from typing import Annotated

import typer

from tutor.verbs.options import AsciiOption, JsonOption, WorkspaceOption

app = typer.Typer(help="List, show, follow, stop, resume and compare runs.", no_args_is_help=False)
RunArgument = Annotated[str, typer.Argument(metavar="RUN", help='Its name, a unique beginning of it, or "last".')]


@app.callback(invoke_without_command=True)
def runs(context: typer.Context) -> None:
    """Without a verb: list them."""
    if context.invoked_subcommand is None:
        list_all()


@app.command("list")
def list_all(workspace: WorkspaceOption = None, as_json: JsonOption = False, ascii: AsciiOption = False) -> None:
    """Every run, newest first."""
    import json

    from models.metric import ACCURACY, metric_of
    from models.runs import RunError, list_runs
    from tutor.console import console_charset, console_width, print_rows
    from tutor.drawing.printable import printable_line
    from tutor.drawing.run_card import NAME_CELLS, draw_run_line
    from tutor.workspace import open_workspace

    found, rows = [], []
    runs = list_runs(open_workspace(workspace).runs)
    names = max([NAME_CELLS, *(len(printable_line(run.id)) for run in runs)])
    for run in runs:
        try:
            config, status = run.config(), run.status()
        except RunError as error:
            found.append({"id": run.id, "state": "unreadable", "message": error.thing})
            rows.append([(printable_line(f"{run.id}  unreadable: {error.thing}"), "")])
            continue
        metric = metric_of(config.settings)
        found.append({
            "id": run.id, "state": status.state, "step": status.step, "total": status.total_steps,
            "preset": config.preset, "evidence": config.is_evidence, "metric": metric.name,
            "held_out": status.held_out, "held_out_accuracy": status.held_out if metric is ACCURACY else None,
            "message": status.message, "bytes": run.size_bytes(),
        })  # fmt: skip
        rows.append(draw_run_line(config, status, console_width(), console_charset(ascii), names))
    if as_json:
        print(json.dumps({"schema": 1, "runs": found}, indent=2))
    else:
        print_rows(rows or [[("No runs yet. Start one: phase3-tutor train cnn --preset quick", "")]])


@app.command()
def show(run: RunArgument, workspace: WorkspaceOption = None, ascii: AsciiOption = False) -> None:
    """The curves and the card of a run, as they are now."""
    from models.runs import find_run
    from tutor.console import console_charset, console_width, print_rows
    from tutor.following import draw_glimpse, glimpses
    from tutor.workspace import open_workspace

    found = find_run(open_workspace(workspace).runs, run)
    charset = console_charset(ascii)
    print_rows(draw_glimpse(next(glimpses(found)), console_width(), charset), charset)


@app.command()
def follow(run: RunArgument, workspace: WorkspaceOption = None, ascii: AsciiOption = False) -> None:
    """Watch a run until it ends; Ctrl-C stops watching, not the run."""
    from models.runs import find_run
    from tutor.following import follow as follow_run
    from tutor.workspace import open_workspace

    here = open_workspace(workspace)
    follow_run(here, find_run(here.runs, run), ascii)


@app.command()
def stop(run: RunArgument, workspace: WorkspaceOption = None) -> None:
    """Finish the step, save a checkpoint, end. `runs resume` goes on from there."""
    from models.runs import find_run
    from tutor.trainer_client import stop_and_wait
    from tutor.workspace import open_workspace

    found = find_run(open_workspace(workspace).runs, run)
    status = stop_and_wait(found)
    print(f"{found.id} is {status.state} at step {status.step} of {status.total_steps}.")


@app.command()
def resume(
    run: RunArgument,
    detach: Annotated[bool, typer.Option("--detach", help="Go on in the background and return.")] = False,
    workspace: WorkspaceOption = None,
    ascii: AsciiOption = False,
) -> None:
    """Go on from the last checkpoint: on a CPU, to the very numbers that an uninterrupted run gives."""
    from models.runs import find_run
    from tutor.following import follow as follow_run
    from tutor.trainer_client import resume_run
    from tutor.workspace import open_workspace

    here = open_workspace(workspace)
    found = find_run(here.runs, run)
    resume_run(found)
    if detach:
        print(f"{found.id} goes on. Follow it: phase3-tutor runs follow {found.id}")
    else:
        follow_run(here, found, ascii)


@app.command()
def compare(
    names: Annotated[list[str], typer.Argument(metavar="RUN...", help="Two or more runs; those that differ by their "
                                               "seed alone are one arm.")],
    svg: Annotated[Path | None, typer.Option("--svg", metavar="FILE", help="Write the picture as an image too.",
                                             show_default=False)] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    ascii: AsciiOption = False,
) -> None:  # fmt: skip
    """Curves over each other, and how far apart the arms are beside what the seeds do."""
    import json

    from models.comparison import as_facts, compare_runs
    from models.runs import find_run
    from tutor.comparing import draw_compared, outcome_facts, predicted_arms
    from tutor.console import console_charset, console_width, print_rows
    from tutor.drawing.charset import UNICODE
    from tutor.exporting import write_svg
    from tutor.workspace import open_workspace

    here = open_workspace(workspace)
    found = list({run.id: run for run in (find_run(here.runs, name) for name in names)}.values())
    arms, charset = compare_runs(found), console_charset(ascii)
    if as_json:
        predicted, notices = predicted_arms(here, arms)
        outcomes = {each.arm.label: outcome_facts(each) for each in predicted}
        facts = [{**row, "prediction": outcomes.get(row["label"])} for row in as_facts(arms)]
        print(json.dumps({"schema": 1, "arms": facts, "notices": notices}, indent=2))
    else:
        print_rows(draw_compared(here, found, console_width(), charset, arms), charset)
    if svg:
        rows = draw_compared(here, found, console_width(), charset if ascii else UNICODE, arms)
        write_svg(svg, rows, " and ".join(run.id for run in found))
