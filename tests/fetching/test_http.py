"""The client against a site that fails in every way that sites do."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loopback import Clock, Reply, as_csv, as_json, client

from pic_analysis.fetching import answers
from pic_analysis.fetching.pace import Pace
from pic_analysis.fetching.refusal import AnswerError, Denied, Unreachable

TEXT = "annee,total\n" + "".join(f"{year},{year * 7}\n" for year in range(2001, 2021))

READ = 2 * 64 * 1024  # what whole reads bring before the line goes dead
LARGE = TEXT.encode() * 800
V1 = {"ETag": '"v1"'}


def ask(asking, site, path="/page", **more):
    return asking.get(f"{site.address}{path}", parse=answers.json_object, **more)


def download(asking, site, path="/file"):
    return asking.get(f"{site.address}{path}", parse=lambda answer: answer.content, file=True)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_site_that_is_down_for_a_moment_is_asked_again(site, tmp_path, status):
    site.routes["/page"] = [Reply(status=status), as_json({"total": 1})]
    assert ask(client(tmp_path), site) == {"total": "1"}
    assert len(site.asked) == 2


def test_a_site_that_stays_down_is_left_alone_after_some_tries(site, tmp_path):
    site.routes["/page"] = Reply(status=503)
    clock = Clock()
    with pytest.raises(Unreachable, match="503"):
        ask(client(tmp_path, clock, retries=2), site)
    assert len(site.asked) == 3
    assert clock.slept == sorted(clock.slept)  # each wait at least as long as the one before


def test_too_many_requests_waits_as_long_as_the_site_asks(site, tmp_path):
    site.routes["/page"] = [Reply(status=429, headers={"Retry-After": "7"}), as_json({})]
    clock = Clock()
    ask(client(tmp_path, clock), site)
    assert clock.slept == [7]


def test_too_long_a_wait_is_told_and_not_waited(site, tmp_path):
    site.routes["/page"] = Reply(status=429, headers={"Retry-After": "3600"})
    clock = Clock()
    with pytest.raises(Unreachable, match=r"attendre 3.600 s"):
        ask(client(tmp_path, clock), site)
    assert clock.slept == []
    assert len(site.asked) == 1


@pytest.mark.parametrize("wait", ["", "soon", "-5", "1e9", "Wed, 99 Foo 2026 00:00:00 GMT"])
def test_an_odd_retry_after_is_no_fault_of_the_program(site, tmp_path, wait):
    site.routes["/page"] = Reply(status=429, headers={"Retry-After": wait})
    with pytest.raises(Unreachable):
        ask(client(tmp_path, retries=1), site)


def test_a_slow_site_is_not_waited_for(site, tmp_path):
    site.routes["/page"] = as_json({}, delay=0.4)
    with pytest.raises(Unreachable, match="délai"):
        ask(client(tmp_path, read=0.05, retries=0), site)


def test_an_answer_that_drips_is_given_up(site, tmp_path):
    site.routes["/page"] = as_json({"x": 1})
    clock = Clock()
    asking = client(tmp_path, clock, seconds=-1, retries=0)
    with pytest.raises(Unreachable, match="trop lente"):
        ask(asking, site)


def test_no_connection_is_told_as_such(site, tmp_path):
    with pytest.raises(Unreachable, match=r"pas de connexion, après 2\sessais"):  # offline is soon known
        client(tmp_path).get("http://127.0.0.1:1/page", parse=answers.json_object)


@pytest.mark.parametrize("chunked", [False, True])
def test_a_cut_answer_is_never_taken_for_a_whole_one(site, tmp_path, chunked):
    whole = as_json({"total": 12, "results": list(range(50))})
    site.routes["/page"] = [Reply(whole.body, cut=40, chunked=chunked), whole]
    assert len(ask(client(tmp_path), site)["results"]) == 50
    site.routes["/cut"] = Reply(whole.body, cut=40, chunked=chunked)
    with pytest.raises(Unreachable, match="coupée"):
        ask(client(tmp_path, retries=1), site, "/cut")


def test_a_large_file_goes_on_where_it_stopped(site, tmp_path):
    rest = Reply(LARGE[READ:], 206, {**V1, "Content-Range": f"bytes {READ}-{len(LARGE) - 1}/{len(LARGE)}"}, "text/csv")
    site.routes["/file"] = [Reply(LARGE, headers=V1, kind="text/csv", cut=READ + 99), rest]
    assert download(client(tmp_path), site) == LARGE
    assert (site.headers[1]["Range"], site.headers[1]["If-Range"]) == (f"bytes={READ}-", '"v1"')


def test_a_file_that_changed_meanwhile_is_read_anew(site, tmp_path):
    new = b"annee,total\n2022,5\n"
    site.routes["/file"] = [Reply(LARGE, headers=V1, cut=READ + 99), Reply(new, headers={"ETag": '"v2"'})]
    assert download(client(tmp_path), site) == new


@pytest.mark.parametrize("wrong", [Reply(b"xxx", 206, {"Content-Range": "bytes 3-5/6"}), Reply(status=416)])
def test_a_wrong_range_is_thrown_away(site, tmp_path, wrong):
    site.routes["/file"] = [Reply(LARGE, headers=V1, cut=READ + 99), wrong, Reply(LARGE)]
    assert download(client(tmp_path), site) == LARGE
    assert ["Range" in headers for headers in site.headers] == [False, True, False]


@pytest.mark.parametrize("headers", [{}, {"ETag": 'W/"v1"'}])
def test_a_file_without_a_mark_of_its_version_begins_again(site, tmp_path, headers):
    site.routes["/file"] = [Reply(LARGE, headers=headers, cut=READ + 99), Reply(LARGE)]
    assert download(client(tmp_path), site) == LARGE
    assert "Range" not in site.headers[1]


def test_pages_of_a_fetch_that_failed_serve_the_next_try_of_the_day(site, tmp_path):
    site.routes |= {"/1": as_json({"page": 1}), "/2": [Reply(status=503), as_json({"page": 2})]}
    first = client(tmp_path, retries=0)
    ask(first, site, "/1")
    with pytest.raises(Unreachable):
        ask(first, site, "/2")
    second = client(tmp_path, retries=0)
    assert [ask(second, site, path) for path in ("/1", "/2")] == [{"page": "1"}, {"page": "2"}]
    assert site.asked == ["/1", "/2", "/2"]


def test_what_was_received_on_another_day_is_asked_again(site, tmp_path):
    site.routes["/page"] = [as_json({"total": 1}), as_json({"total": 2})]
    ask(client(tmp_path, day="2026-11-21"), site)
    assert ask(client(tmp_path, day="2026-11-22"), site) == {"total": "2"}
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["2026-11-22"]


def test_a_page_that_was_not_understood_is_not_kept(site, tmp_path):
    site.routes["/page"] = [Reply(b'{"total": '), as_json({"total": 2})]
    with pytest.raises(AnswerError, match="coupée ou illisible"):
        ask(client(tmp_path), site)
    assert ask(client(tmp_path), site) == {"total": "2"}


def test_a_kept_page_that_was_touched_is_asked_again(site, tmp_path):
    site.routes["/page"] = [as_json({"total": 1}), as_json({"total": 2})]
    ask(client(tmp_path), site)
    (kept,) = (tmp_path / "kept").rglob("*.answer")
    kept.write_bytes(kept.read_bytes().replace(b'{"total": 1}', b'{"total": 9}'))
    assert ask(client(tmp_path), site) == {"total": "2"}


def test_keyboard_keeps_the_beginning_of_a_file_and_nothing_half_written(site, tmp_path, monkeypatch):
    import requests

    def interrupted(response, size):
        yield TEXT.encode()[:60]
        raise KeyboardInterrupt

    site.routes["/file"] = Reply(TEXT.encode(), headers={"ETag": '"v1"'})
    monkeypatch.setattr(requests.Response, "iter_content", interrupted)
    with pytest.raises(KeyboardInterrupt):
        download(client(tmp_path), site)
    kept = sorted(path.suffix for path in (tmp_path / "kept").rglob("*") if path.is_file())
    assert kept == [".part"]


def test_redirection_inside_the_site_is_followed(site, tmp_path):
    site.routes |= {"/page": Reply(status=302, headers={"Location": "/there"}), "/there": as_json({"total": 3})}
    assert ask(client(tmp_path), site) == {"total": "3"}


@pytest.mark.parametrize(
    "there",
    [
        "https://elsewhere.example/x",
        "http://127.0.0.2/x",
        "ftp://127.0.0.1/x",
        "file:///etc/passwd",
        "http://[",
        "//x@y/z",
    ],
)
def test_redirection_elsewhere_is_refused(site, tmp_path, there):
    site.routes["/page"] = Reply(status=302, headers={"Location": there})
    with pytest.raises(AnswerError, match="attendue"):
        ask(client(tmp_path), site)


def test_the_body_of_a_redirection_is_not_read(site, tmp_path):
    bomb = gzip.compress(b"0" * 50_000_000)
    headers = {"Location": "/there", "Content-Encoding": "gzip"}
    site.routes |= {"/page": Reply(bomb, status=302, headers=headers, cut=10), "/there": as_json({"total": 3})}
    assert ask(client(tmp_path, retries=0), site) == {"total": "3"}


def test_redirections_without_end_are_refused(site, tmp_path):
    site.routes["/page"] = Reply(status=301, headers={"Location": "/page"})
    with pytest.raises(AnswerError, match="au plus 5 redirections"):
        ask(client(tmp_path), site)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://data.example.fr/x", "https"),
        ("https://user:secret@data.example.fr/x", "sans identifiant"),
        ("https:///x", "complète"),
        ("file:///etc/passwd", "complète"),
        ("https://data.example.fr:99999/x", "complète"),
        ("https://data.example.fr/\nx", "complète"),
    ],
)
def test_address_that_may_not_be_asked_is_refused_before_any_request(tmp_path, address, said):
    with pytest.raises(AnswerError, match=said):
        client(tmp_path).get(address, parse=answers.json_object)


@pytest.mark.parametrize(
    ("given", "within", "allowed"),
    [
        ("https://object.data.gouv.fr/a.csv", "https://www.data.gouv.fr/api/1", True),
        ("https://data.culture.gouv.fr/a.csv", "https://www.data.gouv.fr/api/1", False),
        ("https://data.gouv.fr.example.com/a.csv", "https://www.data.gouv.fr/api/1", False),
        ("http://127.0.0.1/a.csv", "https://www.data.gouv.fr/api/1", False),
    ],
)
def test_address_given_by_a_site_must_be_of_that_site(given, within, allowed):
    from pic_analysis.fetching import addresses

    if allowed:
        addresses.check(given, within)
    else:
        with pytest.raises(AnswerError, match=r"du site data\.gouv\.fr"):
            addresses.check(given, within)


@pytest.mark.parametrize("chunked", [False, True])
def test_too_large_an_answer_is_refused(site, tmp_path, chunked):
    site.routes["/page"] = Reply(b"1" * 5000, chunked=chunked)
    with pytest.raises(AnswerError, match="au plus 1000 octets"):
        ask(client(tmp_path, bytes=1000), site)


def test_a_small_answer_that_unfolds_into_a_large_one_is_refused(site, tmp_path):
    site.routes["/page"] = Reply(gzip.compress(b"0" * 50_000_000), headers={"Content-Encoding": "gzip"})
    with pytest.raises(AnswerError, match="au plus 1 Mio"):
        ask(client(tmp_path, bytes=1024**2), site)


def test_gzip_that_is_none_is_told(site, tmp_path):
    site.routes["/page"] = Reply(b"not gzip at all", headers={"Content-Encoding": "gzip"})
    with pytest.raises(AnswerError, match="HTTP lisible"):
        ask(client(tmp_path), site)


def test_refusal_tells_the_status_and_the_words_of_the_site_on_one_line(site, tmp_path):
    site.routes["/page"] = Reply(b'{"message":\n "\x1b[31mdataset inconnu"}', status=404)
    with pytest.raises(Denied) as refused:
        ask(client(tmp_path), site)
    assert refused.value.status == 404
    assert "dataset inconnu" in str(refused.value)
    assert "\x1b" not in str(refused.value)
    assert len(site.asked) == 1


def test_page_for_a_person_is_no_answer(site, tmp_path):
    site.routes["/page"] = Reply(b"<html>Maintenance</html>", kind="text/html; charset=utf-8")
    with pytest.raises(AnswerError, match="et non une page à lire"):
        ask(client(tmp_path), site)


def test_cookies_are_not_carried_from_one_request_to_the_next(site, tmp_path):
    site.routes["/page"] = as_json({}, headers={"Set-Cookie": "a=b; Path=/"})
    asking = client(tmp_path)
    ask(asking, site)
    ask(asking, site, "/page?again=1")
    assert "Cookie" not in site.headers[1]


@given(
    gaps=st.lists(st.floats(0, 30, allow_nan=False), min_size=1, max_size=120),
    per_minute=st.sampled_from([1, 6, 30, 60]),
)
def test_no_minute_sees_more_requests_than_allowed(gaps, per_minute):
    clock = Clock()
    pace = Pace(per_minute, clock, clock.sleep)
    times = []
    for gap in gaps:
        clock.now += gap
        pace.wait()
        times.append(clock.now)
    busiest = max(sum(start <= time < start + 60 for time in times) for start in times)
    assert busiest <= max(per_minute, 2)


def test_a_csv_that_stops_while_nothing_says_that_it_is_whole_is_refused(site, tmp_path):
    answer = client(tmp_path).get
    site.routes["/file"] = as_csv("annee,total\n2012,14", chunked=False)
    rows = answer(f"{site.address}/file", parse=lambda found: answers.csv_records(found, ["annee"]))
    assert rows == [{"annee": "2012", "total": "14"}]  # announced and received whole: the last line is the last

    from pic_analysis.fetching.kept import Answer

    with pytest.raises(AnswerError, match="s’arrête"):
        answers.csv_records(Answer(b"annee,total\n2012,14", "https://a.fr/x", whole=False), ["annee"])
