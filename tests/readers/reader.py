"""Someone in front of the book, who starts on the home page and goes by what is on the screen."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

# What a hand can be put on, and what each of these says on the screen ("" where it is not on the screen).
CONTROLS = "a[href], button, summary"
SAID = """all => all.map(one => one.checkVisibility() && one.getClientRects().length ? one.innerText : "")"""
# What a reader takes for one thing: a card, a line of a table, an item, a paragraph.
THING = ":is(.fiche, .fiche-titre, tr, li, p, figcaption)"
ARRIVED = """name => { const place = name && document.getElementById(name);
    if (!place) return !name;
    const box = place.getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight }"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def plain(text: str) -> str:
    """Return a text with plain spaces: those of French typography and of the page's layout are not the matter here."""
    return re.sub(r"\s+", " ", text).strip()


class Reader:
    """One reader and the page in front of them; ``clicks`` counts each link followed, fold opened or form sent."""

    def __init__(self, page: Any, home: str) -> None:
        self.page, self.clicks = page, 0
        page.goto(home)

    def click(self, text: str, *, beside: str = "", card: str = "") -> None:
        """Click what says a text: beside another text, in a card, or wherever it is offered first."""
        control = self._control(text, beside, card)
        aimed = control.evaluate("one => one.href ?? ''")
        self._activate(control)
        if aimed:
            self._arrive(aimed)
        assert self.page.evaluate(SIDEWAYS) <= 0, f"{self.page.url} scrolls sideways"

    def download(self, text: str, *, beside: str = "", card: str = "") -> bytes:
        """Click what says a text, and return the bytes of the file that arrives."""
        control = self._control(text, beside, card)
        with self.page.expect_download(timeout=10_000) as waiting:
            self._activate(control)
        return Path(waiting.value.path()).read_bytes()

    def search(self, words: str) -> None:
        """Type words in the search box and send them; count one click."""
        self.page.locator("input[type=search]:visible").first.fill(words)
        self._activate(self._control("Chercher", "", ""))
        self.page.wait_for_function("/ pour | répond /.test(document.getElementById('etat')?.textContent)")

    def sees(self, *texts: str) -> bool:
        """Say whether the page shows each of some texts, unfolded and visible."""
        shown = self.text
        return all(text in shown for text in texts)

    def sees_at_once(self, text: str) -> bool:
        """Say whether a text is on the screen now, without scrolling."""
        boxes = [found.bounding_box() for found in self.page.get_by_text(text).all()]
        height = self.page.viewport_size["height"]
        return any(box and box["y"] >= 0 and box["y"] + box["height"] <= height for box in boxes)

    def reads(self, card: str) -> str:
        """Return what a card says."""
        return plain(self._card(card).inner_text())

    @property
    def text(self) -> str:
        """What the page shows."""
        return plain(self.page.locator("body").inner_text())

    @property
    def title(self) -> str:
        """The title of the page, as printed on it."""
        return plain(self.page.locator("h1").first.inner_text())

    @property
    def cards(self) -> list[str]:
        """The names of the cards of the page, in their order."""
        return self.page.locator(".fiche-titre .fiche-id").all_inner_texts()

    def _card(self, name: str) -> Any:
        return self.page.locator(".fiche", has=self.page.locator(f".fiche-titre .fiche-id:text-is('{name}')"))

    def _place(self, beside: str, card: str) -> Any:
        if card:
            return self._card(card)
        if beside:  # the smallest thing that holds the text
            within = self.page.locator(THING, has_text=beside)
            return self.page.locator(f"main {THING}", has_text=beside, has_not=within)
        return self.page.locator("body")

    def _control(self, text: str, beside: str, card: str) -> Any:
        offered = self._place(beside, card).locator(CONTROLS)
        said = [plain(one) for one in offered.evaluate_all(SAID)]
        exact = [rank for rank, one in enumerate(said) if one == text]
        near = [rank for rank, one in enumerate(said) if text in one]
        assert near, f"« {self.title} » offers no « {text} » {beside or card}: {[one for one in said if one]}"
        return offered.nth((exact or near)[0])

    def _activate(self, control: Any) -> None:
        control.click()
        self.clicks += 1

    def _arrive(self, address: str) -> None:
        """Check what a link owes: a page of the book, and the place that it aims at on the screen."""
        self.page.wait_for_url(lambda url: url == address)
        assert self.page.locator("main h1").count(), f"{address} is no page of the book"
        for _ in range(40):  # a page scrolls to the place once it is drawn
            if there := self.page.evaluate(ARRIVED, unquote(urlsplit(address).fragment)):
                break
            self.page.wait_for_timeout(50)
        assert there, f"{address}: the place is not on the screen"


class KeyboardReader(Reader):
    """A reader without a mouse, who sees where the focus is; ``keys`` counts what is pressed."""

    FOCUSED = """() => { const one = document.activeElement, box = one.getBoundingClientRect(),
        style = getComputedStyle(one), shown = one === document.body || (style.outlineStyle !== 'none' &&
        parseFloat(style.outlineWidth) >= 2 && box.width > 0 && box.right > 0 && box.left < innerWidth &&
        box.bottom > 0 && box.top < innerHeight);
        return [one.innerText ?? one.textContent, one.matches('body'), shown] }"""

    def __init__(self, page: Any, home: str) -> None:
        super().__init__(page, home)
        self.keys = 0

    def press(self, key: str) -> None:
        """Press a key."""
        self.page.keyboard.press(key)
        self.keys += 1

    def skip_the_menu(self) -> None:
        """Take the first link of any page, which leads to its content."""
        self.press("Tab")
        assert self._focused() == "Aller au contenu"
        self.press("Enter")

    def _activate(self, control: Any) -> None:
        """Go to a control from where the focus is, then press Enter."""
        aimed = control.element_handle()
        for _ in range(self.page.locator(f"{CONTROLS}, input, [tabindex='0']").count() + 1):
            self.press("Tab")
            self._focused()
            if aimed.evaluate("one => one === document.activeElement"):
                break
        else:
            raise AssertionError(f"« {self.title} »: the keyboard never reaches « {control.inner_text()} »")
        self.press("Enter")
        self.clicks += 1

    def _focused(self) -> str:
        said, nowhere, shown = self.page.evaluate(self.FOCUSED)
        assert shown, f"« {self.title} »: the focus is not seen on « {plain(said)} »"
        return "" if nowhere else plain(said)
