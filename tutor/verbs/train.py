"""`train`: start a run of the learner's own modules and follow it."""

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from models.ablations import ABLATIONS
from tutor.verbs.options import HIGHEST_SEED, AsciiOption, WorkspaceOption

PREDICT_HELP = (
    "What you expect of an ablation, sealed before it starts: a direction and a size in points, hundredths of "
    "the held-out accuracy or of a nat (higher is worse there), "
    'such as "lower 1-5", "higher 0.5-2" or "same 0.5"; or by words: small (0.5-2), middle (2-10), large (10-100), '
    '"same none" (0.5).'
)

NAMED = " ".join(f"Of {project}: {', '.join(names)}." for project, names in ABLATIONS.items())

if TYPE_CHECKING:
    from models.runs import RunConfig, RunDirectory
    from tutor.workspace import Workspace


def train(
    project: Annotated[str, typer.Argument(help="cnn, rnn or transformer")],
    preset: Annotated[str, typer.Option(help="quick, full; cnn also paper; rnn gpu, adding, copy; transformer "
                                         "french, gpu")] = "quick",
    changes: Annotated[list[str] | None, typer.Option("--set", metavar="KEY=VALUE", show_default=False,
                                                      help="Change a setting of the preset.")] = None,
    seed: Annotated[int, typer.Option(min=0, max=HIGHEST_SEED)] = 0,
    device: Annotated[str, typer.Option(help="cpu, cuda or mps")] = "cpu",
    threads: Annotated[int, typer.Option(min=0, max=1024, help="0: one a core. Beside busy programs one thread is "
                                         "often quicker than two that wait for each other.")] = 0,
    no_twin: Annotated[bool, typer.Option("--no-twin", help="Train your own layers as they are, without torch's "
                                          "fused twins.")] = False,
    ablations: Annotated[list[str] | None, typer.Option("--ablate", metavar="NAME", show_default=False,
                                                        help=f"Take a thing out of the net or change it. {NAMED} "
                                                        "May be given several times.")] = None,
    predict: Annotated[str | None, typer.Option("--predict", metavar="WORDS", show_default=False, help=PREDICT_HELP)]
    = None,
    detach: Annotated[bool, typer.Option("--detach", help="Start it and return.")] = False,
    prepare: Annotated[bool, typer.Option("--prepare", help="Lay out the run and print the command that trains it in "
                                          "several processes at once.")] = False,
    workspace: WorkspaceOption = None,
    ascii: AsciiOption = False,
) -> None:  # fmt: skip
    """Train the net that is assembled from your modules, in the background. Ctrl-C stops looking, not the run."""
    from tutor.following import follow
    from tutor.predicting import prediction_for
    from tutor.trainer_client import command_for_several, possible_settings, start_run
    from tutor.workspace import open_workspace

    here, settings = open_workspace(workspace), settings_of(changes or [])
    prediction = prediction_for(predict, ablations or [])
    # A wish that cannot be met need not wait for a check.
    chosen = possible_settings(project, preset, settings, device, ablations or [])
    check_what_is_unchecked(here, project, chosen)
    run = start_run(here, project, preset, settings, seed, device, twin=not no_twin, ablations=ablations or [],
                    threads=threads, launch=not prepare, prediction=prediction)  # fmt: skip
    _say_what_it_is(run)
    if prepare:
        print(command_for_several(run))
        return
    if detach:
        print(f"{run.id} is training. Follow it: phase3-tutor runs follow {run.id}")
        return
    status = follow(here, run, ascii)
    raise typer.Exit(1 if status.state in ("failed", "diverged", "died") else 0)


def check_what_is_unchecked(workspace: "Workspace", project: str, *settings: Mapping[str, Any]) -> None:
    """A part that was written or changed since its last check is checked now, so that it can be the learner's.

    `settings` are those of each net that is to be trained: they say which parts it has.
    """
    import asyncio

    from tutor.checking import Targets, check_all
    from tutor.drawing.printable import printable_line
    from tutor.standing import unchecked_parts

    due = unchecked_parts(workspace, project, *settings)
    if not due:
        return
    print(f"Checking first: {', '.join(exercise.id for exercise in due)}", file=sys.stderr)
    verdicts, notice = asyncio.run(check_all(workspace, Targets(due)))
    for verdict in verdicts:
        print(f"  {verdict.id}  {verdict.status}  {printable_line(verdict.message)}", file=sys.stderr)
    if notice:
        print(notice, file=sys.stderr)


def _say_what_it_is(run: "RunDirectory") -> None:
    from tutor.run_parts import reference_parts

    config = run.config()
    for name in config.ablations:
        print(f"Ablation {name}: {ABLATIONS[config.project][name].sentence}.", file=sys.stderr)
    if config.ablations:
        _say_what_was_predicted(config)
    lent = reference_parts(config.parts)
    if lent:
        names = ", ".join(f"{part.exercise_id} ({part.reason})" for part in lent)
        print(f"The reference stands in for {names}: this run is no evidence.", file=sys.stderr)
    print(f"{run.id}: its folder is {run.path}", file=sys.stderr)


def _say_what_was_predicted(config: "RunConfig") -> None:
    from tutor.console import console_width
    from tutor.drawing.prediction import draw_sealed
    from tutor.drawing.rows import plain

    if config.prediction:
        print("\n".join(plain(draw_sealed(config, console_width()))), file=sys.stderr)
    else:
        print(
            'No prediction was sealed; predict before you look next time, as in --predict "lower 1-5".', file=sys.stderr
        )


def settings_of(changes: list[str]) -> dict[str, str]:
    """KEY=VALUE, as `--set` takes it."""
    from tutor.refusals import Refusal

    settings = {}
    for change in changes:
        key, sign, value = change.partition("=")
        if not sign:
            raise Refusal(f'"{change}" is no setting.', "--set", "write it as KEY=VALUE, as in --set epochs=8")
        settings[key.strip()] = value
    return settings
