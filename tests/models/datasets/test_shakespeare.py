"""Tiny Shakespeare as one file: imported, fetched, verified, and split in the order of its text."""

import hashlib
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest

from models import shakespeare_file
from models.data_store import DataDamaged, DataError, DataMissing, NoSuchData
from models.datasets.shakespeare import load_shakespeare
from models.shakespeare_download import get_shakespeare
from models.shakespeare_file import import_shakespeare

ROOT = Path(__file__).resolve().parents[3]
TEXT = "".join(f"First Citizen:\nLine {number} of it, speak.\n\n" for number in range(4000))
CONTENT = TEXT.encode()
SUM = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "mine.txt"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def server():
    """Serves CONTENT from where a client asks; `cut_after` ends an answer early."""
    state = SimpleNamespace(asked=[], cut_after=None)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked = self.headers.get("Range")
            state.asked.append(asked)
            body = CONTENT[int(asked[6:-1]) :] if asked else CONTENT
            self.send_response(206 if asked else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: state.cut_after])

        def log_message(self, *_):
            return None

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    state.url = f"http://127.0.0.1:{httpd.server_port}/input.txt"
    yield state
    httpd.shutdown()
    httpd.server_close()


def test_the_text_is_split_nine_to_one_in_its_order(store, file):
    list(import_shakespeare(file, store))
    data = load_shakespeare(store)
    assert data.decode(data.train_ids) + data.decode(data.held_out_ids) == TEXT
    assert len(data.train_ids) == int(0.9 * len(TEXT))
    assert (data.symbols, len(data.validation_ids)) == ("".join(sorted(set(TEXT))), 0)


def test_a_text_of_one_s_own_is_not_comparable_and_the_canonical_one_is(store, file, monkeypatch):
    list(import_shakespeare(file, store))
    assert (store.require("shakespeare").comparable, load_shakespeare(store).comparable) == (False, False)
    assert "not tiny Shakespeare" in store.require("shakespeare").source
    monkeypatch.setattr(shakespeare_file, "SHA256", SUM)
    assert (store.require("shakespeare").comparable, load_shakespeare(store).comparable) == (True, True)


def test_a_file_that_lies_in_the_data_folder_is_taken_until_another_is_imported(store, file):
    store.folder.mkdir()
    (store.folder / "tinyshakespeare.txt").write_text(TEXT.upper(), encoding="utf-8")
    assert load_shakespeare(store).decode(load_shakespeare(store).train_ids[:5]) == "FIRST"
    list(import_shakespeare(file, store))
    assert load_shakespeare(store).decode(load_shakespeare(store).train_ids[:5]) == "First"


def test_windows_line_ends_and_a_byte_order_mark_are_no_characters_of_the_text(store, tmp_path):
    path = tmp_path / "windows.txt"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    list(import_shakespeare(path, store))
    assert not set("\r\ufeff") & set(load_shakespeare(store).symbols)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"too short", "has 9 characters; a model needs 100,000 at least"),
        (CONTENT + b"\xff\xfe", f"is no UTF-8 text: byte {len(CONTENT)} cannot be read"),
    ],
)
def test_what_cannot_be_learned_from_is_refused_and_the_earlier_text_stays(store, file, tmp_path, content, told):
    list(import_shakespeare(file, store))
    bad = tmp_path / "bad.txt"
    bad.write_bytes(content)
    with pytest.raises(DataDamaged, match=told):
        list(import_shakespeare(bad, store))
    assert store.require("shakespeare").checksum == f"sha256:{SUM}"
    list(store.verify("shakespeare"))


def test_no_file_and_no_data_name_the_next_step(store, tmp_path):
    with pytest.raises(NoSuchData, match="name one text file"):
        list(import_shakespeare(tmp_path, store))
    with pytest.raises(DataMissing, match="data get shakespeare"):
        load_shakespeare(store)


def test_a_changed_byte_is_found(store, file):
    list(import_shakespeare(file, store))
    list(store.verify("shakespeare"))
    place = store.folder / "shakespeare" / "input.txt"
    place.write_bytes(CONTENT.replace(b"Line 7 ", b"Lime 7 "))
    with pytest.raises(DataDamaged, match=r"input\.txt is not as it was when it was imported"):
        list(store.verify("shakespeare"))


def test_a_file_that_was_only_laid_there_is_held_against_the_canonical_one(store, monkeypatch):
    store.folder.mkdir()
    (store.folder / "tinyshakespeare.txt").write_bytes(CONTENT)
    with pytest.raises(DataDamaged, match="is not the canonical tiny Shakespeare"):
        list(store.verify("shakespeare"))
    monkeypatch.setattr(shakespeare_file, "SHA256", SUM)
    list(store.verify("shakespeare"))


def test_a_download_goes_on_where_it_was_cut_off_and_leaves_the_text_alone(server, store):
    server.cut_after = 50_000
    with pytest.raises(DataError, match="data import shakespeare"):
        list(get_shakespeare(store, server.url, SUM))
    server.cut_after = None
    list(get_shakespeare(store, server.url, SUM))
    assert server.asked == [None, "bytes=50000-"]
    assert (store.folder / "shakespeare" / "input.txt").read_bytes() == CONTENT
    assert [entry.name for entry in store.folder.iterdir()] == ["shakespeare"]


def test_a_download_of_something_else_is_not_imported(server, store):
    with pytest.raises(DataDamaged, match=f"tiny Shakespeare has {'0' * 64}"):
        list(get_shakespeare(store, server.url, "0" * 64))
    assert list(store.folder.iterdir()) == []


def test_no_network_is_a_sentence_with_another_way(store):
    with pytest.raises(DataError) as refusal:  # port 9 of this machine answers nobody
        list(get_shakespeare(store, "http://127.0.0.1:9/input.txt", SUM))
    assert "The network did not deliver tiny Shakespeare" in str(refusal.value)
    assert "data import shakespeare input.txt" in refusal.value.next_step


@pytest.mark.parametrize("module", ["shakespeare_file", "shakespeare_download"])
def test_getting_it_needs_no_torch(module):
    code = f"import sys, models.{module}; sys.exit('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
