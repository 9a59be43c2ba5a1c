from typing import Any

import pytest

from lessons.checking.verdict import DONE, Verdict


@pytest.mark.parametrize("status", ["passed", "variant", "fragile", "failed", "error", "timeout", "missing",
                                    "unverifiable"])  # fmt: skip
def test_three_of_the_eight_verdicts_count_as_done(status: Any):
    assert Verdict("cnn/conv2d", status, "").done == (status in DONE)
    assert len(DONE) == 3


def test_there_is_no_other_verdict():
    with pytest.raises(ValueError, match="no verdict is called 'okay'"):
        Verdict("cnn/conv2d", "okay", "")  # type: ignore[arg-type]


def test_json_and_back_is_the_same():
    verdict = Verdict("cnn/conv2d", "failed", "no", mistake="no-bias", seconds=0.25, seed=7, detail=("a", "b"))
    row = verdict.to_json()
    assert row["detail"] == ["a", "b"]
    assert Verdict.from_json(row) == verdict
