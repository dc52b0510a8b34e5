"""Why a file cannot be read or written, as the operating system says it, in the user's language."""

FRENCH = {
    "No such file or directory": "fichier ou dossier introuvable",
    "Permission denied": "accès refusé",
    "Operation not permitted": "opération interdite",
    "Is a directory": "c'est un dossier",
    "Not a directory": "ce n'est pas un dossier",
    "File exists": "le fichier existe déjà",
    "No space left on device": "plus de place sur le disque",
    "Disk quota exceeded": "quota de disque dépassé",
    "Read-only file system": "système de fichiers en lecture seule",
    "File name too long": "nom de fichier trop long",
    "Too many open files": "trop de fichiers ouverts",
    "Input/output error": "erreur d'entrée ou de sortie",
    "Invalid argument": "argument invalide",
    "The system cannot find the file specified": "fichier introuvable",
    "The system cannot find the path specified": "chemin introuvable",
    "Access is denied": "accès refusé",
}
"""By the C library's English words (Python sets no language for them), and those of Windows."""


def system_reason(reason: str, language: str) -> str:
    """A reason of the operating system in a language.

    Args:
        reason: as `OSError.strerror` holds it.
        language: "fr" or "en".

    Returns:
        In French where it is known; else as it is.
    """
    return FRENCH.get(reason.rstrip("."), reason) if language == "fr" else reason
