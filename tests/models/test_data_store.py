import subprocess
import sys
from pathlib import Path

import pytest

from models.data_store import DataMissing, DataStore

ROOT = Path(__file__).resolve().parents[2]


def test_the_folder_is_phase3_data_where_that_is_set(monkeypatch, tmp_path):
    monkeypatch.setenv("PHASE3_DATA", str(tmp_path))
    assert DataStore().folder == tmp_path
    monkeypatch.delenv("PHASE3_DATA")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert DataStore().folder.name == "phase3-tutor"


def test_missing_data_names_the_commands_that_get_it(tmp_path):
    with pytest.raises(DataMissing) as refusal:
        DataStore(tmp_path).require("cifar10")
    assert refusal.value.thing == "cifar10 is not on this machine."
    assert refusal.value.place == str(tmp_path / "cifar10")
    assert "phase3-tutor data get cifar10" in refusal.value.next_step
    assert "phase3-tutor data import cifar10 PATH" in refusal.value.next_step


def test_an_unknown_data_set_names_those_there_are(tmp_path):
    with pytest.raises(DataMissing, match="use one of: digits, cifar10"):
        DataStore(tmp_path).require("mnist")


def test_the_digits_are_there_without_a_network_and_without_a_folder(tmp_path):
    entry = DataStore(tmp_path / "none").require("digits")
    assert entry.present
    assert not entry.comparable


@pytest.mark.parametrize("module", ["presets", "data_store", "trainer", "lab", "status_board", "failure_words"])
def test_what_the_app_and_a_starting_child_import_loads_no_torch(module):
    code = f"import sys, models.{module}; sys.exit(' '.join({{'torch', 'sklearn', 'numpy'}} & set(sys.modules)) or 0)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("module", ["cifar10_import", "cifar10_download"])
def test_importing_data_needs_no_torch(module):
    code = f"import sys, models.datasets.{module}; sys.exit('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
