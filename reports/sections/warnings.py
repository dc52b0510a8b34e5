"""What the reader should know before trusting a figure."""

from reports.blocks import Bullets, Code, Line, Name, Section
from reports.catalogue import Language, msg
from reports.reading import Found


def warnings(findings: Found, language: Language) -> Section | None:
    """Each warning of the findings by its code and details; nothing where there is none."""
    lines = tuple(_line(warning, language) for warning in findings.items("warnings"))
    if not lines:
        return None
    return Section("warnings", language.words(msg("Warnings")), blocks=(Bullets(lines),))


def _line(warning: Found, language: Language) -> Line:
    details = warning.get("details")
    parts: list[Code | Name | str] = [Code(warning.text("code"))]
    for number, (key, value) in enumerate((details.value if details is not None else {}).items()):
        parts.extend(
            (": " if number == 0 and language.code == "en" else "\u00a0: " if number == 0 else ", ", f"{key} = ")
        )
        parts.append(Name(language.data(str(value))))
    return tuple(parts)
