"use strict";
/* The search: reads recherche/liste.js (what can be found) and recherche/mots-*.js (who says which word), which are
   scripts and not data so that it also works on a page opened from a disk. Words are cut as search/words.py cuts them. */
const picSearch = (() => {
  const FIRST = 30, ID = 100, ID_BEGINS = 20, IN_TITLE = 5, BEGINS = 0.4, PAGE_OF = 0.5;
  const stored = { words: {} };
  const loading = {};

  const fold = (text) =>
    text.toLowerCase().replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/ß/g, "ss").normalize("NFD").replace(/\p{M}/gu, "");
  const stem = (word) => {
    if (!/^[a-z]{4,}$/.test(word)) return word;
    const short = word.replace(/[sx]$/, "").replace(/e+$/, "").replace(/(?:(?<!e)au|al|ail)$/, "a");
    return short.length > 2 ? short : word;
  };
  const words = (text, stop) => {
    const found = (fold(text).match(/[\p{L}\p{N}_]+/gu) || []).filter((word) => /^\d$|../.test(word) && !stop.includes(word));
    return [...new Set(found.map(stem))];
  };
  const shard = (word) => (/^[a-z]/.test(word) ? word[0] : "0");

  const load = (name) =>
    (loading[name] ??= new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = `recherche/${name}.js`;
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    }));

  /* Best score of each thing that says a word, or a longer one that begins with it: 5 does not begin 50. */
  const saying = (word) => {
    const scores = new Map();
    for (const [known, numbers] of Object.entries(stored.words[shard(word)] ?? {})) {
      if (known !== word && (word.length < 2 || !known.startsWith(word))) continue;
      let thing = 0;
      for (const code of numbers.split(" ")) {
        const number = parseInt(code, 36);
        thing += number >> 1;
        const score = (known === word ? 1 : BEGINS) * (number & 1 ? IN_TITLE : 1);
        scores.set(thing, Math.max(score, scores.get(thing) ?? 0));
      }
    }
    return scores;
  };
  const inAll = (maps) => {
    const found = new Map();
    for (const [key, score] of maps[0] ?? [])
      if (maps.every((scores) => scores.has(key))) found.set(key, score + maps.slice(1).reduce((sum, scores) => sum + scores.get(key), 0));
    return found;
  };

  const search = async (query) => {
    await load("liste");
    const terms = words(query, stored.stop);
    await Promise.all([...new Set(terms.map(shard))].filter((letter) => stored.letters.includes(letter)).map((letter) => load(`mots-${letter}`)));
    const maps = terms.map(saying);
    const scores = inAll(maps);
    const keep = (thing, score) => scores.set(thing, Math.max(score, scores.get(thing) ?? 0));
    /* A page also answers by all that stands in it together. */
    const byPage = maps.map((map) => {
      const best = new Map();
      for (const [thing, score] of map) {
        const page = stored.things[thing][0];
        best.set(page, Math.max(score, best.get(page) ?? 0));
      }
      return best;
    });
    const first = new Map();
    stored.things.forEach(([page, , anchor], thing) => anchor === undefined && first.set(page, thing));
    for (const [page, score] of inAll(byPage)) keep(first.get(page), score * PAGE_OF);
    const typed = fold(query.trim());
    stored.things.forEach(([, , anchor, title], thing) => {
      if (anchor === undefined) return;
      const ids = [fold(anchor), fold(title).split("\u00a0: ")[0]];
      if (ids.includes(typed)) keep(thing, ID);
      else if (typed.length > 2 && /[\d_]/.test(typed) && ids.some((id) => id.startsWith(typed))) keep(thing, ID_BEGINS);
    });
    return [...scores].sort((a, b) => b[1] - a[1] || kind(a) - kind(b) || a[0] - b[0]).map(([thing]) => thing);
  };

  const kind = ([thing]) => stored.things[thing][1];
  const item = (thing) => {
    const [page, kind, anchor, title] = stored.things[thing];
    const [address, pageTitle] = stored.pages[page];
    const line = document.createElement("li");
    const link = document.createElement("a");
    link.href = address + (anchor ? `#${encodeURIComponent(anchor)}` : "");
    link.textContent = title ?? pageTitle;
    const where = document.createElement("small");
    where.textContent = stored.kinds[kind] + (anchor ? `, page «\u00a0${pageTitle}\u00a0»` : "");
    line.append(link, where);
    return line;
  };

  const show = (found, query) => {
    const place = document.getElementById("search-results");
    const list = document.createElement("ol");
    const next = document.createElement("button");
    const more = () => {
      const before = list.children.length;
      list.append(...found.slice(before, before + FIRST).map(item));
      const left = found.length - list.children.length;
      next.hidden = !left;
      next.textContent = `Afficher la suite (${left})`;
      return list.children[before];
    };
    next.type = "button";
    next.onclick = () => more().firstChild.focus();
    place.replaceChildren(...(found.length ? [list, next] : []));
    if (found.length) more();
    say(
      found.length
        ? `${found.length} résultat${found.length > 1 ? "s" : ""} pour «\u00a0${query}\u00a0».`
        : `Rien ne répond à «\u00a0${query}\u00a0». Essayez avec moins de mots, ou un mot moins courant.`
    );
  };
  const say = (text) => (document.getElementById("etat").textContent = text);

  addEventListener("DOMContentLoaded", () => {
    const query = (new URLSearchParams(location.search).get("q") ?? "").trim();
    if (!query) return;
    document.getElementById("q").value = query;
    document.title = `${query} – ${document.title}`;
    say("Recherche en cours…");
    search(query).then(
      (found) => show(found, query),
      () => say("La liste de ce qui se trouve dans ce livre n’a pas pu être lue. Le plan du site donne toutes les pages.")
    );
  });

  return {
    cut: (text) => words(text, stored.stop ?? []),
    list: ([stop, letters, kinds, pages, things]) => Object.assign(stored, { stop, letters, kinds, pages, things }),
    words: ([letter, found]) => (stored.words[letter] = found),
  };
})();
