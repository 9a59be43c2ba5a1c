"""Which of the learner's runs a figure of recurrent nets is drawn of."""

from pathlib import Path

from models.metric import NATS, metric_of
from models.runs import RunDirectory, RunError, list_runs


def newest_lstm_run(runs_folder: Path) -> Path | None:
    """The folder of the newest finished run of project rnn whose LSTM reads text; None where there is none."""
    return next((run.path for run in list_runs(runs_folder) if _is_lstm_of_text(run)), None)


def _is_lstm_of_text(run: RunDirectory) -> bool:
    try:
        config = run.config()
        is_one = config.project == "rnn" and config.settings.get("cell") == "lstm"
        return is_one and metric_of(config.settings) is NATS and run.status().state == "finished"
    except RunError:
        return False
