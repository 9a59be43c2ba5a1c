"""BLEU, chrF and exact matches, by hand and by sacrebleu's command line."""

import math
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from models.data_store import DataMissing
from models.translation_metrics import chrf, exact_share, sacre_bleu

ROOT = Path(__file__).resolve().parents[2]
HYPOTHESES = ["A man in an orange hat starring at something.", "Two dogs run in snow."]
REFERENCES = ["A man in an orange hat starring at something.", "Two dogs are running in the snow."]


def test_bleu_is_the_geometric_mean_of_the_precisions():
    score = sacre_bleu(["a b c d e"], ["a b c d f"])
    assert score.precisions == pytest.approx((80, 75, 200 / 3, 50))
    assert score.brevity_penalty == 1
    assert score.score == pytest.approx(100 * (4 / 5 * 3 / 4 * 2 / 3 * 1 / 2) ** 0.25)


def test_too_short_is_punished_by_the_lengths_of_the_whole_corpus():
    score = sacre_bleu(["a b c d", "e f g h"], ["a b c d", "e f g h i j"])
    assert (score.hypothesis_length, score.reference_length) == (8, 10)
    assert score.score == pytest.approx(100 * math.exp(1 - 10 / 8))


def test_capitals_count_and_a_full_stop_is_a_token_of_its_own():
    assert sacre_bleu(["Two dogs run fast."], ["Two dogs run fast ."]).score == pytest.approx(100)
    assert sacre_bleu(["two dogs run fast."], ["Two dogs run fast."]).score < 100


def test_score_and_signature_are_those_of_sacrebleu_s_command(tmp_path):
    hypotheses, references = tmp_path / "hypotheses", tmp_path / "references"
    hypotheses.write_text("\n".join(HYPOTHESES) + "\n")
    references.write_text("\n".join(REFERENCES) + "\n")
    done = subprocess.run(
        [sys.executable, "-m", "sacrebleu", references, "-i", hypotheses, "-m", "bleu", "chrf", "-b", "-w", "6"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    theirs = [float(number) for number in done.stdout.replace(",", " ").strip("[] \n").split()]
    ours = [sacre_bleu(HYPOTHESES, REFERENCES).score, chrf(HYPOTHESES, REFERENCES).score]
    assert ours == pytest.approx(theirs, abs=1e-5)


def test_the_signature_says_all_that_the_score_depends_on():
    score = sacre_bleu(HYPOTHESES, REFERENCES)
    assert score.signature == f"nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:{version('sacrebleu')}"
    assert str(score) == f"BLEU {score.score:.2f} ({score.signature})"
    assert chrf(HYPOTHESES, REFERENCES).signature.startswith("nrefs:1|case:mixed|eff:yes|nc:6|nw:0")


def test_nothing_said_scores_nothing():
    assert sacre_bleu(["", ""], REFERENCES).score == 0
    assert exact_share(["", ""], REFERENCES) == 0


def test_a_match_is_exact_to_the_last_character():
    assert exact_share(["zwei", "drei", "vier ", "Fünf"], ["zwei", "drei", "vier", "fünf"]) == 0.5


@pytest.mark.parametrize("score", [sacre_bleu, chrf, exact_share])
def test_what_is_not_paired_is_not_scored(score):
    with pytest.raises(ValueError, match="1 hypotheses cannot be scored against 2 references"):
        score(["a"], ["a", "b"])
    with pytest.raises(ValueError, match="0 hypotheses"):
        score([], [])


@pytest.mark.parametrize("score", [sacre_bleu, chrf])
def test_without_the_package_the_next_step_installs_it(score, monkeypatch):
    monkeypatch.setitem(sys.modules, "sacrebleu.metrics.bleu", None)
    monkeypatch.setitem(sys.modules, "sacrebleu.metrics.chrf", None)
    with pytest.raises(DataMissing, match="pip install sacrebleu"):
        score(["a"], ["a"])


def test_importing_it_loads_neither_sacrebleu_nor_torch():
    code = "import sys, models.translation_metrics; sys.exit(' '.join({'torch', 'sacrebleu'} & set(sys.modules)) or 0)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
