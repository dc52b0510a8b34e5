"""How the sides of a comparison are called: a letter each, and what stands behind it."""

from reports.blocks import Code, Column, Line, Name, Row, Section, Table
from reports.catalogue import Language, msg
from reports.names import policy_name
from reports.reading import Found
from reports.showing import show_count

LUCK = ("runs", "seed")
MOST_CHANGES = 2
"""Changes that tell sides of one title apart."""


def letter(number: int) -> str:
    """A, B, C … of a side; after Z, its number."""
    return chr(ord("A") + number) if number < 26 else str(number + 1)


def side_name(number: int, comparison: Found, language: Language) -> Name:
    """The title of a side in the reader's language; where others bear it too, with its name, or what was changed."""
    listed = list(comparison.items("sides"))
    titles, names = [_title(side, language) for side in listed], [side.text("name") for side in listed]
    title, name = titles[number], names[number]
    if titles.count(title) == 1:
        return Name(language.data(title))
    if len({other for other, its in zip(names, titles, strict=True) if its == title}) > 1:
        return Name(language.data(title if title == name else f"{title} ({name})"))
    changed = _changed(listed[number], listed)
    return Name(language.data(f"{title} ({changed})" if changed else title if title == name else f"{title} ({name})"))


def _changed(side: Found, sides: list[Found]) -> str:
    """What was changed of a side and not of all; its luck tells no question apart."""
    every = [dict(other["overrides"].value or {}) for other in sides if other.get("overrides") is not None]
    mine = dict(side["overrides"].value or {}) if side.get("overrides") is not None else {}
    told = [
        f"{key}={value}"
        for key, value in mine.items()
        if key not in LUCK and any(other.get(key) != value for other in every)
    ]
    return ", ".join(told[:MOST_CHANGES])


def told_apart(names: list[str]) -> list[str]:
    """Names without the words that all of them begin with, for where there is no room: what differs must be read."""
    words = [name.split(" ") for name in names]
    common = 0
    while len(names) > 1 and all(len(some) > common + 1 for some in words):
        if len({some[common] for some in words}) > 1:
            break
        common += 1
    return [" ".join(some[common:]) for some in words] if len(set(names)) == len(names) else names


def _title(side: Found, language: Language) -> str:
    return side.text(f"title_{language.code}") or side.text("name")


def sides(comparison: Found, language: Language) -> Section:
    """Which letter stands for what: enough to compute each side again."""
    rows = []
    for number, side in enumerate(comparison.items("sides")):
        changes: list[Line] = [(Code(f"{key}={value}"),) for key, value in (side["overrides"].value or {}).items()]
        told: Line = tuple(span for at, line in enumerate(changes) for span in ((", ",) if at else ()) + line)
        rows.append(
            Row(
                (
                    (letter(number),),
                    (Name(language.data(_title(side, language))), " (", Code(side.text("name")), ")"),
                    told,
                    (policy_name(side.text("policy"), language),),
                    (show_count(side["runs"], language),),
                    (Code(side.text("seed")),),
                    (Code(side.text("hash")[:12]),),
                )
            )
        )
    titles = (
        (msg("Side"), False),
        (msg("Scenario"), True),
        (msg("Changed for this run"), True),
        (msg("Committee"), True),
        (msg("Runs"), False),
        (msg("Seed"), False),
        (msg("Fingerprint"), False),
    )
    return Section(
        "provenance",
        language.words(msg("Provenance")),
        blocks=(
            Table(
                "sides",
                language.words(msg("What stands side by side")),
                tuple(Column(language.words(title), wrap=wrap) for title, wrap in titles),
                tuple(rows),
            ),
        ),
    )
