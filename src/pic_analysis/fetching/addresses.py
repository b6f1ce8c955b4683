"""Say which addresses may be asked, and where a redirection may lead."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode, urljoin, urlsplit

from pic_analysis.fetching.refusal import AnswerError

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
# Domains under which anyone may have a site of their own.
_SHARED = ("gouv.fr", "asso.fr", "com.fr", "nom.fr", "prd.fr", "tm.fr")


def full(address: str, parameters: Iterable[tuple[str, str]] = ()) -> str:
    """Return an address with its parameters, as it is asked.

    >>> full("https://api.example.fr/data/DS", [("GEO", "COM-00001"), ("q", "eq:été")])
    'https://api.example.fr/data/DS?GEO=COM-00001&q=eq%3A%C3%A9t%C3%A9'
    """
    query = urlencode([*parameters])
    return f"{address}{'&' if urlsplit(address).query else '?'}{query}" if query else address


def joined(address: str, there: str) -> str:
    """Return where a redirection leads; as it is written if it is no address."""
    try:
        return urljoin(address, there)
    except ValueError:
        return there


def host(address: str) -> str:
    """Return the name of the machine of an address.

    >>> host("https://user@Api.Example.fr:443/data?x=1")
    'api.example.fr'
    """
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def is_loopback(address: str) -> bool:
    """Say whether an address leads to this very machine."""
    return host(address) in _LOOPBACK


def site(address: str) -> str:
    """Return the site of an address: the part of the host name that one owner holds.

    >>> site("https://files.data.gouv.fr/geo-dvf"), site("https://api.insee.fr/melodi")
    ('data.gouv.fr', 'insee.fr')
    """
    name = host(address)
    labels = name.split(".")
    if name in _LOOPBACK or labels[-1].isdigit() or ":" in name:
        return name
    return ".".join(labels[-3:] if ".".join(labels[-2:]) in _SHARED else labels[-2:])


def fault(address: str) -> str:
    """Return what is wrong with an address, in French; an empty string if it may be asked.

    >>> fault("http://api.example.fr/data")
    'une adresse en https est attendue'
    >>> fault("https://api.example.fr/data"), fault("http://127.0.0.1:8000/data")
    ('', '')
    """
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return "une adresse complète est attendue, en https"
    if not parts.hostname or any(sign.isspace() or not sign.isprintable() for sign in address):
        return "une adresse complète est attendue, en https"
    if parts.username or parts.password:
        return "une adresse sans identifiant ni mot de passe est attendue"
    if parts.scheme == "https" or (parts.scheme == "http" and is_loopback(address)):
        return ""
    return "une adresse en https est attendue"


def check(address: str, within: str = "") -> None:
    """Refuse an address that may not be asked, or that leads out of a site.

    Raises
    ------
    AnswerError
        With what was expected.
    """
    said = fault(address)
    if not said and within and site(address) != site(within):
        said = f"une adresse du site {site(within)} est attendue ; aucun autre site n’est suivi"
    if not said and within.startswith("https:") and not address.startswith("https:"):
        said = "une adresse en https est attendue"
    if said:
        raise AnswerError(host(within or address) or "adresse", said, value=address)
