import json
import os
import pickle
import random
import tarfile
from pathlib import Path

import numpy as np
import pytest

from models.data_store import DataDamaged, DataError, DataMissing, DataStore
from models.datasets.cifar10 import load_cifar10
from models.datasets.cifar10_import import import_cifar10

PREFIX = "cifar-10-batches-py"


def in_folder(prefix, files):
    return {f"{prefix}/{name}": content for name, content in files.items()}


def nothing_left(store):
    return not store.folder.exists() or not os.listdir(store.folder)


@pytest.mark.parametrize("form", ["tar.gz", "tar", "folder", "parent folder"])
def test_the_official_form_is_read_with_pixels_labels_and_order_kept(
    form, store, batches, md5, import_small, make_tar, make_folder
):
    files = in_folder(PREFIX, batches) | {f"{PREFIX}/readme.html": b"<p>"}
    if form.startswith("tar"):
        source = make_tar(f"cifar.{form}", files, "w:gz" if form == "tar.gz" else "w")
    else:
        source = make_folder("c", files) / (PREFIX if form == "folder" else "")
    progress = import_small(source, md5)
    dataset = load_cifar10(store)
    first, test = pickle.loads(batches["data_batch_1"]), pickle.loads(batches["test_batch"])
    assert dataset.train_images.shape == (100, 3, 32, 32)
    assert (dataset.train_images[:20].flatten(1).numpy() == first[b"data"]).all()
    assert dataset.train_labels[:20].tolist() == first[b"labels"]
    assert dataset.held_out_labels.tolist() == test[b"labels"]
    assert dataset.comparable
    assert "official" in dataset.source
    assert progress[-1].doing == "imported"


@pytest.mark.parametrize("form", ["tar.gz", "tar.xz", "folder", "parent folder"])
def test_images_by_class_are_read_in_order_of_class_and_name(form, store, images, import_small, make_tar, make_folder):
    mixed = list(images.items())
    random.Random(1).shuffle(mixed)
    files = dict(mixed) | {"README.md": b"hello", "train/cat/._0000.png": b"a mac was here"}
    if form.startswith("tar"):
        source = make_tar(f"c.{form}", in_folder("CIFAR-10-images-master", files), f"w:{form[4:]}")
    else:
        source = make_folder("c", in_folder("inner", files)) / ("inner" if form == "folder" else "")
    import_small(source)
    dataset = load_cifar10(store)
    assert dataset.train_labels.tolist() == [label for label in range(10) for _ in range(3)]
    assert dataset.train_images[:, 0, 0, 0].tolist() == [20 * label for label in range(10) for _ in range(3)]
    assert dataset.train_images[:, 1, 0, 0].tolist() == [0, 60, 120] * 10
    assert dataset.held_out_images.shape == (10, 3, 32, 32)
    assert not dataset.comparable
    assert "not the original pixels" in dataset.source


def test_an_archive_cut_short_or_with_a_flipped_byte_is_refused_and_leaves_nothing(
    store, images, import_small, make_tar
):
    whole = make_tar("c.tar.gz", images).read_bytes()
    damaged = store.folder.parent / "damaged.tar.gz"
    for content in (whole[: len(whole) // 2], whole[:-4], whole[:10], b"", b"\x1f\x8b"):
        damaged.write_bytes(content)
        with pytest.raises(DataDamaged) as refusal:
            import_small(damaged)
        assert str(damaged) in str(refusal.value)
    for place in range(20, len(whole), len(whole) // 40):
        damaged.write_bytes(whole[:place] + bytes([whole[place] ^ 16]) + whole[place + 1 :])
        with pytest.raises(DataDamaged):
            import_small(damaged)
    assert nothing_left(store)


def test_a_batch_with_another_checksum_is_refused_by_name(store, batches, md5, import_small, make_tar):
    damaged = bytearray(batches["data_batch_3"])
    damaged[9000] ^= 1
    files = in_folder(PREFIX, batches | {"data_batch_3": bytes(damaged)})
    with pytest.raises(DataDamaged, match="the MD5 of data_batch_3 is"):
        import_small(make_tar("c.tar.gz", files), md5)
    assert nothing_left(store)


def test_a_missing_batch_is_named(store, batches, md5, import_small, make_folder):
    del batches["data_batch_2"]
    with pytest.raises(DataDamaged, match="data_batch_2 is missing"):
        import_small(make_folder("c", batches), md5)
    assert nothing_left(store)


def test_a_pickle_that_asks_for_more_than_arrays_is_not_run(batches, import_small, make_folder, tmp_path):
    import hashlib

    class Harm:
        def __reduce__(self):
            return os.mkdir, (str(tmp_path / "harm"),)

    batches["data_batch_1"] = pickle.dumps({b"data": Harm(), b"labels": []}, protocol=4)
    known = {name: hashlib.md5(content).hexdigest() for name, content in batches.items()}
    with pytest.raises(DataDamaged, match=r"asks for (posix|os)\.mkdir"):
        import_small(make_folder("c", batches), known)
    assert not (tmp_path / "harm").exists()


@pytest.mark.parametrize("name", ["../train/cat/0000.png", "/train/cat/0000.png", "a/../../train/cat/0.png"])
def test_a_name_that_points_outside_is_refused(name, store, images, import_small, make_tar):
    with pytest.raises(DataDamaged, match="not safe") as refusal:
        import_small(make_tar("c.tar.gz", {name: b"x"} | images))
    assert name in str(refusal.value)
    assert nothing_left(store)


def test_a_link_in_an_archive_is_refused(import_small, tmp_path):
    path = tmp_path / "c.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        link = tarfile.TarInfo("train/cat/0000.png")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    with pytest.raises(DataDamaged, match="link or a device"):
        import_small(path)


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda content: content[:60], "cannot be used as an image"),
        (lambda _: b"no picture at all", "cannot be used as an image"),
        (lambda _: b"x" * (2 << 20), "2097152 bytes"),
    ],
)
def test_a_corrupt_image_is_named(damage, words, store, images, import_small, make_folder):
    images["train/ship/0001.png"] = damage(images["train/ship/0001.png"])
    with pytest.raises(DataDamaged, match=r"train/ship/0001\.png") as refusal:
        import_small(make_folder("c", images))
    assert words in str(refusal.value)
    assert nothing_left(store)


def test_an_image_of_another_size_or_class_is_named(images, import_small, make_folder):
    import io

    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", (64, 32)).save(file, "PNG")
    with pytest.raises(DataDamaged, match="64x32, not 32x32"):
        import_small(make_folder("a", images | {"test/dog/0000.png": file.getvalue()}))
    with pytest.raises(DataDamaged, match='"cow" is none of airplane'):
        import_small(make_folder("b", images | {"train/cow/0000.png": images["train/dog/0000.png"]}))


def test_a_class_that_lacks_an_image_is_named_with_both_counts(store, images, import_small, make_folder):
    del images["train/horse/0002.png"]
    with pytest.raises(DataDamaged, match="train/horse holds 2 images, and CIFAR-10 has 3"):
        import_small(make_folder("c", images))
    assert nothing_left(store)


def test_what_is_no_cifar10_says_what_is(import_small, make_tar, make_folder, tmp_path):
    with pytest.raises(DataMissing, match="There is nothing to import"):
        import_small(tmp_path / "nowhere")
    with pytest.raises(DataMissing, match="does not hold CIFAR-10"):
        import_small(make_folder("empty", {"notes.txt": b"hello"}))
    with pytest.raises(DataDamaged, match="Neither batches nor images"):
        import_small(make_tar("other.tar.gz", {"notes.txt": b"hello"}))
    archive = tmp_path / "c.zip"
    archive.write_bytes(b"PK\x03\x04rest")
    with pytest.raises(DataDamaged, match="unpack it and import the folder"):
        import_small(archive)


def test_an_import_that_fails_leaves_the_one_before_it_whole(store, images, import_small, make_folder):
    import_small(make_folder("good", images))
    before = store.require("cifar10").checksum
    images["test/frog/0000.png"] = b"broken"
    with pytest.raises(DataDamaged):
        import_small(make_folder("bad", images))
    assert store.require("cifar10").checksum == before
    assert [entry.name for entry in store.folder.iterdir()] == ["cifar10"]


def test_a_full_disk_while_saving_leaves_nothing_that_looks_whole(
    store, images, import_small, make_folder, monkeypatch
):
    def full(file, _array):
        file.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "save", full)
    with pytest.raises(DataError, match="No space left on device"):
        import_small(make_folder("c", images))
    assert nothing_left(store)


def test_the_disk_is_asked_for_space_before_anything_is_read(store, images, make_folder, monkeypatch):
    import shutil

    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(100, 90, 10))
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("something was read"))
    with pytest.raises(DataError, match=r"184 MB, and 0 MB are free"):
        list(import_cifar10(make_folder("c", images), store))


def test_an_import_that_is_given_up_half_way_leaves_nothing(store, images, make_folder):
    steps = import_cifar10(make_folder("c", images), store, per_class={"train": 3, "test": 1})
    next(steps)
    steps.close()
    assert nothing_left(store)


def test_a_byte_changed_after_the_import_is_found_by_verify(store, images, import_small, make_folder):
    import_small(make_folder("c", images))
    assert [step.doing for step in store.verify("cifar10")][-1] == "verified"
    path = store.cifar10 / "test_images.npy"
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    with pytest.raises(DataDamaged, match=r"test_images\.npy is not as it was"):
        list(store.verify("cifar10"))


def test_arrays_that_are_damaged_or_missing_are_a_sentence_when_loaded(store, images, import_small, make_folder):
    import_small(make_folder("c", images))
    labels = store.cifar10 / "train_labels.npy"
    labels.write_bytes(labels.read_bytes()[:40])
    with pytest.raises(DataDamaged, match="import it again"):
        load_cifar10(store)
    labels.unlink()
    with pytest.raises(DataMissing, match="data import cifar10 PATH"):
        load_cifar10(store)


def test_a_damaged_description_counts_as_missing_and_says_why(store, images, import_small, make_folder):
    import_small(make_folder("c", images))
    path = store.cifar10 / "dataset.json"
    facts = json.loads(path.read_text())
    for text in ("{", json.dumps({key: value for key, value in facts.items() if key != "checksum"})):
        path.write_text(text)
        entry = next(entry for entry in store.entries() if entry.name == "cifar10")
        assert not entry.present
        assert "dataset.json" in entry.source


@pytest.mark.slow
def test_the_jpeg_copy_of_all_60000_images_is_imported(tmp_path):
    copy = DataStore().folder / "cifar10-jpeg.tar.gz"
    if not copy.is_file():
        pytest.skip("PHASE3_DATA holds no cifar10-jpeg.tar.gz")
    store = DataStore(tmp_path)
    list(import_cifar10(copy, store))
    dataset = load_cifar10(store)
    assert dataset.train_labels.bincount().tolist() == [5000] * 10
    assert dataset.held_out_labels.bincount().tolist() == [1000] * 10
    assert not dataset.comparable
    # The mean colour of CIFAR-10 is known; JPEG moves it by less than one step of brightness.
    mean = dataset.train_images.float().mean((0, 2, 3)) / 255
    assert np.allclose(mean, [0.4914, 0.4822, 0.4465], atol=0.004)
