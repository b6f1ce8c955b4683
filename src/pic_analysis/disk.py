"""Say in French why the disk refused: the system gives its reason in a language of its own."""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile

_WHY = {
    errno.EEXIST: "un fichier de ce nom existe déjà",
    errno.ENOTDIR: "c’est un fichier, là où il faut un dossier",
    errno.EISDIR: "c’est un dossier, là où il faut un fichier",
    errno.ENOTEMPTY: "le dossier n’est pas vide",
    errno.ENOENT: "ce fichier ou ce dossier n’existe pas",
    errno.EACCES: "vous n’en avez pas le droit",
    errno.EPERM: "vous n’en avez pas le droit",
    errno.EROFS: "le disque est en lecture seule",
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "votre part du disque est pleine",
    errno.EFBIG: "le fichier serait trop grand pour ce disque",
    errno.EIO: "le disque ne répond pas comme il faut",
    errno.ENAMETOOLONG: "le nom est trop long pour ce disque",
    errno.EINVAL: "ce nom n’est pas permis sur ce disque",
    errno.EMFILE: "trop de fichiers sont ouverts à la fois",
    errno.EBUSY: "un autre programme s’en sert",
}
_OF_THE_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO)
"""Faults that have nothing to do with what a program was asked."""

_TO_DO = {
    errno.EEXIST: "Donnez un autre nom, ou déplacez ce fichier",
    errno.ENOTDIR: "Donnez un autre chemin, ou déplacez ce fichier",
    errno.EISDIR: "Donnez un autre nom, ou déplacez ce dossier",
    errno.ENOENT: "Vérifiez le chemin",
    errno.ENAMETOOLONG: "Donnez un nom plus court",
    errno.EINVAL: "Donnez un autre nom",
    errno.ENOSPC: "Faites de la place sur le disque, puis relancez",
    errno.EDQUOT: "Faites de la place sur le disque, puis relancez",
    errno.EMFILE: "Fermez des programmes, puis relancez",
    errno.EBUSY: "Fermez-le, puis relancez",
}


def disk_fault(error: OSError) -> str:
    """Return a fault of the disk in French, with what to do.

    >>> print(disk_fault(OSError(28, "No space left on device", "a.csv")))
    Impossible d’écrire ou de lire a.csv : le disque est plein.
        → Faites de la place sur le disque, puis relancez : aucun fichier n’est à moitié écrit.
    """
    if "No usable temporary directory" in str(error):
        error = _refusal_of(os.getcwd()) or error  # the last one tried; its reason is that of a disk
    if isinstance(error, shutil.Error) and isinstance(error.args[0], list):
        _, place, said = error.args[0][0]  # of the files of a folder, the first that could not be copied
        error = fault_told(said, place) or error
    code = error.errno or 0
    why = _WHY.get(code, "le disque refuse")
    what = _TO_DO.get(code, "Vérifiez les droits du dossier et la place sur le disque, puis relancez")
    place = error.filename2 or error.filename or "un fichier"
    return f"Impossible d’écrire ou de lire {place} : {why}.\n    → {what} : aucun fichier n’est à moitié écrit."


def fault_told(text: str, place: object) -> OSError | None:
    """Return the fault of the disk that another program's messages tell, if they tell one.

    Parameters
    ----------
    text
        What the program said, in which Python writes a fault's number.
    place
        Where the program was writing.

    Examples
    --------
    >>> fault_told("OSError: [Errno 28] No space left on device", "book").errno == errno.ENOSPC
    True
    >>> fault_told("FileNotFoundError: [Errno 2] No such file or directory: 'a.md'", "book") is None
    True
    """
    codes = (int(code) for code in re.findall(r"(?:\[Errno |OSError\()(\d+)", text))
    code = next((code for code in codes if code in _OF_THE_DISK), None)
    return OSError(code, os.strerror(code), str(place)) if code else None


def _refusal_of(folder: str) -> OSError | None:
    """Return why a file cannot be written in a folder: a search for a temporary folder says that none exists."""
    try:
        with tempfile.TemporaryFile(dir=folder) as stream:
            stream.write(b"1")
    except OSError as error:
        return OSError(error.errno, error.strerror, folder)
    return None
