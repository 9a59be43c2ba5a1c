"""A project is verified by doing it again: parts judged now, the checkpoint evaluated now."""

import asyncio
from typing import ClassVar

import pytest

from lessons.checking.verdict import Verdict
from models.presets import PRESETS
from progress.evidence import EvidenceStore
from tutor.recording import record_finished_runs
from tutor.refusals import NOT_VERIFIABLE, Refusal
from tutor.reverification import verify_project

pytestmark = pytest.mark.usefixtures("judge")
BAR = PRESETS["cnn"]["quick"].bar
HELD_OUT = 355


@pytest.fixture
def lab(monkeypatch):
    """A lab whose answer a test decides: a dictionary, or a Refusal."""

    class Lab:
        answer: object = None
        asked: ClassVar[list[dict]] = []
        closed = 0

        async def ask(self, question: dict) -> object:
            Lab.asked.append(question)
            await asyncio.sleep(0.01)
            if isinstance(Lab.answer, Exception):
                raise Lab.answer
            return Lab.answer

        async def close(self) -> None:
            Lab.closed += 1

    monkeypatch.setattr("tutor.reverification.LabClient", Lab)
    return Lab


def gives(accuracy: float, agrees: bool = True) -> dict:
    return {"found": accuracy, "allowed": 2.5 / HELD_OUT, "agrees": agrees}


@pytest.fixture
def trained(workspace, make_run):
    """A recorded run of the learner's own modules, with copies that pass."""

    def train(run_id: str = "cnn-quick-001", accuracy: float = 0.98, **changes):
        from lessons.solutions import write_solutions

        run = make_run(run_id, held_out=accuracy, **changes)
        write_solutions(run.modules)
        record_finished_runs(workspace, [run])
        return run

    return train


def verify(workspace, record: bool = True) -> Verdict:
    return asyncio.run(verify_project(workspace, "cnn", record))[0]


def test_without_a_finished_run_there_is_nothing_to_verify(workspace, lab):
    verdict = verify(workspace)
    assert verdict.status == "missing"
    assert "no run has finished" in verdict.message
    assert "phase3-tutor train cnn --preset quick" in verdict.message
    assert lab.asked == []


def test_a_run_with_a_reference_in_it_does_not_count_and_is_not_evaluated(workspace, lab, trained):
    trained(source="reference")
    verdict = verify(workspace)
    assert verdict.status == "missing"
    assert "a reference stood in for a part" in verdict.message
    assert lab.asked == []


@pytest.mark.usefixtures("lab")
def test_a_run_of_a_longer_preset_is_not_what_unlocking_asks_for(workspace, trained):
    trained("cnn-full-001", preset="full")
    assert verify(workspace).status == "missing"


def test_the_same_figure_past_the_bar_passes_and_is_noted(workspace, lab, trained):
    run = trained(accuracy=0.98)
    lab.answer = gives(0.98)

    verdict = verify(workspace)

    assert verdict.status == "passed"
    assert "98.0 %" in verdict.message
    assert verdict.seconds >= 0.01
    assert lab.asked == [{"ask": "evaluate", "run": str(run.path)}]
    assert lab.closed == 1
    assert EvidenceStore(workspace.record_folder).runs()[0].checked_at


def test_without_recording_nothing_is_noted(workspace, lab, trained):
    trained()
    lab.answer = gives(0.98)
    assert verify(workspace, record=False).status == "passed"
    assert EvidenceStore(workspace.record_folder).runs()[0].checked_at == ""


def test_the_best_run_is_the_one_that_is_verified(workspace, lab, trained):
    trained("cnn-quick-001", 0.975)
    best = trained("cnn-quick-002", 0.99)
    trained("cnn-quick-003", 0.972)
    lab.answer = gives(0.99)

    verify(workspace)

    assert [question["run"] for question in lab.asked] == [str(best.path)]


def test_a_checkpoint_that_gives_another_figure_than_the_record_fails(workspace, lab, trained):
    trained(accuracy=0.99)
    lab.answer = gives(0.60)

    verdict = verify(workspace)

    assert verdict.status == "failed"
    assert "60.0 %" in verdict.message
    assert "99.0 %" in verdict.message


def test_a_checkpoint_that_disagrees_with_its_own_metrics_fails(workspace, lab, trained):
    trained()
    lab.answer = gives(0.98, agrees=False)
    assert verify(workspace).status == "failed"


def test_an_image_on_the_edge_that_another_processor_sees_otherwise_does_not_fail(workspace, lab, trained):
    trained(accuracy=350 / HELD_OUT)
    lab.answer = gives(349 / HELD_OUT)
    assert verify(workspace).status == "passed"


def test_a_run_below_the_bar_fails_and_says_what_the_bar_is(workspace, lab, trained):
    trained(accuracy=0.9)
    lab.answer = gives(0.9)
    verdict = verify(workspace)
    assert verdict.status == "failed"
    assert f"the bar is {BAR:.1%}".replace("%", " %") in verdict.message


def test_modules_that_do_not_pass_now_fail_before_anything_is_evaluated(workspace, lab, trained, judge):
    run = trained()
    (run.modules / "cnn" / "conv.py").write_text("def conv2d(x:\n")

    verdict = verify(workspace)

    assert verdict.status == "failed"
    assert "cnn/conv2d: SyntaxError" in verdict.message
    assert lab.asked == []
    assert {root for _, root, _, _ in judge.asked} == {run.modules}, "the run's copies, not the workspace"


def test_a_later_edit_in_the_workspace_does_not_undo_what_was_trained(workspace, lab, trained, solve):
    solve()
    trained()
    (workspace.root / "cnn" / "conv.py").write_text("def conv2d(x:\n")
    lab.answer = gives(0.98)
    assert verify(workspace).status == "passed"


@pytest.mark.usefixtures("lab")
def test_a_run_that_is_gone_is_unverifiable_not_failed(workspace, trained, tmp_path):
    trained().path.rename(tmp_path / "elsewhere")
    verdict = verify(workspace)
    assert verdict.status == "unverifiable"
    assert "cnn-quick-001 cannot be read" in verdict.message


def test_a_lab_that_cannot_evaluate_is_unverifiable_and_closed(workspace, lab, trained):
    trained()
    lab.answer = Refusal("digits is not on this machine.", "the lab", "get it", NOT_VERIFIABLE)
    verdict = verify(workspace)
    assert verdict.status == "unverifiable"
    assert "digits is not on this machine." in verdict.message
    assert lab.closed == 1
