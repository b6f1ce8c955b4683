from __future__ import annotations

import http.client
import shutil
from urllib.parse import urlsplit

import pytest

from pic_analysis.publishing.loopback import served


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "html"
    (folder / "cas").mkdir(parents=True)
    (folder / "index.html").write_text("accueil")
    (folder / "cas" / "eco.html").write_text("éco")
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "lien.txt").symlink_to(tmp_path / "secret.txt")
    with served(folder) as address:
        yield address


def ask(address, path, method="GET", host=None):
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=5)
    connection.request(method, path, headers={"Host": host or parts.netloc})
    reply = connection.getresponse()
    return reply.status, reply.read().decode(), reply


def test_pages_are_served_and_never_kept_by_the_browser(site):
    status, text, reply = ask(site, "/cas/eco.html")
    assert (status, text, reply.getheader("Cache-Control")) == (200, "éco", "no-store")
    assert ask(site, "/")[1] == "accueil"


def test_the_address_is_that_of_this_machine_alone(site):
    assert site.startswith("http://127.0.0.1:")


@pytest.mark.parametrize(
    "host", ["attaquant.example", "attaquant.example:8000", "192.168.1.7:8000", "localhost.evil.fr"]
)
def test_another_name_is_refused(site, host):
    status, text, _ = ask(site, "/index.html", host=host)
    assert status == 403
    assert "accueil" not in text


def test_localhost_is_this_machine(site):
    assert ask(site, "/index.html", host=f"localhost:{urlsplit(site).port}")[0] == 200


@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "//../secret.txt", "/lien.txt"]
)
def test_nothing_outside_the_book(site, path):
    status, text, _ = ask(site, path)
    assert status == 404
    assert "secret" not in text


def test_no_folder_is_listed(site):
    status, text, _ = ask(site, "/cas/")
    assert status == 404
    assert "eco" not in text


def test_nothing_can_be_sent(site):
    assert ask(site, "/index.html", method="POST")[0] == 501


def test_head_has_no_body(site):
    assert ask(site, "/absente.html", method="HEAD")[:2] == (404, "")


def test_a_book_that_takes_the_place_of_another_is_served(tmp_path):
    folder = tmp_path / "html"
    with served(folder) as address:
        assert ask(address, "/index.html")[0] == 404
        folder.mkdir()
        (folder / "index.html").write_text("un")
        assert ask(address, "/index.html")[1] == "un"
        shutil.rmtree(folder)
        folder.mkdir()
        (folder / "index.html").write_text("deux")
        assert ask(address, "/index.html")[1] == "deux"
