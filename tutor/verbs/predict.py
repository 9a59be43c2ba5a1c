"""`predict`: seal what is expected of an ablation, then train the plain and the ablated net under the same seeds."""

import shlex
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from tutor.verbs.options import AsciiOption, WorkspaceOption
from tutor.verbs.train import NAMED, PREDICT_HELP, check_what_is_unchecked, settings_of

if TYPE_CHECKING:
    from models.runs import RunDirectory
    from tutor.experiment import Wish
    from tutor.workspace import Workspace

MOST_SEEDS = 20


def predict(
    project: Annotated[str, typer.Argument(help="cnn or rnn")],
    ablation: Annotated[str, typer.Argument(help=f"What is taken out of the net or changed. {NAMED}")],
    prediction: Annotated[str | None, typer.Argument(metavar="[WORDS]", show_default=False,
                                                     help=f"{PREDICT_HELP} Left out: what was sealed before.")] = None,
    seeds: Annotated[int, typer.Option(min=1, max=MOST_SEEDS, help="Runs of each arm, with seeds 0, 1, ...")] = 3,
    preset: Annotated[str, typer.Option(help="quick, full; cnn also paper; rnn gpu, adding, copy")] = "quick",
    changes: Annotated[list[str] | None, typer.Option("--set", metavar="KEY=VALUE", show_default=False,
                                                      help="Change a setting of the preset, in both arms.")] = None,
    device: Annotated[str, typer.Option(help="cpu, cuda or mps")] = "cpu",
    threads: Annotated[int, typer.Option(min=0, max=1024, help="0: one a core.")] = 0,
    detach: Annotated[bool, typer.Option("--detach", help="Train all of it in the background and return.")] = False,
    workspace: WorkspaceOption = None,
    ascii: AsciiOption = False,
) -> None:  # fmt: skip
    """Seal a prediction, then train what is missing: the plain and the ablated net, each with three seeds.

    One run after the other; Ctrl-C leaves the present one going, and the same command goes on with what is missing.
    """
    from tutor.experiment import Wish, lay_out_experiment, refuse_a_second_one, train_in_background, train_in_turn
    from tutor.predicting import prediction_for
    from tutor.trainer_client import possible_settings
    from tutor.workspace import open_workspace

    here, settings = open_workspace(workspace), settings_of(changes or [])
    said = prediction_for(prediction, [ablation])
    arms = [possible_settings(project, preset, settings, device, ablations) for ablations in ([], [ablation])]
    refuse_a_second_one(here)
    check_what_is_unchecked(here, project, *arms)
    wish = Wish(project, ablation, preset, tuple(settings.items()), seeds, device, threads)
    runs = lay_out_experiment(here, wish, said)
    again = _again(wish, here)
    _say(f"{len(runs)} runs, {seeds} of each arm; the prediction is sealed.")
    if detach:
        log = here.runs / f"predict-{project}-{preset}-{ablation}.log"
        train_in_background(here, again, log)
        print(f"They train one after the other. See how far they are: phase3-tutor runs. What is said: {log}")
        return
    has_all = train_in_turn(here, runs, shlex.join(["phase3-tutor", *again]), ascii, _say)
    if not has_all:
        raise typer.Exit(_code(runs))
    _show(here, runs, ascii)


def _again(wish: "Wish", workspace: "Workspace") -> list[str]:
    """What goes on with this experiment; the prediction is in the record, so it need not be typed again."""
    words = ["predict", wish.project, wish.ablation, "--seeds", str(wish.seeds), "--preset", wish.preset]
    for key, value in wish.changes:
        words += ["--set", f"{key}={value}"]
    return [*words, "--device", wish.device, "--threads", str(wish.threads), "--workspace", str(workspace.root)]


def _code(runs: "list[RunDirectory]") -> int:
    """1 where a run failed; 0 where the reader left, or stopped one."""
    return 1 if any(run.status().state in ("failed", "died") for run in runs) else 0


def _show(workspace: "Workspace", runs: "list[RunDirectory]", ascii: bool) -> None:
    from models.comparison import compare_runs
    from tutor.comparing import draw_compared
    from tutor.console import console_charset, console_width, print_rows

    charset = console_charset(ascii)
    print_rows(draw_compared(workspace, runs, console_width(), charset, compare_runs(runs)), charset)


def _say(words: str) -> None:
    from tutor.drawing.printable import printable

    print(printable(words), file=sys.stderr, flush=True)
