"""The program that repeats a failing case: run as a learner runs it, with nothing of ours on the path."""

import ast
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from lessons.catalog import curriculum, exercises_by_id
from lessons.checking.assignment import Assignment
from lessons.checking.case import Case
from lessons.checking.examiner import Examiner
from lessons.checking.observations import first_difference
from lessons.checking.reproduction import _tensor, reproduction

Failing = Callable[..., str]


@pytest.fixture
def failing(examiner: Examiner, tmp_path: Path) -> Failing:
    """The program for a file that fails an exercise."""

    def script(exercise_id: str, source: str) -> str:
        exercise = exercises_by_id()[exercise_id]
        file = tmp_path / exercise.file
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(source, encoding="utf-8")
        verdict = examiner.examine(exercise, tmp_path, seed=1)
        found = examiner.script(exercise, tmp_path, None, verdict)
        assert found is not None
        return found

    return script


def run(script: str, folder: Path, *options: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """In an isolated interpreter that could not import a room of ours."""
    path = folder / "repro.py"
    path.write_text(script, encoding="utf-8")
    blind = "import sys; sys.modules.update(dict.fromkeys(('lessons', 'models', 'tutor', 'progress', 'phase3_tutor')))"
    command = [sys.executable, "-P", "-c", f"{blind}; import runpy; runpy.run_path({str(path)!r}, run_name='__main__')"]
    command = [sys.executable, "-P", "-m", "pdb", str(path)] if options else command
    return subprocess.run(command, input=typed, capture_output=True, text=True, timeout=120, check=False)


def test_it_repeats_the_failure_on_one_element_without_the_tutor(failing, right_source, tmp_path):
    wrong = right_source.replace("    return y if", "    y = 1.5 * y\n    return y if")
    ran = run(failing("cnn/conv2d", wrong), tmp_path)
    assert ran.returncode == 0, ran.stderr
    last = ran.stdout.splitlines()[-1]
    assert last.startswith("at [0, 0, 0, 0]: expected ")
    expected, got = (float(word.split()[1]) for word in last.split(": ")[1].split(", "))
    assert got == pytest.approx(1.5 * expected)
    assert "tensor([[[[" in ran.stdout


def test_after_the_mistake_is_mended_it_shows_the_expected_number(failing, right_source, tmp_path):
    script = failing("cnn/conv2d", right_source.replace("    return y if", "    y = 1.5 * y\n    return y if"))
    (tmp_path / "cnn/conv.py").write_text(right_source, encoding="utf-8")
    expected, got = run(script, tmp_path).stdout.splitlines()[-1].split("expected ")[1].split(", got ")
    assert float(got) == pytest.approx(float(expected))


def test_an_exception_of_theirs_rises_with_its_own_line(failing, right_source, tmp_path):
    ran = run(failing("cnn/conv2d", right_source.replace("(padding,) * 4", "(padding,) * 5")), tmp_path)
    assert ran.returncode == 1
    assert f'"{tmp_path}/cnn/conv.py", line' in ran.stderr


def test_it_can_be_stepped_through(failing, right_source, tmp_path):
    wrong = right_source.replace("    return y if", "    y = 1.5 * y\n    return y if")
    typed = "b show\nc\np NAME, INDEX\nq\n"
    ran = run(failing("cnn/conv2d", wrong), tmp_path, "pdb", typed=typed)
    assert "('output', (0, 0, 0, 0))" in ran.stdout


def test_it_never_holds_the_expected_array(failing, right_source):
    script = failing("cnn/conv2d", right_source.replace("    return y if", "    y = 1.5 * y\n    return y if"))
    constants = [node.targets[0].id for node in ast.parse(script).body if isinstance(node, ast.Assign)
                 and isinstance(node.targets[0], ast.Name)]  # fmt: skip
    assert constants.count("EXPECTED") == 1
    (expected,) = [node.value for node in ast.parse(script).body
                   if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "EXPECTED"]  # fmt: skip
    assert isinstance(ast.literal_eval(expected), float)
    assert "lessons" not in script


@pytest.mark.parametrize("exercise", curriculum().exercises, ids=lambda exercise: exercise.id)
def test_for_every_case_of_every_exercise_there_is_a_program_that_compiles(exercise, tmp_path):
    assignment = Assignment(exercise)
    for case in assignment.cases(1):
        difference = first_difference(case, [["output", 1.5]], [["output", 2.5]])
        assert difference is not None
        script = reproduction(assignment, tmp_path, tmp_path / exercise.file, difference, 1)
        compile(script, "repro.py", "exec")
        assert "lessons." not in script


@pytest.mark.parametrize(
    "tensor",
    [
        torch.randn(2, 3, 4, dtype=torch.float64),
        torch.randn(2, 3, 4).permute(2, 0, 1),
        torch.tensor([float("inf"), float("nan"), -float("inf"), 1e-300], dtype=torch.float64),
        torch.tensor(3.5),
        torch.zeros(0, 3),
        torch.tensor([True, False]),
        torch.arange(6, dtype=torch.uint8).view(2, 3).T,
        torch.randn(3).to(torch.bfloat16),
        torch.randn(40, 5),
    ],
    ids=["plain", "permuted", "not finite", "no axes", "empty", "truth", "transposed bytes", "bfloat16", "large"],
)
def test_a_tensor_is_made_again_to_the_bit_with_the_same_order_in_memory(tensor):
    made = eval(_tensor(tensor, False), {"torch": torch, "inf": float("inf"), "nan": float("nan")})
    assert made.dtype == tensor.dtype
    assert made.shape == tensor.shape
    assert torch.equal(made.isnan(), tensor.isnan())
    assert torch.equal(made.nan_to_num(), tensor.nan_to_num())
    assert made.numel() == 0 or made.stride() == tensor.stride()


def test_without_data_only_the_shape_is_kept():
    case = Case("claim", {"x": torch.zeros(2, 3)}, meta=True)
    assert _tensor(case.tensors["x"], case.meta) == 'torch.empty((2, 3), dtype=torch.float32, device="meta")'
