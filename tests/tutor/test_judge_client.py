"""One judge, asked several things: warm, repeatable by its seed, and none the worse for bad code."""

import asyncio

import pytest

from lessons.checking.verdict import Verdict
from tutor.judge_client import JudgeClient
from tutor.refusals import Refusal
from tutor.workspace import Workspace, init_workspace

HEAD = "def conv2d(x, w, b=None, stride=1, padding=0, dilation=1):\n"
FILES = {
    "wrong": f"{HEAD}    print('hello from', x.dtype)\n    return x.sum() + w.sum()\n",
    "endless": f"{HEAD}    while True:\n        pass\n",
    "exits": "raise SystemExit(0)\n",
    "crashes": f"import os\n\n{HEAD}    os.abort()\n",
    "without the symbol": "def konv2d(x):\n    return x\n",
    "ours": "from models.conv import conv2d\n",
}


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Verdict]:
    """What one judge says to each of these files in turn, and to the wrong one by the same seed again."""
    workspace = init_workspace(tmp_path_factory.mktemp("judge") / "phase3").workspace
    return asyncio.run(_ask(workspace))


async def _ask(workspace: Workspace) -> dict[str, Verdict]:
    judge, file = JudgeClient(), workspace.root / "cnn" / "conv.py"
    said: dict[str, Verdict] = {}
    try:
        for name, text in FILES.items():
            file.write_text(text)
            said[name] = await judge.check("cnn/conv2d", workspace.root, seed=5, timeout_s=1.0)
        file.write_text(FILES["wrong"])
        said["wrong, same seed"] = await judge.check("cnn/conv2d", workspace.root, seed=5)
        said["wrong, no seed"] = await judge.check("cnn/conv2d", workspace.root)
        with pytest.raises(Refusal, match="cnn/konv2d"):
            await judge.check("cnn/konv2d", workspace.root)
        said["wrong, no seed again"] = await judge.check("cnn/conv2d", workspace.root)
    finally:
        await judge.close()
    return said


def test_the_same_seed_gives_the_same_verdict(verdicts):
    def told(name: str) -> dict:
        return verdicts[name].to_json() | {"seconds": 0, "learner_seconds": 0}

    assert told("wrong, same seed") == told("wrong")
    assert verdicts["wrong"].seed == 5


def test_without_a_seed_each_check_draws_its_own(verdicts):
    assert verdicts["wrong, no seed"].seed != verdicts["wrong, no seed again"].seed
    assert verdicts["wrong, no seed"].status == "failed"


def test_an_endless_loop_is_a_timeout_and_the_judge_goes_on(verdicts):
    assert verdicts["endless"].status == "timeout"
    assert verdicts["exits"].status == "error"


def test_what_the_code_prints_is_kept_beside_the_verdict(verdicts):
    assert verdicts["wrong"].stdout.startswith("hello from torch.float")


@pytest.mark.parametrize("name", ["exits", "crashes", "without the symbol", "ours"])
def test_code_that_cannot_be_used_is_a_result_not_an_exception(verdicts, name):
    assert verdicts[name].status in ("error", "failed")
    assert verdicts[name].message


def test_of_the_seconds_those_with_the_learners_file_are_told(verdicts):
    assert 0 < verdicts["wrong, same seed"].learner_seconds < verdicts["wrong, same seed"].seconds
    assert verdicts["endless"].learner_seconds == 0


def test_a_second_check_is_warm(verdicts):
    assert verdicts["wrong, same seed"].seconds < 2.0
