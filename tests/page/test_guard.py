"""Nobody but the browser that `ctgdocs ouvrir` opened gets anything, and nobody makes it do anything."""

import os
import subprocess
import sys
import urllib.parse
from pathlib import Path

import pytest
from browsing import Served, a_copy


def posted(page: Served, headers: dict[str, str], token: str | None = None) -> int:
    form = urllib.parse.urlencode({"jeton": page.access.token if token is None else token}).encode()
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": page.cookie}
    return page.ask("POST", "/documents/arreter", form, {**kind, **headers}).status


def test_without_the_key_nothing_is_shown(served: Served) -> None:
    for path in ("/", "/documents", "/fiches/elus/durand-claire", "/documents/telecharger?fichier=a"):
        answer = served.ask("GET", path)
        assert answer.status == 403
        assert "Durand" not in answer.text


def test_the_key_is_exchanged_for_a_cookie_that_no_script_reads_and_no_site_sends(served: Served) -> None:
    answer = served.ask("GET", f"/?cle={served.access.key}")
    assert (answer.status, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert served.access.key not in answer.headers["set-cookie"]


@pytest.mark.parametrize("key", ["", "faux", "a" * 43])
def test_a_wrong_key_opens_nothing(served: Served, key: str) -> None:
    assert served.ask("GET", f"/?cle={key}").status == 403


@pytest.mark.parametrize("host", ["attaquant.example", "127.0.0.1", "localhost:1", "", "127.0.0.1.nip.io:80"])
def test_another_name_of_this_machine_is_refused(served: Served, host: str) -> None:
    """DNS rebinding: the page of another site asks its own name, which now leads here."""
    answer = served.ask("GET", "/", headers={"Host": host, "Cookie": served.cookie})
    assert answer.status in (400, 421)


def test_a_form_needs_its_token(served: Served) -> None:
    assert posted(served, {}) == 303
    assert posted(served, {}, token="") == 403
    assert posted(served, {}, token=served.access.session) == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://attaquant.example"},
        {"Origin": "null"},
        {"Origin": "https://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_of_another_site_is_refused_even_with_its_token(
    served: Served, headers: dict[str, str]
) -> None:
    assert posted(served, headers) == 403


def test_every_answer_forbids_what_the_page_does_not_do(served: Served) -> None:
    for path in ("/", "/static/page.js", "/nulle-part"):
        headers = served.get(path).headers
        assert "script-src 'self'" in headers["content-security-policy"]
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
    assert served.get("/").headers["cache-control"] == "no-store"


def test_no_page_has_a_script_or_a_style_of_its_own(served: Served) -> None:
    for path in ("/", "/documents"):
        text = served.get(path).text
        assert "<style" not in text
        assert " style=" not in text
        assert text.count("<script") == 1
        assert "http" not in text.replace("http://www.w3.org", "").partition("</head>")[0]


def test_what_is_too_large_is_not_received(served: Served) -> None:
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": served.cookie}
    answer = served.ask("POST", "/documents/arreter", b"a=" + b"b" * 25_000_001, kind)
    assert answer.status == 413


@pytest.mark.parametrize(
    "path",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "content/elus.yaml",
        "sorties/.ctgdocs/memoire.sqlite",
        "..\\x",
        "%00",
    ],
)
def test_only_documents_are_downloaded(served: Served, path: str) -> None:
    assert served.get(f"/documents/telecharger?fichier={urllib.parse.quote(path)}").status == 404


@pytest.mark.parametrize(
    "path", ["/static/../server.py", "/static/%2e%2e/server.py", "/static/..%2fserver.py"]
)
def test_nothing_stands_beside_the_static_files(served: Served, path: str) -> None:
    assert served.get(path).status == 404


def test_a_second_page_of_the_same_workspace_leads_to_the_first(tmp_path: Path) -> None:
    """And the address, which holds the key, is for its owner alone; it goes with the page."""
    a_copy(tmp_path)
    command = [sys.executable, "-u", "-m", "ctgdocs", "ouvrir", "--sans-navigateur"]
    first = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True)
    assert first.stdout is not None
    try:
        address = first.stdout.readline().split()[-1]
        second = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert "déjà ouverte" in second.stdout
        assert address in second.stdout
        (kept,) = (tmp_path / "sorties/.ctgdocs").glob("page.*.adresse")
        assert os.name == "nt" or kept.stat().st_mode & 0o077 == 0
    finally:
        first.terminate()
        first.communicate(timeout=20)
