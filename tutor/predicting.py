"""What a learner expects of an ablation: sealed in the record before the run starts, and repeated in its config."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from models.ablation_arms import changes_of
from models.prediction import HOW_TO_PREDICT, Prediction, parse_prediction
from models.runs import RunConfig, RunError, SealedPrediction, list_runs
from progress.evidence import EvidenceStore, Predicted
from tutor.refusals import Refusal
from tutor.workspace import Workspace


def prediction_for(words: str | None, ablations: Sequence[str]) -> Prediction | None:
    """What was typed for `--predict`, refused where nothing is ablated."""
    if words is None:
        return None
    if not ablations:
        thing = "A prediction is about what an ablation changes, and none is asked for."
        raise Refusal(thing, "--predict", 'name one too: --ablate no-skip --predict "lower 1-5"')
    return parse_prediction(words)


def sealed(workspace: Workspace, config: RunConfig, prediction: Prediction | None) -> RunConfig:
    """The config with its prediction: sealed now, or, where none is given, what was sealed of this ablation before."""
    if prediction is None:
        standing = standing_prediction(workspace, config)
        return replace(config, prediction=as_in_config(standing) if standing else None)
    return replace(config, prediction=as_in_config(seal(workspace, config, prediction)))


def seal(workspace: Workspace, config: RunConfig, prediction: Prediction) -> Predicted:
    """Put it into the record for good; other words for what was predicted before are refused."""
    wanted = replace(
        subject_of(config),
        run_id=config.id,
        direction=prediction.direction,
        least=prediction.least,
        most=prediction.most,
        is_blind=not has_finished(workspace, config),
    )
    (standing,) = EvidenceStore(workspace.record_folder).seal([wanted])
    refuse_other_words(standing, prediction)
    return standing


def refuse_other_words(standing: Predicted, prediction: Prediction) -> None:
    said = prediction_in(standing).words
    if said != prediction.words:
        thing = f'"{said}" was sealed for {" ".join(standing.ablations)} with seed {standing.seed} already.'
        next_step = f'leave "{prediction.words}" out: what was sealed stands for this run too, and being wrong is free'
        raise Refusal(thing, f"the record, {standing.sealed_at}", next_step)


def standing_prediction(workspace: Workspace, config: RunConfig) -> Predicted | None:
    """What was sealed of this ablation for this seed, else for any seed, the first said; None if nothing was."""
    if not config.ablations:
        return None
    subject = subject_of(config)
    rows = [row for row in EvidenceStore(workspace.record_folder).predictions() if row.experiment == subject.experiment]
    return next((row for row in rows if row.seed == config.seed), rows[0] if rows else None)


def has_finished(workspace: Workspace, config: RunConfig) -> bool:
    """Whether a run of the same ablation and preset has shown its result."""
    for run in list_runs(workspace.runs):
        with suppress(RunError):  # a damaged run shows nothing
            other = run.config()
            same = (other.project, other.preset, other.ablations) == (config.project, config.preset, config.ablations)
            if same and run.status().state == "finished":
                return True
    return False


def prediction_in(row: Predicted) -> Prediction:
    return Prediction(row.direction, row.least, row.most)


def as_in_config(row: Predicted) -> SealedPrediction:
    return SealedPrediction(prediction_in(row).words, row.sealed_at, row.is_blind, row.hash)


def no_words(project: str, ablation: str) -> Refusal:
    """For a run that is asked for by its prediction, when there is none."""
    thing = f"What do you expect of {ablation}? Nothing was sealed yet."
    return Refusal(thing, "the prediction", f'phase3-tutor predict {project} {ablation} "lower 1-5": {HOW_TO_PREDICT}')


def subject_of(config: RunConfig) -> Predicted:
    """The experiment that a run belongs to; nothing is said of it yet."""
    subject = (config.project, config.preset, config.ablations)
    return Predicted(*subject, config.seed, "", 0.0, 0.0, changes=changes_of(config))
