"use strict";
/* Shows beside a citation the card that it leads to, as WCAG 1.4.13 asks. Without script, or on a disk, where nothing
   is fetched, the link and its title remain. */
(() => {
  const LINKS = 'main a[title][href*="#"]:not(.fiche-id)', MOST = 4;
  const pages = { [location.pathname]: document };
  const box = document.createElement("div");
  let shown, title, timer;
  box.id = "apercu";
  box.role = "tooltip";
  box.hidden = true;

  const page = (path) =>
    (pages[path] ??= fetch(path)
      .then((answer) => answer.text())
      .then((text) => new DOMParser().parseFromString(text, "text/html"))
      .catch(() => null));

  /* The first blocks of a card, or the cells of a row, as text: nothing in it is to be reached with the keyboard. */
  const content = (target) => {
    const held = target?.matches(".fiche") ? target : target?.closest("tr");
    return [...(held?.children ?? [])].slice(0, MOST).map((block) => {
      const copy = block.cloneNode(true);
      const said = document.createElement("p");
      copy.querySelectorAll("li + li").forEach((item) => item.prepend(" · "));
      said.textContent = copy.textContent.replace(/[ \n]+/g, " ");
      return said;
    });
  };
  const close = () => {
    clearTimeout(timer);
    if (!shown) return;
    shown.title = title;
    shown.removeAttribute("aria-describedby");
    box.hidden = true;
    shown = null;
  };
  const open = async (link) => {
    const { pathname, hash } = new URL(link.href);
    const said = content((await page(pathname))?.getElementById(decodeURIComponent(hash.slice(1))));
    if (!said.length || !link.matches(":hover, :focus")) return;
    close();
    shown = link;
    title = link.title;
    link.removeAttribute("title"); // the browser would show it too
    link.setAttribute("aria-describedby", box.id);
    box.replaceChildren(...said);
    box.hidden = false;
    const { bottom, left, top } = link.getBoundingClientRect(), height = box.offsetHeight + 4;
    const below = bottom + height < innerHeight || top < height;
    box.style.top = `${scrollY + (below ? bottom + 4 : top - height)}px`;
    box.style.left = `${Math.max(8, Math.min(left, document.body.clientWidth - box.offsetWidth - 8))}px`;
  };
  const at = ({ target }) => (box.contains(target) || shown?.contains(target) ? shown : target.closest(LINKS));
  const enter = (event) => {
    const link = at(event);
    if (!link) return;
    clearTimeout(timer);
    if (link !== shown) timer = setTimeout(open, 350, link);
  };
  const leave = (event) => {
    if (!at(event)) return;
    clearTimeout(timer);
    timer = setTimeout(close, 250);
  };
  addEventListener("pointerover", (event) => event.pointerType === "mouse" && enter(event));
  addEventListener("pointerout", leave);
  addEventListener("focusin", (event) => event.target.matches(":focus-visible") && enter(event));
  addEventListener("focusout", leave);
  addEventListener("keydown", (event) => event.key === "Escape" && close());
  document.querySelector("main").append(box); // in a landmark
})();
