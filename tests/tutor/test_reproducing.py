"""`check EXERCISE --repro FILE`: a script that repeats the failing input, and what is said where there is none."""

import subprocess
import sys

import pytest

from lessons.checking.verdict import Verdict
from tutor.refusals import Refusal
from tutor.reproducing import refuse_taken, write_reproduction

PASSED = Verdict("cnn/conv2d", "passed", "agrees.")
FAILED = Verdict("cnn/conv2d", "failed", "differs.")
WRONG = "def conv2d(x, w, b=None, stride=1, padding=0, dilation=1):\n    return x.sum() + w\n"


def test_a_real_failure_is_written_runs_and_is_not_overwritten(workspace, run_verb, tmp_path):
    (workspace.root / "cnn/conv.py").write_text(WRONG)
    script = tmp_path / "fails.py"
    ran = run_verb("check", "cnn/conv2d", "--repro", script, "--seed", 1)
    assert ran.code == 1
    assert f"python -m pdb {script}" in ran.out
    out = subprocess.run([sys.executable, "-P", script], capture_output=True, text=True, check=True).stdout
    assert "The check said: " in out
    text = script.read_text()
    again = run_verb("check", "cnn/conv2d", "--repro", script)
    assert (again.code, again.out) == (2, "")
    assert "left as it is" in again.err
    assert script.read_text() == text


@pytest.mark.usefixtures("judge")
def test_after_passing_there_is_nothing_to_reproduce(solve, run_verb, tmp_path):
    solve("cnn/conv2d")
    ran = run_verb("check", "cnn/conv2d", "--repro", tmp_path / "fails.py")
    assert ran.code == 0
    assert "There is nothing to reproduce: cnn/conv2d passes." in ran.out
    assert not (tmp_path / "fails.py").exists()


@pytest.mark.usefixtures("judge")
def test_a_stub_has_no_input_that_could_be_repeated(workspace, run_verb, tmp_path):
    ran = run_verb("check", "cnn/conv2d", "--repro", tmp_path / "fails.py")
    assert ran.code == 1
    assert "No script was written" in ran.err
    assert workspace.root.is_dir()


@pytest.mark.usefixtures("workspace", "judge")
@pytest.mark.parametrize("targets", [(), ("cnn",), ("cnn/conv2d", "cnn/pool2d"), ("project/cnn",)])
def test_it_is_for_one_exercise(run_verb, tmp_path, targets):
    ran = run_verb("check", *targets, "--repro", tmp_path / "fails.py")
    assert (ran.code, ran.out) == (2, "")
    assert "one exercise" in ran.err


def test_beside_self_it_is_refused(run_verb, tmp_path):
    assert "do not go together" in run_verb("check", "--self", "--repro", tmp_path / "fails.py").err


def test_the_script_is_whole_or_not_there(tmp_path):
    path = tmp_path / "fails.py"
    assert write_reproduction(path, FAILED, "print(1)\n")[1]
    assert path.read_text() == "print(1)\n"
    with pytest.raises(Refusal, match="left as it is"):
        write_reproduction(path, FAILED, "print(2)\n")
    assert write_reproduction(path, PASSED, None) == ("There is nothing to reproduce: cnn/conv2d passes.", False)


@pytest.mark.parametrize("name", ["", "no/such/folder/fails.py", "x" * 5000, "a\0b"])
def test_a_place_where_nothing_can_be_written_is_refused_before_the_check(tmp_path, name):
    with pytest.raises(Refusal):
        refuse_taken(tmp_path / name)
