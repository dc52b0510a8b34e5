"""Which column of an export is what: recognised by its heading, or named by a small file (`--columns MAP.yaml`)."""

import json
import re
import unicodedata
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from scenarios.extending import read_file
from scenarios.problems import InputRefused, Place, Problem
from scenarios.refusals import problem_of
from scenarios.settings import Day, Settings, Share
from scenarios.spelling import likely
from scenarios.yaml_reading import Node, plain

HEADINGS: dict[str, tuple[str, ...]] = {
    "filed": (
        "date", "filed", "filing date", "filed on", "request date", "date of request", "date filed",
        "date depot", "date de depot", "depot", "date demande", "date de demande", "date de la demande",
        "date reception", "date de reception", "deposee le", "date dossier",
    ),
    "branch": ("branch", "branche", "branch code", "code branche", "branche professionnelle", "secteur"),
    "identity": (
        "id", "request", "request id", "number", "request number", "dossier", "numero", "no dossier",
        "numero dossier", "numero de dossier", "n dossier", "reference", "demande", "ref",
    ),
    "company": ("company", "company id", "entreprise", "siren", "siret", "raison sociale", "employer", "employeur"),
    "size": (
        "size", "employees", "size band", "company size", "headcount", "effectif", "effectifs", "taille",
        "tranche", "tranche effectif", "tranche d effectif", "taille entreprise", "taille de l entreprise",
    ),
    "situation": ("situation", "company situation", "situation entreprise", "situation de l entreprise"),
    "pathway": (
        "type", "pathway", "pathway type", "type of pathway", "type parcours", "type de parcours", "parcours",
        "training type", "type formation", "type de formation",
    ),
    "trainees": (
        "trainees", "number of trainees", "pathways", "stagiaires", "nb stagiaires", "nombre stagiaires",
        "nombre de stagiaires", "salaries", "nb salaries", "nombre de salaries", "beneficiaires",
    ),
    "hours": ("hours", "heures", "nb heures", "nombre heures", "nombre d heures", "duree heures", "hours per trainee"),
    "cost": (
        "cost", "cost eur", "fee", "fee eur", "amount", "amount eur", "total cost", "cout", "cout eur", "couts",
        "montant", "montant eur", "cout pedagogique", "couts pedagogiques", "cout total", "montant demande",
    ),
    "committed": (
        "committed", "committed eur", "committed amount", "engage", "montant engage", "montant engage eur",
        "engagement",
    ),
    "paid_amount": ("paid amount", "paid eur", "amount paid", "montant paye", "montant regle", "montant paye eur"),
    "status": ("status", "statut", "etat", "state"),
    "decided": (
        "decision", "decision date", "date of decision", "decided", "decided on", "date decision", "date de decision",
        "date accord", "date d accord", "date engagement", "date d engagement",
    ),
    "started": (
        "start", "start date", "date of start", "started", "training start", "debut", "date debut", "date de debut",
        "date debut formation",
    ),
    "done": (
        "service done", "service done date", "date of service done", "done", "end", "end date", "service fait",
        "date service fait", "date de service fait", "fin", "date fin", "date de fin",
    ),
    "paid": (
        "payment", "payment date", "date of payment", "paid", "paid on", "paiement", "date paiement",
        "date de paiement", "reglement", "date reglement", "date de reglement",
    ),
}  # fmt: skip
"""Headings that are recognised, in small letters without accents or signs."""
NEEDED = ("filed", "branch")
DATES = ("filed", "decided", "started", "done", "paid")
MONEY = ("cost", "committed", "paid_amount")

_Heading = Annotated[str, Field(min_length=1, max_length=200)]


class Limits(Settings):
    """How much of an export may be wrong before nothing is computed from it."""

    set_aside_share: Share = 0.05
    mended_share: Share = 0.25


class ColumnMap(Settings):
    """How an export is to be read; what it does not say is recognised or taken as usual."""

    columns: dict[str, _Heading] = Field(default_factory=dict)
    """Field -> heading in the export."""
    branches: dict[_Heading, _Heading] = Field(default_factory=dict)
    """Text in the export -> branch code of the scenario; so for the next four."""
    sizes: dict[_Heading, _Heading] = Field(default_factory=dict)
    situations: dict[_Heading, _Heading] = Field(default_factory=dict)
    pathways: dict[_Heading, _Heading] = Field(default_factory=dict)
    statuses: dict[
        _Heading, Literal["filed", "parked", "committed", "in_training", "to_pay", "paid", "refused", "dropped"]
    ] = Field(default_factory=dict)
    hours_of: Literal["trainee", "request"] = "trainee"
    """Whether the hours are those of one trainee or of all of the request together."""
    cost_of: Literal["trainee", "request"] = "request"
    date_order: Literal["day_first", "month_first"] | None = None
    decimal: Literal["comma", "point"] | None = None
    time_zone: Annotated[str, Field(max_length=60)] = "Europe/Paris"
    """Whose midnight parts two days, for instants written with a zone."""
    first_day: Day | None = None
    """The first and the last day that the export covers; by default those of its first and last request."""
    last_day: Day | None = None
    limits: Limits = Limits()


_TRANSLATED = {
    "branch": "branches", "size": "sizes", "situation": "situations", "pathway": "pathways", "status": "statuses",
}  # fmt: skip
_BARE = re.compile(r"[^\W\d_][^\W_]*(?: [^\W_]+)*")


def map_line(field: str, text: str, code: str) -> str:
    """The line of a column map that translates a text of the export; "" for a field that is not translated.

    A text that YAML could take for something else is quoted.
    """
    if field not in _TRANSLATED:
        return ""
    key = text if _BARE.fullmatch(text) and text.lower() not in _YAML_WORDS else json.dumps(text, ensure_ascii=False)
    return f"{_TRANSLATED[field]}: {{{key}: {code}}}"


_YAML_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


def read_column_map(path: Path | None) -> ColumnMap:
    """Read a column map.

    Args:
        path: a YAML file; None gives the map that only recognises headings.

    Returns:
        The map.

    Raises:
        InputRefused: with every problem found, each with its place.
    """
    if path is None:
        return ColumnMap()
    if not path.is_file():
        raise InputRefused([Problem(Place(str(path)), "unreadable", details={"reason": "not found"})])
    tree = read_file(path, str(path))
    try:
        known = ColumnMap.model_validate(plain(tree))
    except ValidationError as error:
        told = [_told(detail, tree) for detail in error.errors(include_url=False)]
        raise InputRefused([problem for problem in told if problem is not None]) from None
    if not _zone_known(known.time_zone):
        place = tree.value["time_zone"].place
        raise InputRefused([Problem(place, "unknown_zone", "time_zone", {"found": known.time_zone})])
    strange = [name for name in known.columns if name not in HEADINGS]
    if strange:
        places = tree.value["columns"].value
        raise InputRefused(
            [
                Problem(places[name].key_place, "unknown_key", f"columns.{name}", {"likely": likely(name, HEADINGS)})
                for name in strange
            ]
        )
    return known


def _told(detail: dict[str, object] | object, tree: Node) -> Problem | None:
    problem = problem_of(detail, tree)
    if problem is not None and problem.code == "unknown_key":
        # The likely word comes from the map's own keys, not from a scenario's.
        found = likely(problem.key.rpartition(".")[2], [*ColumnMap.model_fields, *Limits.model_fields])
        return Problem(problem.place, problem.code, problem.key, {"likely": found})
    return problem


def _zone_known(name: str) -> bool:
    from zoneinfo import ZoneInfo  # imported late: most exports write days

    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # ZoneInfoNotFoundError is a KeyError
        return False
    return True


def plain_words(text: str) -> str:
    """A text in small letters, without accents, signs or spare spaces: what headings and names are compared by."""
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return re.sub(r"[\W_]+", " ", bare.replace("°", " ").casefold()).strip()


def fields_of(headings: list[str], known: ColumnMap) -> dict[str, int]:
    """Which field each column holds.

    Args:
        headings: as they stand in the export.
        known: the map.

    Returns:
        Field -> column, from 0; columns that are nothing to us are left out. What the map names wins.
    """
    words = [plain_words(heading) for heading in headings]
    found: dict[str, int] = {}
    for name, heading in known.columns.items():
        if plain_words(heading) in words:
            found[name] = words.index(plain_words(heading))
    for name, usual in HEADINGS.items():
        if name in found or name in known.columns:
            continue
        for heading in usual:
            if heading in words and words.index(heading) not in found.values():
                found[name] = words.index(heading)
                break
    return found
