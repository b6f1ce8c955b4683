"""Find Chromium on this computer and let it print a page."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from pic_analysis.publishing.contents import BookError

VARIABLE = "PIC_CHROMIUM"
_COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
_SECONDS = 600


class NoBrowser(BookError):
    """Say in French that nothing here can print the report, and what to install."""


def find() -> str:
    """Return the program: the one that ``PIC_CHROMIUM`` names, or the first found.

    Raises
    ------
    NoBrowser
        If there is none.
    """
    given = os.environ.get(VARIABLE, "")
    found = (shutil.which(name) for name in ([given] if given else [*_COMMANDS, *_PLACES]))
    if program := next((path for path in found if path), None):
        return program
    what = f"{VARIABLE} nomme {given}, qui n’est pas un programme" if given else "ni Chromium ni Chrome n’est installé"
    raise NoBrowser(
        f"Le PDF n’est pas fait : {what}.\n"
        "    → Installez Chromium (Debian, Ubuntu : `sudo apt-get install chromium` ; macOS : `brew install --cask "
        f"chromium` ; Windows : Chrome ou Edge), ou donnez son chemin dans {VARIABLE}, puis relancez `pic pdf`."
    )


def print_pdf(page: Path, program: str, *, tagged: bool = True) -> bytes:
    """Return a local page as a PDF, with its outline; nothing is asked of the network.

    Raises
    ------
    BookError
        If the browser fails, with its last lines.
    """
    with tempfile.TemporaryDirectory(prefix="pic-") as folder:
        made = Path(folder) / "page.pdf"
        command = [program, "--headless", "--disable-gpu", f"--user-data-dir={Path(folder) / 'profil'}"]
        command += ["--no-pdf-header-footer", "--generate-pdf-document-outline"]
        command += ["--export-tagged-pdf" if tagged else "--disable-pdf-tagging"]
        command += ["--no-first-run", "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND"]
        # The sandbox does not work for root, which is who one is in most containers.
        command += ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        command += [f"--print-to-pdf={made}", page.as_uri()]
        try:
            done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=_SECONDS)
            said = done.stderr
        except subprocess.TimeoutExpired:
            said = f"plus de {_SECONDS} secondes"
        if not made.is_file() or not made.stat().st_size:
            last = "\n".join(f"    {line}" for line in said.splitlines()[-3:])
            raise BookError(f"Le PDF n’est pas fait : {program} n’a pas pu l’imprimer.\n{last}")
        return made.read_bytes()
