import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from lessons.catalog import Exercise
from lessons.checking.examiner import Examiner
from lessons.checking.verdict import Verdict

Judged = Callable[..., Verdict]


def test_a_right_solution_is_told_why_it_is_right(judged: Judged, right_source: str, conv2d: Exercise):
    verdict = judged(right_source)
    assert (verdict.status, verdict.done, verdict.mistake) == ("passed", True, None)
    assert verdict.after == conv2d.after
    assert verdict.right_equation == conv2d.equation


def test_a_named_mistake_shows_both_equations_and_its_hint(judged: Judged, right_source: str, conv2d: Exercise):
    verdict = judged(right_source.replace("    padded", "    w = w.flip(2, 3)\n    padded", 1))
    assert (verdict.status, verdict.mistake, verdict.done) == ("failed", "flipped-kernel", False)
    assert verdict.right_equation == conv2d.equation
    assert verdict.learner_equation
    assert verdict.learner_equation != verdict.right_equation
    assert verdict.hint in conv2d.hints


def test_an_unnamed_mistake_shows_the_claim_the_input_and_one_number(judged: Judged, right_source: str):
    verdict = judged(right_source.replace("    return y if", "    y = 1.001 * y\n    return y if"), seed=1)
    claim, given, place, count = verdict.detail
    assert (verdict.status, verdict.mistake) == ("failed", None)
    assert claim.startswith("claim: ")
    assert "in nearly every case" in verdict.message
    assert re.search(r"x \(\d+, \d+, \d+, \d+\), w \(", given)
    assert re.fullmatch(r"output\[[\d, ]+\]: expected -?[\d.e-]+, got -?[\d.e-]+ \(\d+ of \d+ values differ\)", place)
    assert re.fullmatch(r"\d+ of \d+ cases differ", count)


def test_no_verdict_ever_shows_an_array(judged: Judged, right_source: str):
    verdict = judged(right_source.replace("    return y if", "    y = y + 1\n    return y if"))
    numbers = re.findall(r"(?:expected|got) (-?[\d.e-]+)", " ".join((verdict.message, *verdict.detail)))
    assert len(numbers) == 2


def test_the_smallest_failing_case_is_the_one_to_think_about(judged: Judged, right_source: str):
    wrong = "    y = y * (1.001 if dilation == 2 and stride == 1 else 1.0)\n    return y if"
    verdict = judged(right_source.replace("    return y if", wrong), seed=1)
    assert 'in the case "dilation spreads the kernel"' in verdict.message


def test_values_that_are_wrong_are_told_before_a_smaller_case_that_raises(judged: Judged, right_source: str):
    """One case of six pixels raises, larger ones give wrong numbers: wrong mathematics is no error."""
    wrong = (
        "    if x.numel() == 6:\n        raise ValueError('too small')\n    y = y * (1.001 if dilation == 2 else 1.0)\n"
    )
    verdict = judged(right_source.replace("    return y if", f"{wrong}    return y if"), seed=1)
    assert (verdict.status, verdict.mistake) == ("failed", None)
    assert "is not right" in verdict.message
    only_raising = judged(right_source.replace("    return y if", wrong.partition("    y =")[0] + "    return y if"))
    assert only_raising.status == "error"


def test_the_same_seed_gives_the_same_verdict_and_another_other_numbers(judged: Judged, right_source: str):
    wrong = right_source.replace("    return y if", "    y = 1.001 * y\n    return y if")
    first, again, other = judged(wrong, seed=1), judged(wrong, seed=1), judged(wrong, seed=2)
    assert first.detail == again.detail
    assert first.detail != other.detail
    assert (first.seed, other.seed) == (1, 2)
    assert judged(wrong).seed != judged(wrong).seed


def test_a_verdict_goes_through_json_unchanged(judged: Judged, right_source: str):
    verdict = judged(right_source.replace("    return y if", "    y = 1.001 * y\n    return y if"), seed=1)
    assert Verdict.from_json(verdict.to_json()) == verdict


def test_the_given_stub_is_missing_and_not_an_error(judged: Judged, conv2d: Exercise):
    verdict = judged(conv2d.stub.read_text())
    assert verdict.status == "missing"
    assert "conv2d in cnn/conv.py: still the stub" in verdict.message


def test_a_stub_with_new_comments_is_still_the_stub(judged: Judged, conv2d: Exercise):
    source = conv2d.stub.read_text().replace("    raise Not", "    # how?\n\n    raise Not")
    assert judged(source).status == "missing"


def test_a_stub_whose_words_were_changed_is_missing_with_its_line(judged: Judged, conv2d: Exercise):
    verdict = judged(conv2d.stub.read_text().replace("your turn: conv2d", "soon"))
    assert verdict.status == "missing"
    assert re.search(r"Not written yet \(cnn/conv.py, line \d+\)", verdict.message)


def test_an_operation_that_torch_does_not_implement_is_not_taken_for_a_stub(judged: Judged, right_source: str):
    verdict = judged(right_source.replace("    padded", "    x.to('meta').nonzero()\n    padded", 1))
    assert verdict.status == "error"
    assert verdict.message.startswith("NotImplementedError (cnn/conv.py, line")


def test_a_file_that_is_not_there_is_missing_and_says_what_makes_it(
    examiner: Examiner, conv2d: Exercise, tmp_path: Path
):
    verdict = examiner.examine(conv2d, tmp_path)
    assert verdict.status == "missing"
    assert verdict.message == "cnn/conv.py is not there. Make the stubs with: phase3-tutor init"


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir], ids=["named pipe", "folder"])
def test_what_is_no_file_is_an_error_at_once(
    make: Callable[[Path], None], examiner: Examiner, conv2d: Exercise, tmp_path: Path
):
    (tmp_path / "cnn").mkdir()
    make(tmp_path / "cnn" / "conv.py")
    verdict = examiner.examine(conv2d, tmp_path)
    assert verdict.status == "error"
    assert "cnn/conv.py is no ordinary file" in verdict.message
    assert verdict.seconds < 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file_is_an_error(examiner: Examiner, conv2d: Exercise, tmp_path: Path):
    (tmp_path / "cnn").mkdir()
    (tmp_path / "cnn" / "conv.py").touch(mode=0o000)
    assert "cnn/conv.py cannot be read" in examiner.examine(conv2d, tmp_path).message


def test_a_workspace_that_is_a_file_is_an_error(examiner: Examiner, conv2d: Exercise, tmp_path: Path):
    (tmp_path / "phase3").touch()
    assert examiner.examine(conv2d, tmp_path / "phase3").status == "error"


def test_a_workspace_behind_a_link_is_named_by_its_own_paths(
    examiner: Examiner, conv2d: Exercise, tmp_path: Path, right_source: str
):
    (tmp_path / "real" / "cnn").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "real" / "cnn" / "conv.py").write_text(right_source + "\n1 / 0\n")
    assert "(cnn/conv.py, line " in examiner.examine(conv2d, tmp_path / "link").message


def test_another_file_can_be_examined_in_the_place_of_the_workspaces_own(
    examiner: Examiner, conv2d: Exercise, tmp_path: Path, right_source: str
):
    other = tmp_path / "elsewhere.py"
    other.write_text(right_source)
    assert examiner.examine(conv2d, tmp_path, other).status == "passed"


def test_byte_order_mark_and_windows_line_ends_are_read_as_python_reads_them(judged: Judged, right_source: str):
    assert judged(b"\xef\xbb\xbf" + right_source.replace("\n", "\r\n").encode()).status == "passed"


def test_a_nul_byte_is_an_error_that_names_the_file(judged: Judged, right_source: str):
    verdict = judged(right_source + "\nname = '\0'\n")
    assert verdict.status == "error"
    assert "(cnn/conv.py" in verdict.message
    assert "null bytes" in verdict.message


@pytest.mark.parametrize("much", [" + ".join(["1"] * 20_000), "-" * 100_000 + "1", "(" * 300 + ")" * 300])
def test_code_that_is_nested_too_deep_is_an_error_and_no_crash(much: str, judged: Judged, right_source: str):
    assert judged(f"{right_source}\n\nmuch = {much}\n").status == "error"


def test_the_place_of_an_exception_is_the_learners_own_line(judged: Judged, right_source: str):
    verdict = judged(right_source.replace("(padding,) * 4", "(padding,) * 5"))
    assert verdict.status == "error"
    assert "(cnn/conv.py, line 7)" in verdict.message
    assert any(line.startswith("cnn/conv.py:7  padded = pad(") for line in verdict.detail)


def test_an_input_that_was_changed_behind_the_gradients_back_is_named(judged: Judged, right_source: str):
    verdict = judged(right_source.replace("    padded", "    w.data.mul_(1 + 1e-9)\n    padded", 1))
    assert verdict.status == "failed"
    assert verdict.message.startswith("Your code changed its input w in place")


def test_numbers_right_on_the_cpu_only_are_told_apart_from_wrong_ones(judged: Judged, right_source: str):
    on_the_cpu = "    y = y + torch.zeros(y.shape, dtype=y.dtype)\n"
    verdict = judged(right_source.replace("    return y if", f"{on_the_cpu}    return y if"))
    assert verdict.status == "failed"
    assert verdict.message.startswith("Where x lies on another device this fails (cnn/conv.py, line 11)")
    assert verdict.detail[-1].startswith("1 of ")


def test_a_value_read_where_there_is_none_is_told_as_such(judged: Judged, right_source: str):
    verdict = judged(
        right_source.replace("    return y if", "    if y.sum() > 1e300:\n        y = -y\n    return y if")
    )
    assert verdict.status == "failed"
    assert verdict.message.startswith("A value is read out of a tensor (cnn/conv.py, line 11)")


def test_bytecode_is_never_left_in_the_workspace(judged: Judged, right_source: str, tmp_path: Path):
    judged("import cnn.sizes\n" + right_source, {"cnn/sizes.py": ""})
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["cnn", "conv.py", "sizes.py"]


def test_a_mistake_is_named_though_it_is_written_so_that_it_fails_otherwise_without_numbers(
    judged: Judged, right_source: str
):
    subtracted = right_source.replace("y + b[:", "y + torch.zeros(len(b), dtype=b.dtype)[:, None, None] - b[:")
    assert subtracted != right_source
    assert judged(subtracted).mistake == "bias-subtracted"
