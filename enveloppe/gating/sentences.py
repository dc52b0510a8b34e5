"""What gates say, in English and in French."""

from reports import numbers

WORDS: dict[str, tuple[str, str]] = {
    "holds": ("is {value}", "vaut {value}"),
    "at_least_broken": ("is {value}, below {limit}", "vaut {value}, sous {limit}"),
    "at_most_broken": ("is {value}, above {limit}", "vaut {value}, au-dessus de {limit}"),
    "precise": ("known within {half} (95 % interval)", "connu à {half} près (intervalle à 95\u00a0%)"),
    "imprecise": (
        "known within {half} only (95 % interval), more than {limit}: more runs are needed",
        "connu à {half} près seulement (intervalle à 95\u00a0%), plus que {limit} : il faut plus de tirages",
    ),
    "no_baseline": (
        "no baseline was given: whether it moved is not judged",
        "aucune référence n'est donnée : son mouvement n'est pas jugé",
    ),
    "baseline_required": (
        "no baseline was given, and this file requires one: put back the last findings that held, or say --first-night "
        "where there are none yet",
        "aucune référence n'est donnée, et ce fichier en exige une : remettre les derniers résultats qui ont tenu, ou "
        "dire --first-night s'il n'y en a pas encore",
    ),
    "same_answer": ("the same question, the same answer", "la même question, la même réponse"),
    "same_inputs_moved": (
        "moved by {gap} although the inputs are the same",
        "a bougé de {gap} alors que les entrées sont les mêmes",
    ),
    "versions_differ": ("{reason}; versions differ: {versions}", "{reason} ; les versions diffèrent : {versions}"),
    "versions_same": (
        "{reason}; no version differs: the engine itself has changed its answer",
        "{reason} ; aucune version ne diffère : le moteur lui-même a changé de réponse",
    ),
    "versions_unknown": (
        "{reason}; the versions behind them are not known (no manifest.json of theirs)",
        "{reason} ; les versions en cause ne sont pas connues (sans manifest.json à eux)",
    ),
    "not_moved": (
        "moved by {gap} (standard error {error}): no more than chance explains",
        "a bougé de {gap} (erreur type {error}) : pas plus que le hasard n'explique",
    ),
    "unknown_error": (
        "moved by {gap}, and nobody can say whether by chance: of a single run no error is known",
        "a bougé de {gap}, sans qu'on sache si c'est par hasard : d'un seul tirage aucune erreur n'est connue",
    ),
    "blind": (
        "moved by {gap} (standard error {error}): no more than chance explains, but {runs} runs cannot show a movement "
        "of {share}; {needed} on either side would",
        "a bougé de {gap} (erreur type {error}) : pas plus que le hasard n'explique, mais {runs} tirages ne peuvent "
        "montrer un mouvement de {share} ; {needed} de chaque côté le pourraient",
    ),
    "moved": (
        "moved by {gap} (standard error {error}): more than chance explains, and more than {limit}",
        "a bougé de {gap} (erreur type {error}) : plus que le hasard n'explique, et plus que {limit}",
    ),
    "moved_little": (
        "moved by {gap} (standard error {error}): more than chance explains, less than the gate minds",
        "a bougé de {gap} (erreur type {error}) : plus que le hasard n'explique, moins que la règle ne retient",
    ),
    "accepted": ("{reason} – accepted by {author}: {why}", "{reason} – accepté par {author} : {why}"),
    "accepted_other_rule": (
        "{reason} – what {author} accepted was another rule of this gate: judged afresh",
        "{reason} – {author} avait accepté une autre définition de cette règle : jugée à nouveau",
    ),
    "accepted_no_rule": (
        "{reason} – the acceptance by {author} does not say of which rule it is (an older record): accept it again",
        "{reason} – l'acceptation par {author} ne dit pas de quelle définition elle est (trace ancienne) : "
        "l'accepter de nouveau",
    ),
    "mean": ("mean", "moyenne"),
    "se": ("standard error", "erreur type"),
    "p5": ("P5", "P5"),
    "p10": ("P10", "P10"),
    "p50": ("median", "médiane"),
    "p90": ("P90", "P90"),
    "p95": ("P95", "P95"),
    "low": ("low end", "borne basse"),
    "high": ("high end", "borne haute"),
    "title": ("Gates of {name}", "Règles de {name}"),
    "count_fail": ("{count} failed", "{count} en échec"),
    "count_fail_one": ("{count} failed", "{count} en échec"),
    "count_warn": ("{count} warned", "{count} en alerte"),
    "count_warn_one": ("{count} warned", "{count} en alerte"),
    "count_accepted": ("{count} accepted", "{count} acceptées"),
    "count_accepted_one": ("{count} accepted", "{count} acceptée"),
    "count_skipped": ("{count} not judged", "{count} non jugées"),
    "count_skipped_one": ("{count} not judged", "{count} non jugée"),
    "count_pass": ("{count} passed", "{count} tenues"),
    "count_pass_one": ("{count} passed", "{count} tenue"),
    "column_gate": ("Gate", "Règle"),
    "column_figure": ("Figure", "Chiffre"),
    "column_status": ("Status", "État"),
    "column_reason": ("What was found", "Constat"),
    "more": (
        "{more} further gates are left out here; gate.json has them all",
        "{more} autres règles sont omises ici ; gate.json les a toutes",
    ),
    "status_fail": ("▲ failed", "▲ échec"),
    "status_warn": ("■ warning", "■ alerte"),
    "status_accepted": ("● accepted", "● acceptée"),
    "status_skipped": ("– not judged", "– non jugée"),
    "status_pass": ("● holds", "● tenue"),
}


def said(key: str, language: str, **values: object) -> str:
    """A sentence in a language; raises KeyError for an unknown key."""
    return WORDS[key][language == "fr"].format(**values)


def percent(value: float, language: str) -> str:
    """A share to a hundredth of a percent."""
    return numbers.share(value, language, decimals=2).text if value < 1e6 else "∞"


def error_shown(value: float, unit: str, language: str) -> str:
    """A standard error or the size of a movement, in the unit that the movement itself is told in."""
    if unit in ("share", "probability"):
        return numbers.points(value, language, decimals=2).text
    return shown(value, unit, language)


def shown(value: float, unit: str, language: str, *, signed: bool = False) -> str:
    """A figure in its unit: money to the cent, shares to a hundredth of a percent, differences of shares in points."""
    if unit == "cents":
        return numbers.money(value, language, scale=100, decimals=2, signed=signed).text
    if unit in ("share", "probability"):
        written = numbers.points(value, language, decimals=2, signed=True) if signed else None
        return written.text if written is not None else percent(value, language)
    if value and abs(value) < 0.001:
        return numbers.tiny(value, language)
    return numbers.digits(value, 0 if value == int(value) else 2, language, signed=signed)
