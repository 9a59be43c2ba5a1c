"""One runner for all tests of a module: starting it costs seconds."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import torch

from lessons.catalog import Exercise, exercises_by_id
from lessons.checking.examiner import Examiner
from lessons.checking.runner_handle import RunnerHandle
from lessons.checking.verdict import Verdict

SITUATIONS = Path(__file__).parent / "situations"
Judged = Callable[..., Verdict]


@pytest.fixture(scope="module")
def examiner() -> Iterator[Examiner]:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # as the judge does: small tensors are slower on two
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTHONUNBUFFERED", raising=False)  # as on a learner's machine: output waits in a buffer
        with RunnerHandle() as runner:
            yield Examiner(runner, seconds=20.0)
    torch.set_num_threads(threads)


@pytest.fixture(scope="session")
def conv2d() -> Exercise:
    return exercises_by_id()["cnn/conv2d"]


@pytest.fixture(scope="session")
def right_source() -> str:
    return (SITUATIONS / "right.py").read_text()


@pytest.fixture
def judged(examiner: Examiner, conv2d: Exercise, tmp_path: Path) -> Judged:
    """The verdict on a text as the workspace's cnn/conv.py; more files of the workspace by their paths."""

    def judge(source: str | bytes, files: dict[str, str] | None = None, seed: int | None = None) -> Verdict:
        texts = {conv2d.file: source, **(files or {})}
        for name, text in texts.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode() if isinstance(text, str) else text)
        return examiner.examine(conv2d, tmp_path, seed=seed)

    return judge
