"""Names of variables and rows: readable, unique, and safe in LP and MPS files whatever the codes hold."""

import re
import unicodedata

LONGEST_CODE = 60


def safe_code(text: str) -> str:
    """A code in the letters, digits and underscores that every solver reads; two codes may become one.

    Args:
        text: any text.

    Returns:
        At most 60 characters; accents are dropped, other signs become underscores.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"\W+", "_", plain)[:LONGEST_CODE].strip("_")


def numbered(prefix: str, number: int, text: str) -> str:
    """A unique short name: a letter, the number from 1, and the safe code for people ("L007_chimie_under_50")."""
    return f"{prefix}{number + 1:03d}_{safe_code(text)}".rstrip("_")
