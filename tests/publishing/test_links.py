from __future__ import annotations

import pytest

from pic_analysis.publishing.links import problems


@pytest.fixture
def site(tmp_path):
    (tmp_path / "cas").mkdir()
    (tmp_path / "_static").mkdir()
    (tmp_path / "_static/style.css").write_text("body { background: url(fond.png) }")
    (tmp_path / "cas/eco.html").write_text('<section id="Eco_PC1_1">é</section><a name="old"></a>')

    def check(body, css=None):
        (tmp_path / "index.html").write_text(f"<!doctype html><body>{body}", encoding="utf-8")
        if css:
            (tmp_path / "_static/style.css").write_text(css)
        return problems(tmp_path)

    return check


@pytest.mark.parametrize(
    "body",
    [
        '<a href="cas/eco.html">x</a>',
        '<a href="cas/eco.html#Eco_PC1_1">x</a>',
        '<a href="cas/eco.html#old">x</a>',
        '<a href="./cas/../cas/eco.html?a=1">x</a>',
        '<p id="tem-001"><a href="#tem-001">x</a>',
        '<p id="étendue"><a href="#%C3%A9tendue">x</a>',
        '<a href="#">haut</a>',
        '<a href="https://example.org/page">dehors</a><a href="mailto:a@example.org">x</a>',
        '<svg><a xlink:href="cas/eco.html"/></svg>',
        '<link rel="canonical" href="https://example.org/">',
        '<link rel="stylesheet" href="_static/style.css"><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
    ],
)
def test_sound_page(site, body):
    assert site(body) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<a href="cas/Eco.html">x</a>', "pas de fichier cas/Eco.html"),
        ('<a href="cas/eco.html#eco_pc1_1">x</a>', "il existe « Eco_PC1_1 »"),
        ('<a href="#absent">x</a>', "pas d’identifiant « absent »"),
        ('<a href="/cas/eco.html">x</a>', "depuis la racine"),
        ('<a href="javascript:void(0)">x</a>', "lien refusé"),
        ('<p id="a"></p><p id="a"></p>', "identifiant en double « a »"),
        ('<img src="absent.png">', "pas de fichier absent.png"),
        ('<script src="https://cdn.example.org/a.js"></script>', "appelle un autre site"),
        ('<script src="//cdn.example.org/a.js"></script>', "appelle un autre site"),
        ('<link rel="stylesheet" href="https://example.org/a.css">', "appelle un autre site"),
        ('<link rel="preconnect" href="https://example.org">', "appelle un autre site"),
        ('<img srcset="_static/style.css 1x, https://example.org/b.png 2x">', "appelle un autre site"),
        ('<iframe src="https://example.org"></iframe>', "appelle un autre site"),
        ('<style>@import "https://example.org/a.css";</style>', "appelle un autre site"),
        ('<p style="background: url(https://example.org/a.png)">', "appelle un autre site"),
        ('<svg><image href="https://example.org/a.png"/></svg>', "appelle un autre site"),
    ],
)
def test_fault(site, body, expected):
    (got,) = site(body)
    assert got.startswith("index.html : ")
    assert expected in got


def test_style_sheet_that_calls_another_site(site):
    (got,) = site("", css="@font-face { src: url('https://fonts.example.org/a.woff2') }")
    assert got.startswith("_static/style.css : appelle un autre site")
