"""The demo walks the whole path without a key press; here with a net and a run that are small."""

import pytest

from tutor import demonstration
from tutor.workspace import Workspace


def test_the_demo_checks_names_trains_and_draws(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(demonstration, "SHORTER", {"epochs": "1", "num_blocks": "1"})
    folder = workspace.root.parent / "demo"

    code = demonstration.demonstrate(folder, ascii_only=True)

    said = capsys.readouterr().out
    assert code == 0, said
    assert said.isascii()
    assert "shipped solutions" in said
    for words in ("PASSED", "FAILED", "batch-statistics-in-evaluation", "stage 3", "Phase 4 is locked"):
        assert words in said, words
    assert (folder / "runs" / "cnn-quick-001" / "metrics.jsonl").is_file()
