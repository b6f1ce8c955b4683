"""Say in French why the disk refused: the system gives its reason in a language of its own."""

from __future__ import annotations

import errno

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
    code = error.errno or 0
    why = _WHY.get(code, "le disque refuse")
    what = _TO_DO.get(code, "Vérifiez les droits du dossier et la place sur le disque, puis relancez")
    place = error.filename2 or error.filename or "un fichier"
    return f"Impossible d’écrire ou de lire {place} : {why}.\n    → {what} : aucun fichier n’est à moitié écrit."
