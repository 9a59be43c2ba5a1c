import json
from pathlib import Path

from models.runs import RunConfig, RunDirectory, RunState, RunStatus
from tutor.figures.newest_run import newest_lstm_run


def a_run(folder: Path, name: str, minute: int, state: RunState = "finished", project: str = "rnn", **settings) -> None:
    path = folder / name
    path.mkdir(parents=True)
    settings = {"cell": "lstm", "dataset": "plays", **settings}
    config = RunConfig(
        id=name, project=project, preset="quick", seed=0, device="cpu", threads=1, twin=True, total_steps=9,
        settings=settings, dataset={}, parts=(), workspace_id="w", created_at=f"2026-01-01T00:{minute:02d}:00+00:00",
        versions={},
    )  # fmt: skip
    run = RunDirectory(path)
    run.write_config(config)
    (path / "status.json").write_text(RunStatus(state).to_json())


def test_the_newest_finished_lstm_that_reads_text_is_taken(tmp_path: Path):
    assert newest_lstm_run(tmp_path / "runs") is None
    a_run(tmp_path, "rnn-quick-001", 1)
    a_run(tmp_path, "rnn-quick-002", 2)
    a_run(tmp_path, "rnn-quick-003", 3, state="stopped")
    a_run(tmp_path, "rnn-quick-gru-001", 4, cell="gru")
    a_run(tmp_path, "rnn-adding-001", 5, dataset="adding")
    a_run(tmp_path, "cnn-quick-001", 6, project="cnn")
    assert newest_lstm_run(tmp_path) == tmp_path / "rnn-quick-002"


def test_a_run_that_cannot_be_read_is_passed_over(tmp_path: Path):
    a_run(tmp_path, "rnn-quick-001", 1)
    a_run(tmp_path, "rnn-quick-002", 2)
    (tmp_path / "rnn-quick-002" / "config.json").write_text(json.dumps({"id": 3}))
    assert newest_lstm_run(tmp_path) == tmp_path / "rnn-quick-001"
