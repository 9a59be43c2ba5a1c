import hashlib
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest

from models.data_store import DataDamaged, DataError
from models.datasets.cifar10_download import ELSEWHERE
from models.datasets.resumed_download import Wanted, download

CONTENT = bytes(range(256)) * 4000
MD5 = hashlib.md5(CONTENT).hexdigest()


@pytest.fixture
def server():
    """Serves CONTENT; `asked` collects the ranges, `cut_after` ends an answer early."""
    state = SimpleNamespace(asked=[], cut_after=None, ranges=True, code=None)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            state.asked.append(self.headers.get("Range"))
            if state.code:
                self.send_error(state.code)
                return
            start = int(self.headers["Range"][6:-1]) if self.headers.get("Range") and state.ranges else 0
            if start >= len(CONTENT):
                self.send_error(416)
                return
            body = CONTENT[start:]
            self.send_response(206 if start else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: state.cut_after])

        def log_message(self, *_):
            return None

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    state.url = f"http://127.0.0.1:{httpd.server_port}/cifar.tar.gz"
    yield state
    httpd.shutdown()
    httpd.server_close()


def cifar10(server) -> Wanted:
    return Wanted("CIFAR-10", server.url, "md5", MD5, ELSEWHERE)


def test_a_download_is_checked_put_in_place_and_not_repeated(server, tmp_path):
    archive = tmp_path / "c.tar.gz"
    progress = list(download(cifar10(server), archive))
    assert archive.read_bytes() == CONTENT
    assert (progress[-1].done, progress[-1].total) == (len(CONTENT), len(CONTENT))
    assert not archive.with_name("c.tar.gz.part").exists()
    assert list(download(cifar10(server), archive)) == []
    assert len(server.asked) == 1


def test_a_download_that_was_cut_off_goes_on_where_it_stopped(server, tmp_path):
    archive = tmp_path / "c.tar.gz"
    server.cut_after = 300_000
    with pytest.raises(DataError, match="data import cifar10"):
        list(download(cifar10(server), archive))
    assert not archive.exists()
    server.cut_after = None
    list(download(cifar10(server), archive))
    assert archive.read_bytes() == CONTENT
    assert server.asked[1] == "bytes=300000-"


def test_a_server_that_knows_no_ranges_sends_the_whole_again(server, tmp_path):
    archive = tmp_path / "c.tar.gz"
    archive.with_name("c.tar.gz.part").write_bytes(CONTENT[:1000])
    server.ranges = False
    list(download(cifar10(server), archive))
    assert archive.read_bytes() == CONTENT


def test_a_finished_part_is_only_checked(server, tmp_path):
    archive = tmp_path / "c.tar.gz"
    archive.with_name("c.tar.gz.part").write_bytes(CONTENT)
    list(download(cifar10(server), archive))
    assert archive.read_bytes() == CONTENT


def test_a_wrong_checksum_removes_the_file_and_names_both(server, tmp_path):
    archive = tmp_path / "c.tar.gz"
    with pytest.raises(DataDamaged, match=f"MD5 {MD5}, and CIFAR-10 has {'0' * 32}"):
        list(download(replace(cifar10(server), checksum="0" * 32), archive))
    assert list(tmp_path.iterdir()) == []


def test_no_network_is_a_sentence_with_another_way(tmp_path):
    with pytest.raises(DataError) as refusal:  # port 9 of this machine answers nobody
        list(download(Wanted("CIFAR-10", "http://127.0.0.1:9/c.tar.gz", "md5", MD5, ELSEWHERE), tmp_path / "c.tar.gz"))
    assert "The network did not deliver CIFAR-10: [Errno 111] Connection refused." in str(refusal.value)
    assert "fetch it on a machine with a network" in refusal.value.next_step


def test_an_answer_that_is_no_file_is_a_sentence_with_its_code(server, tmp_path):
    server.code = 503
    with pytest.raises(DataError, match="The server answered 503"):
        list(download(cifar10(server), tmp_path / "c.tar.gz"))
