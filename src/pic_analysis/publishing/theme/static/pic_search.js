/* Loaded before Sphinx's searchtools.js, on the search page only. */
"use strict";

/* Words are not highlighted on the pages found: it would need a script and a storage on each of them. */
const SPHINX_HIGHLIGHT_ENABLED = false;

Documentation.addTranslations({
  locale: "fr",
  plural_expr: "n > 1 ? 1 : 0",
  messages: {
    ", in ": ", dans ",
    "Preparing search...": "Préparation de la recherche…",
    "Searching": "Recherche en cours",
    "Search Results": "Résultats",
    "Search finished, found ${resultCount} page(s) matching the search query.": "Nombre de résultats\u00a0: ${resultCount}.",
    "Your search did not match any documents. Please make sure that all words are spelled correctly and that you've selected enough categories.":
      "Aucune page ne contient tous ces mots. Vérifiez l’orthographe, ou cherchez moins de mots.",
  },
});

/* searchtools.js writes the number of results last: say it aloud, and name the search in the title. */
_ready(() => {
  const query = new URLSearchParams(location.search).get("q");
  if (!query) return;
  document.title = `${query} – ${document.title}`;
  const progress = document.getElementById("search-progress");
  const observer = new MutationObserver(() => {
    if (Search.status?.innerText && progress.innerText !== Search.status.innerText) {
      progress.innerText = Search.status.innerText;
      Search.status.hidden = true;
      observer.disconnect();
    }
  });
  observer.observe(document.getElementById("search-results"), { childList: true, subtree: true });
});
