"""Multi30k: taken under the names that people have it by, verified, and read as pairs."""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from models import multi30k_file
from models.data_store import DataDamaged, DataMissing, DataStore, NoSuchData
from models.datasets import multi30k as module
from models.datasets.multi30k import load_multi30k
from models.datasets.translation import batches_by_length
from models.multi30k_file import digest_of
from models.multi30k_import import import_multi30k

ROOT = Path(__file__).resolve().parents[3]
COUNTS = {"train": 12, "validation": 3, "held_out": 2}
STEMS = {"train": "train", "validation": "val", "held_out": "test_2016_flickr"}
WORDS = {"en": "A man sits", "de": "Ein Mann sitzt", "fr": "Un homme est assis"}
SIDES = {
    part: {side: [f"{words} {number} {part}." for number in range(count)] for side, words in WORDS.items()}
    for part, count in COUNTS.items()
}


@pytest.fixture
def folder(tmp_path):
    """Tiny pairs under the official names: English plain, the others gz."""
    path = tmp_path / "mine"
    path.mkdir()
    for part, of in SIDES.items():
        for side, lines in of.items():
            write(path / f"{STEMS[part]}.{side}{'' if side == 'en' else '.gz'}", lines)
    return path


@pytest.fixture
def known(monkeypatch):
    """The tiny pairs taken for the known ones."""
    monkeypatch.setattr(multi30k_file, "COUNTS", COUNTS)
    digests = {f"{STEMS[part]}.{side}": digest_of(lines) for part, of in SIDES.items() for side, lines in of.items()}
    monkeypatch.setattr(multi30k_file, "KNOWN", digests)


@pytest.fixture(autouse=True)
def _few_tokens(monkeypatch):
    monkeypatch.setattr(module, "TOKENS", 60)


def write(path, lines):
    content = "".join(f"{line}\n" for line in lines).encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)


def test_what_is_imported_is_read_as_pairs(store, folder):
    list(import_multi30k(folder, store))
    data = load_multi30k(store)
    assert (data.name, data.direction) == ("multi30k", "de-en")
    assert data.train.sources == SIDES["train"]["de"]
    assert data.validation.targets == SIDES["validation"]["en"]
    assert data.held_out.targets == SIDES["held_out"]["en"]
    assert data.facts()["examples"] == COUNTS
    assert data.source is data.target
    assert load_multi30k(store, "en-fr").held_out.targets == SIDES["held_out"]["fr"]


def test_the_vocabulary_is_learned_from_the_pairs_to_train_on_alone(store, folder):
    write(folder / "val.en", ["Ж"] * 3)
    list(import_multi30k(folder, store))
    assert "Ж" not in load_multi30k(store).source.tokens


def test_both_directions_share_one_vocabulary_and_differ_in_their_checksum(store, folder):
    list(import_multi30k(folder, store))
    one, other = load_multi30k(store, "de-en"), load_multi30k(store, "en-de")
    assert one.source == other.source
    assert [path.name for path in store.derived.glob("*.json")] == ["multi30k-de-en.json"]
    assert one.checksum != other.checksum
    assert load_multi30k(store, "de-en").checksum == one.checksum


def test_a_french_side_that_is_added_later_changes_nothing_for_german(store, folder):
    french = sorted(folder.glob("*.fr.gz"))
    kept = [path.read_bytes() for path in french]
    for path in french:
        path.unlink()
    list(import_multi30k(folder, store))
    before = load_multi30k(store).checksum
    with pytest.raises(DataMissing, match=r"without its French side: train\.fr, val\.fr and test_2016_flickr\.fr are"):
        load_multi30k(store, "en-fr")
    for path, content in zip(french, kept, strict=True):
        path.write_bytes(content)
    list(import_multi30k(folder, store))
    assert load_multi30k(store).checksum == before
    assert "French" in store.require("multi30k").source


@pytest.mark.parametrize(
    ("train", "val", "test"),
    [("training", "valid", "test"), ("train", "validation", "flickr2016"), ("train", "dev", "test2016")],
)
def test_other_names_of_the_same_files_are_taken(store, folder, train, val, test):
    for path in list(folder.iterdir()):
        stem, rest = path.name.split(".", 1)
        path.rename(folder / f"{dict(zip(STEMS.values(), (train, val, test), strict=True))[stem]}.{rest}")
    list(import_multi30k(folder, store))
    assert load_multi30k(store).held_out.sources == SIDES["held_out"]["de"]


def test_lines_of_json_with_both_languages_are_taken(store, tmp_path):
    for part, name in (("train", "train"), ("validation", "val"), ("held_out", "test")):
        both = zip(SIDES[part]["en"], SIDES[part]["de"], strict=True)
        write(tmp_path / f"{name}.jsonl", [json.dumps({"en": english, "de": german}) for english, german in both])
    list(import_multi30k(tmp_path, store))
    assert load_multi30k(store).train.sources == SIDES["train"]["de"]
    write(tmp_path / "val.jsonl", ['{"en": "x", "de": "y"}', '{"en": "x"}'])
    with pytest.raises(DataDamaged, match=r'val\.jsonl is not one object a line with a "de" in each'):
        list(import_multi30k(tmp_path, store))


def test_a_clone_of_the_data_set_s_repository_is_looked_into(store, folder, tmp_path):
    (tmp_path / "dataset" / "data" / "task1").mkdir(parents=True)
    folder.rename(tmp_path / "dataset" / "data" / "task1" / "raw")
    list(import_multi30k(tmp_path / "dataset", store))
    assert store.require("multi30k").examples == COUNTS


@pytest.mark.usefixtures("known")
def test_files_that_lie_in_the_data_folder_are_taken_as_they_are(store, folder):
    store.folder.mkdir()
    folder.rename(store.folder / "multi30k")
    assert load_multi30k(store).comparable
    list(store.verify("multi30k"))
    write(store.folder / "multi30k" / "val.de.gz", ["Ein anderer."] * 3)
    with pytest.raises(DataDamaged, match=r"val\.de is not the known raw file"):
        list(store.verify("multi30k"))


@pytest.mark.usefixtures("known")
def test_only_the_known_counts_and_held_out_sentences_are_comparable(store, folder):
    list(import_multi30k(folder, store))
    assert store.require("multi30k").comparable
    assert "the raw files" in load_multi30k(store).source_text
    write(folder / "test_2016_flickr.en", [line.lower() for line in SIDES["held_out"]["en"]])
    list(import_multi30k(folder, store))
    assert not load_multi30k(store).comparable
    assert "not the known Multi30k" in store.require("multi30k").source


@pytest.mark.usefixtures("known")
def test_another_number_of_pairs_is_taken_and_is_not_comparable(store, folder):
    for side in WORDS:
        write(folder / f"train.{side}{'' if side == 'en' else '.gz'}", SIDES["train"][side][:-1])
    list(import_multi30k(folder, store))
    data = load_multi30k(store)
    assert (len(data.train), data.comparable) == (11, False)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"train.de.gz": 11}, "train.en has 12 lines and train.de 11, and line i of one must translate line i"),
        ({"val.en": 0, "val.de.gz": 0, "val.fr.gz": 0}, "val.en is empty"),
    ],
)
def test_sides_that_do_not_pair_are_refused_and_the_earlier_import_stays(store, folder, change, told):
    list(import_multi30k(folder, store))
    before = store.require("multi30k").checksum
    for name, count in change.items():
        write(folder / name, ["x"] * count)
    with pytest.raises(DataDamaged, match=told):
        list(import_multi30k(folder, store))
    assert store.require("multi30k").checksum == before
    assert sorted(path.name for path in store.folder.iterdir()) == ["multi30k"]


@pytest.mark.parametrize(
    ("gone", "told"),
    [
        (["val.en"], "val.en is missing"),
        (["train.de.gz", "test_2016_flickr.de.gz", "train.fr.gz", "val.fr.gz", "test_2016_flickr.fr.gz"],
         "train.de and test_2016_flickr.de are missing"),
        (["train.de.gz", "val.de.gz", "test_2016_flickr.fr.gz"], "test_2016_flickr.fr is missing"),
    ],
)  # fmt: skip
def test_what_is_missing_is_named(store, folder, gone, told):
    for name in gone:
        (folder / name).unlink()
    with pytest.raises(NoSuchData, match=f"This folder does not hold Multi30k: {told}"):
        list(import_multi30k(folder, store))


def test_a_side_that_lacks_a_part_is_left_out(store, folder):
    (folder / "val.fr.gz").unlink()
    list(import_multi30k(folder, store))
    assert "English, German, not" in store.require("multi30k").source


def test_no_folder_no_data_and_no_such_direction_name_the_next_step(store, folder):
    with pytest.raises(NoSuchData, match="it needs train, val and test_2016_flickr"):
        list(import_multi30k(folder / "train.en", store))
    with pytest.raises(DataMissing, match="data import multi30k FOLDER"):
        load_multi30k(store)
    with pytest.raises(NoSuchData, match="use one of: de-en, en-de, en-fr"):
        load_multi30k(store, "en-nl")


def test_marks_within_a_sentence_do_not_end_its_line(store, folder):
    odd = ["A man\u2028sits.", "A man\x0csits.", "  A man sits. \r"]
    write(folder / "val.en", odd)
    list(import_multi30k(folder, store))
    assert load_multi30k(store).validation.targets == [*odd[:2], "A man sits."]


@pytest.mark.parametrize(
    ("content", "told"), [(b"\xff\xfe\n", "is no UTF-8 text: byte 0"), (b"\x1f\x8b\x08bad", "cannot be read")]
)
def test_a_file_that_cannot_be_read_is_named(store, folder, content, told):
    (folder / "val.de.gz").write_bytes(content if content[:1] == b"\x1f" else gzip.compress(content))
    with pytest.raises(DataDamaged, match=rf"val\.de\.gz {told}"):
        list(import_multi30k(folder, store))


def test_a_changed_line_is_found_and_a_damaged_copy_says_what_is_wrong(store, folder):
    list(import_multi30k(folder, store))
    list(store.verify("multi30k"))
    place = store.folder / "multi30k" / "train.en.gz"
    write(place, ["Another man.", *SIDES["train"]["en"][1:]])
    with pytest.raises(DataDamaged, match=r"train\.en is not as it was when it was imported"):
        list(store.verify("multi30k"))
    place.write_bytes(b"nothing")
    assert not {entry.name: entry for entry in store.entries()}["multi30k"].present
    with pytest.raises(DataDamaged, match=r"train\.en\.gz cannot be read"):
        store.require("multi30k")


@pytest.mark.parametrize("module", ["multi30k_file", "multi30k_import", "datasets.byte_pairs"])
def test_getting_it_needs_no_torch(module):
    code = f"import sys, models.{module}; sys.exit(' '.join({{'torch', 'tokenizers'}} & set(sys.modules)) or 0)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.slow
@pytest.mark.parametrize("direction", ["de-en", "en-fr"])
def test_the_real_one_is_comparable_comes_back_as_text_and_fills_its_batches(monkeypatch, tmp_path, direction):
    """Where PHASE3_DATA has it. Every held-out sentence can be written without an unknown token."""
    if not os.environ.get("PHASE3_DATA") or not DataStore().require("multi30k").comparable:
        pytest.skip("PHASE3_DATA names no folder with multi30k")
    monkeypatch.setattr(module, "TOKENS", 8192)
    real = DataStore()
    real.derived = tmp_path
    data = load_multi30k(real, direction)
    assert data.facts()["examples"] == {"train": 29_000, "validation": 1014, "held_out": 1000}
    written = [data.target.decode(data.target.encode(text)) for text in data.held_out.targets]
    assert written == [" ".join(text.split()) for text in data.held_out.targets]
    lengths = data.train.lengths()
    batches = batches_by_length(data.train, 128, torch.Generator().manual_seed(0))
    filled = sum(len(batch) * sum(int(side[batch].max()) for side in lengths) for batch in batches)
    assert 1 - sum(int(side.sum()) for side in lengths) / filled < 0.1
