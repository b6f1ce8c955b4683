"""A built site of four pages, written by hand, with what makes joining pages hard."""

from __future__ import annotations

from pathlib import Path

TOC = """
format: jb-book
root: index
parts:
  - caption: Les preuves
    chapters:
      - file: voix
      - file: cas/index
        sections:
          - file: cas/eco
"""
CONFIG = 'title: "Évaluation : l’essai"\nauthor: Une équipe\n'
FRAME = """<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><title>x</title></head><body>
<nav>Menu</nav><main id="contenu" role="main">
<nav class="fil"><ol><li><a href="{up}index.html">Accueil</a></li></ol></nav>
{body}
</main><aside class="citer" aria-labelledby="citer"><h2 id="citer">Citer</h2>
<p>Une équipe, Évaluation, version 1.2.</p></aside>
<footer class="pied"><div><nav><ul><li>Plan</li></ul></nav><p>Version 1.2</p></div></footer></body></html>
"""
LONG = (
    "Une reconnaissance institutionnelle et un accompagnement particulièrement efficace des expérimentations locales "
    "affichent des établissements intercommunaux soigneusement sélectionnés, territorialisés puis évalués."
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>'
PAGES = {
    "index": """<section id="accueil"><h1>Accueil<a class="headerlink" href="#accueil">¶</a></h1>
<p><a href="voix.html">Les voix</a>, <a href="cas/eco.html#Eco_PC1_1">la cellule</a>,
<a href="plan-du-site.html">plan</a>,
<a href="cas/eco.html#limites">ses limites</a>, <a href="https://example.org/a">ailleurs</a>,
<a class="reference download" download="" href="_downloads/ab/t.csv" title="t">t.csv</a>.</p></section>""",
    "voix": f"""<section id="voix"><h1>Voix</h1><h2 id="limites">Limites</h2>
<p class="fiche-titre" role="heading" aria-level="2">Fiche</p>
<div aria-labelledby="limites"><a href="#limites">ici</a></div>
<div style="width: 40mm"><p>{LONG}</p></div>
<details class="cellule-pliee donnees"><summary>Données</summary><p>12</p></details></section>""",
    "cas/index": '<section id="cas"><h1>Cas</h1><p><a href="eco.html">Eco</a></p></section>',
    "cas/eco": """<section id="eco"><h1>Cas « Eco »</h1><p id="Eco_PC1_1">Une <strong>cellule</strong>.</p>
<h2 id="limites">Limites</h2>
<figure><img src="../_images/a.svg" alt="Un trait noir"><figcaption>Trait</figcaption></figure>
<table><caption>T</caption><thead><tr><th scope="col">a</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>
</section>""",
}


def write(root: Path) -> Path:
    """Write the site as `pic build` leaves it; return the root of its compendium."""
    html = root / "_build" / "html"
    for name, body in PAGES.items():
        path = html / f"{name}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(FRAME.format(body=body, up="../" * name.count("/")), encoding="utf-8")
    (html / "_images").mkdir()
    (html / "_images" / "a.svg").write_text(SVG, encoding="utf-8")
    (html / "objects.inv").write_bytes(b"x")
    (root / "book").mkdir()
    (root / "book" / "_toc.yml").write_text(TOC, encoding="utf-8")
    (root / "_config.yml").write_text(CONFIG, encoding="utf-8")
    return root
