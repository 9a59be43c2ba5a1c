"""`data`: what is here, and how the rest is got."""

import json
from pathlib import Path

from models.data_store import DataMissing, DataStore, NoSuchData


def test_the_digits_are_here_and_cifar10_names_the_commands_that_get_it(run_verb):
    ran = run_verb("data")
    digits, cifar10, plays, shakespeare, numbers, multi30k = ran.out.splitlines()
    assert (ran.code, ran.err) == (0, "")
    assert digits.startswith("digits       here")
    assert cifar10.startswith("cifar10      not here")
    assert "phase3-tutor data import cifar10 PATH" in cifar10
    assert plays.startswith("plays        here")
    assert shakespeare.startswith("shakespeare  not here")
    assert "phase3-tutor data import shakespeare PATH" in shakespeare
    assert numbers.startswith("number-words here      numbers in English, German and French words, by num2words")
    assert multi30k.startswith("multi30k     not here")
    assert "phase3-tutor data import multi30k FOLDER" in multi30k
    assert run_verb("data", "list").out == ran.out


def test_the_list_as_json_has_a_row_a_data_set(run_verb):
    answer = json.loads(run_verb("data", "list", "--json").out)
    assert answer["schema"] == 1
    rows = {row["name"]: row for row in answer["data"]}
    assert rows["digits"]["present"] is True
    assert rows["digits"]["checksum"].startswith("sha256:")
    assert rows["digits"]["examples"] == {"train": 1442, "held_out": 355}
    assert rows["cifar10"]["present"] is False


def test_data_needs_no_workspace(run_verb, tmp_path):
    assert not (tmp_path / "phase3").exists()
    assert run_verb("data").code == 0
    assert run_verb("data", "verify", "digits").code == 0


def test_an_archive_that_is_none_is_refused_and_leaves_nothing(run_verb, tmp_path):
    archive = tmp_path / "cifar-10-python.tar.gz"
    archive.write_bytes(b"not an archive at all")
    ran = run_verb("data", "import", "cifar10", archive)
    assert ran.code == 2
    assert str(archive) in ran.err
    assert "next:" in ran.err
    assert "Traceback" not in ran.err
    assert not (tmp_path / "data" / "cifar10").exists()


def test_a_folder_of_something_else_is_refused(run_verb, tmp_path: Path):
    (tmp_path / "pictures").mkdir()
    ran = run_verb("data", "import", "cifar10", tmp_path / "pictures")
    assert ran.code == 2
    assert "does not hold CIFAR-10" in ran.err


def test_missing_data_is_nobody_s_fault_and_a_wrong_name_is_wrong_usage():
    assert DataMissing("", "", "").exit_code == 3
    assert NoSuchData("", "", "").exit_code == 2
    assert DataStore().folder.name == "data"


def test_a_text_file_is_imported_told_of_and_verified(run_verb, tmp_path: Path):
    text = tmp_path / "mine.txt"
    text.write_text("First Citizen:\nSpeak, speak.\n\n" * 4000, encoding="utf-8")
    ran = run_verb("data", "import", "shakespeare", text)
    assert (ran.code, ran.err) == (0, "")
    assert "not tiny Shakespeare" in ran.out
    assert "phase3-tutor train rnn --preset full" in ran.out
    assert "shakespeare  here" in run_verb("data").out
    assert run_verb("data", "verify", "shakespeare").code == 0
    (tmp_path / "data" / "shakespeare" / "input.txt").write_text("changed", encoding="utf-8")
    ran = run_verb("data", "verify", "shakespeare")
    assert ran.code == 2
    assert "is not as it was when it was imported" in ran.err
    assert "next:" in ran.err


def test_a_text_that_is_too_short_or_not_there_is_refused_in_words(run_verb, tmp_path: Path):
    (tmp_path / "short.txt").write_text("Speak.", encoding="utf-8")
    short, missing = (run_verb("data", "import", "shakespeare", tmp_path / name) for name in ("short.txt", "none.txt"))
    assert "a model needs 100,000 at least" in short.err
    assert (missing.code, "no text file to import" in missing.err) == (2, True)
    assert "Traceback" not in short.err + missing.err


def test_the_plays_are_verified_and_need_no_import(run_verb, tmp_path: Path):
    ran = run_verb("data", "verify", "plays")
    assert (ran.code, ran.err) == (0, "")
    assert "38 plays of Shakespeare" in ran.out
    assert "comes with the tutor; there is nothing to import" in run_verb("data", "import", "plays", tmp_path).err


def test_the_number_words_are_verified_and_need_no_import(run_verb, tmp_path: Path):
    ran = run_verb("data", "verify", "number-words")
    assert (ran.code, ran.err) == (0, "")
    assert "by num2words" in ran.out
    refusal = run_verb("data", "import", "number-words", tmp_path).err
    assert "number-words comes with the tutor; there is nothing to import" in refusal


def _pairs_in(folder: Path, *sides: str) -> Path:
    folder.mkdir()
    for name, count in (("train", 40), ("val", 3), ("test_2016_flickr", 2)):
        for side in sides:
            lines = "".join(f"Line {number} in {side}.\n" for number in range(count))
            (folder / f"{name}.{side}").write_text(lines, encoding="utf-8")
    return folder


def test_pairs_are_imported_told_of_and_verified(run_verb, tmp_path: Path):
    ran = run_verb("data", "import", "multi30k", _pairs_in(tmp_path / "pairs", "en", "de"))
    assert (ran.code, ran.err) == (0, "")
    assert "pairs of your own, English, German, not the known Multi30k: 40 / 3 / 2 pairs" in ran.out
    assert "phase3-tutor train transformer --preset full" in ran.out
    assert "multi30k     here      pairs of your own" in run_verb("data").out
    rows = {row["name"]: row for row in json.loads(run_verb("data", "list", "--json").out)["data"]}
    assert rows["multi30k"]["examples"] == {"train": 40, "validation": 3, "held_out": 2}
    assert rows["multi30k"]["comparable"] is False
    assert run_verb("data", "verify", "multi30k").code == 0
    (tmp_path / "data" / "multi30k" / "val.de.gz").write_bytes(b"changed")
    ran = run_verb("data", "verify", "multi30k")
    assert ran.code == 2
    assert "val.de.gz cannot be read" in ran.err
    assert "next:" in ran.err


def test_a_folder_without_pairs_and_a_side_that_is_too_short_are_refused_in_words(run_verb, tmp_path: Path):
    english = run_verb("data", "import", "multi30k", _pairs_in(tmp_path / "english", "en"))
    assert english.code == 2
    assert "train.de, val.de and test_2016_flickr.de are missing" in english.err
    folder = _pairs_in(tmp_path / "pairs", "en", "de")
    (folder / "val.de").write_text("one line\n", encoding="utf-8")
    short = run_verb("data", "import", "multi30k", folder)
    assert short.code == 2
    assert "val.en has 3 lines and val.de 1" in short.err
    assert "Traceback" not in english.err + short.err
    assert not (tmp_path / "data" / "multi30k").exists()


def test_multi30k_is_imported_and_never_downloaded(run_verb):
    ran = run_verb("data", "get", "multi30k")
    assert ran.code == 2
    assert "multi30k is not downloaded" in ran.err
    assert "phase3-tutor data import multi30k FOLDER" in ran.err


def test_the_list_is_plain_text_with_sizes_that_are_not_nothing(run_verb):
    out = run_verb("data", "list").out
    assert "\x1b" not in out
    assert "0.0 MB" not in out
    assert all(line[13:22].strip() in ("here", "not here") for line in out.splitlines())
