"""What the front door says, in English and in French."""

WORDS: dict[str, tuple[str, str]] = {
    "refused": ("input refused: {count} problem(s)", "entrée refusée : {count} problème(s)"),
    "sound": (
        "{name}: sound ({branches} branches, {lines} lines)",
        "{name} : valide ({branches} branches, {lines} lignes)",
    ),
    "internal": (
        "internal error: {kind}: {reason}. Please report it; ENVELOPPE_DEBUG=1 shows where it happened.",
        "erreur interne : {kind} : {reason}. Merci de la signaler ; ENVELOPPE_DEBUG=1 montre où.",
    ),
    "interrupted": (
        "interrupted; nothing was left half-written, the same command goes on where it was",
        "interrompu ; rien n'est resté écrit à moitié, la même commande reprend où elle en était",
    ),
    "infeasible": (
        "no feasible plan; these rows cannot hold together:",
        "aucun plan possible ; ces lignes ne tiennent pas ensemble :",
    ),
    "limit": (
        "the solver stopped before it could prove a plan ({reason}, after {iterations} iterations)",
        "le solveur s'est arrêté avant de pouvoir prouver un plan ({reason}, après {iterations} itérations)",
    ),
    "in_use": ("{folder} is in use by another run", "{folder} est utilisé par un autre calcul"),
    "cannot_write": (
        "{folder} cannot be written to ({reason})",
        "impossible d'écrire dans {folder} ({reason})",
    ),
    "exists": ("{file} already exists and is left as it is", "{file} existe déjà et reste tel quel"),
    "created": (
        "{file} written; next: enveloppe run {file}",
        "{file} écrit ; ensuite : enveloppe run {file}",
    ),
    "written": ("written to {folder}", "écrit dans {folder}"),
    "simulating": ("simulating", "simulation"),
    "no_run": (
        "run {run} does not exist: the scenario has {runs} runs, numbered from 0",
        "le tirage {run} n'existe pas : le scénario a {runs} tirages, numérotés à partir de 0",
    ),
    "engines_agree": (
        "run {run}: both engines leave the same {events} events, with the same accounts after each",
        "tirage {run} : les deux moteurs laissent les mêmes {events} événements, et les mêmes comptes après chacun",
    ),
    "engines_differ": (
        "run {run}: the engines part at event {number}\n  simpy:    {simpy}\n  compiled: {compiled}",
        "tirage {run} : les moteurs se séparent à l'événement {number}\n  simpy :    {simpy}\n  compiled : {compiled}",
    ),
    "notified": ("notified", "notifié"),
    "planned": ("pathways", "parcours"),
    "asked": ("asked", "demandés"),
    "line": ("line", "ligne"),
    "objective": (
        "promises {pathways} pathways with {money} to distribute ({cost} committed in all: what is released in time is "
        "committed again). This is a plan on mean demand: what it delivers is for the simulation to say.",
        "promet {pathways} parcours avec {money} à répartir ({cost} engagés en tout : ce qui est dégagé à temps est "
        "réengagé). C'est un plan sur la demande moyenne : ce qu'il tient, la simulation le dit.",
    ),
    "binding": ("what binds:", "ce qui bloque :"),
}


def say(key: str, language: str, **values: object) -> str:
    """A sentence of the front door in a language; raises KeyError for an unknown key."""
    return WORDS[key][language == "fr"].format(**values)
