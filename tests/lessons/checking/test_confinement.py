from collections.abc import Callable
from pathlib import Path

import pytest

from lessons.checking.confinement import landlock_version
from lessons.checking.verdict import Verdict

Judged = Callable[..., Verdict]
needs_landlock = pytest.mark.skipif(landlock_version() < 1, reason="this kernel has no Landlock")


def done_first(source: str, statement: str) -> str:
    return f"{statement}\n{source}"


@needs_landlock
@pytest.mark.parametrize(
    "statement",
    ["open({!r}, 'w')", "import os; os.remove({!r})", "import pathlib; pathlib.Path({!r} + '2').touch()",
     "import os; os.rename({!r}, {!r} + '3')"],
)  # fmt: skip
def test_the_learners_files_cannot_be_written_or_removed_by_a_check(
    statement: str, judged: Judged, right_source: str, tmp_path: Path
):
    kept = tmp_path / "kept.txt"
    kept.write_text("precious")
    verdict = judged(done_first(right_source, statement.format(str(kept), str(kept))))
    assert verdict.status == "error"
    assert "PermissionError (cnn/conv.py, line 1)" in verdict.message
    assert kept.read_text() == "precious"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cnn", "kept.txt"]


@needs_landlock
def test_programs_that_a_submission_starts_are_confined_too(judged: Judged, right_source: str, tmp_path: Path):
    statement = f"import subprocess; subprocess.run(['touch', {str(tmp_path / 'made')!r}])"
    assert judged(done_first(right_source, statement)).status == "passed"
    assert not (tmp_path / "made").exists()


def test_the_folder_of_a_check_may_be_written_and_is_gone_afterwards(judged: Judged, right_source: str):
    statement = "import os\n\nopen('mine.txt', 'w').write('1')\nprint(os.getcwd())\n"
    verdict = judged(done_first(right_source, statement))
    assert verdict.status == "passed"
    assert not Path(verdict.stdout.strip()).exists()


def test_a_file_cannot_grow_without_end(judged: Judged, right_source: str):
    statement = "with open('big', 'wb') as file:\n    while True:\n        file.write(bytes(1 << 20))"
    verdict = judged(done_first(right_source, statement))
    assert verdict.status == "error"
    assert "File too large" in verdict.message


def test_no_terminal_and_no_graphics_card_is_seen(judged: Judged, right_source: str):
    statement = (
        "import sys\nimport torch\n\nprint(sys.stdin.isatty(), sys.stdin.read() == '', torch.cuda.is_available())"
    )
    assert judged(done_first(right_source, statement)).stdout == "False True False\n"
