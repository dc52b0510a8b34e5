"""What the front door says, in English and in French."""

from enveloppe.words_under_way import UNDER_WAY
from scenarios.system_reasons import system_reason

WORDS: dict[str, tuple[str, str]] = {
    **UNDER_WAY,
    "refused": ("input refused: {count} problems", "entrée refusée : {count} problèmes"),
    "refused_one": ("input refused: 1 problem", "entrée refusée : 1 problème"),
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
    "book_rows": ("{asks}: {count} rows ({first} and others)", "{asks} : {count} lignes ({first} et d'autres)"),
    "limit": (
        "the solver stopped before it could prove a plan ({reason}, after {iterations} iterations)",
        "le solveur s'est arrêté avant de pouvoir prouver un plan ({reason}, après {iterations} itérations)",
    ),
    "gap": (
        "where it stopped, the best plan is at most {gap} better",
        "là où il s'est arrêté, le meilleur plan gagne au plus {gap}",
    ),
    "relaxation": (
        "the cheapest change with which a plan exists:",
        "le changement le moins coûteux avec lequel un plan existe :",
    ),
    "no_relaxation": (
        "no change of the figures that may give way makes a plan exist",
        "aucun changement des chiffres qui peuvent céder ne rend un plan possible",
    ),
    "give": ("{asks}: {needed} instead of {value} ({row})", "{asks} : {needed} au lieu de {value} ({row})"),
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
    "marked": (
        "a copy with the wrong cells marked: {file}",
        "une copie où les cellules fautives sont marquées : {file}",
    ),
    "written": ("written to {folder}", "écrit dans {folder}"),
    "step_by_step": (
        "what each change of {name} contributed, step by step",
        "ce que chaque changement de {name} apporte, pas à pas",
    ),
    "simulating": ("simulating", "simulation"),
    "drawing": ("drawing demand", "tirage de la demande"),
    "policies": ("policies", "politiques"),
    "sensitivity": ("sensitivity", "sensibilité"),
    "uncertain_promise": (
        "Allowing for luck: {promised} pathways on average, {bad} in the worst {share} of runs (a bound); "
        "{moved} moved between lines",
        "En tenant compte du hasard : {promised} parcours en moyenne, {bad} dans les pires {share} des tirages "
        "(une borne) ; {moved} déplacés entre les lignes",
    ),
    "uncertain_knowing": (
        "planning for luck is worth {vss} pathways, knowing demand beforehand at most {evpi}",
        "planifier avec le hasard vaut {vss} parcours, connaître la demande d'avance au plus {evpi}",
    ),
    "uncertain_none": (
        "no plan that allows for luck could be made ({status})",
        "aucun plan tenant compte du hasard n'a pu être fait ({status})",
    ),
    "sweeping": ("variants", "variantes"),
    "sweep_cached": ("cached", "connue"),
    "sweep_to_run": ("to run", "à faire"),
    "sweep_counts": (
        "{variants} variants: {run} to run, {cached} cached",
        "{variants} variantes : {run} à calculer, {cached} déjà connues",
    ),
    "sweep_estimate": (
        "about {seconds} with {workers} workers ({rests}: {plan} s a plan, {run} ms a run, {answer} s an answer)",
        "environ {seconds} avec {workers} processus ({rests} : {plan} s le plan, {run} ms le tirage, {answer} s la "
        "réponse)",
    ),
    "sweep_rests_on_these": (
        "measured on {n} variants of this sweep, {runs} runs in all",
        "mesuré sur {n} variantes de ce balayage, {runs} tirages en tout",
    ),
    "sweep_rests_on_others": (
        "measured on {n} other variants in this folder, {runs} runs in all",
        "mesuré sur {n} autres variantes de ce dossier, {runs} tirages en tout",
    ),
    "sweep_unknown": (
        "time unknown: no variant in this folder has been timed yet",
        "durée inconnue : aucune variante de ce dossier n'a encore été mesurée",
    ),
    "sweep_done": (
        "{variants} variants: {run} run, {cached} taken from the cache",
        "{variants} variantes : {run} calculées, {cached} reprises du cache",
    ),
    "sweep_without": (
        "{without} variants have no plan; the table says which (column status)",
        "{without} variantes sont sans plan ; le tableau dit lesquelles (colonne status)",
    ),
    "draws_kept": (
        "{folder}: {size} MB of draws, of {cap} MB at most",
        "{folder} : {size} Mo de demandes tirées, sur {cap} Mo au plus",
    ),
    "draws_off": ("no draws are kept on this machine", "aucune demande tirée n'est gardée sur cette machine"),
    "cluster_unreachable": (
        "the cluster {address} does not answer ({reason})",
        "la grappe {address} ne répond pas ({reason})",
    ),
    "cluster_no_address": (
        "{address} is no address of a Dask scheduler: tcp://host:port is expected{reason}",
        "{address} n'est pas l'adresse d'un ordonnanceur Dask : on attend tcp://hote:port{reason}",
    ),
    "cluster_no_scheduler": (
        "what answers at {address} is no Dask scheduler ({reason})",
        "ce qui répond à {address} n'est pas un ordonnanceur Dask ({reason})",
    ),
    "cluster_lost": (
        "the cluster {address} was lost on the way ({reason}); the same command goes on from what was finished",
        "la grappe {address} a été perdue en route ({reason}) ; la même commande reprend là où elle en était",
    ),
    "cluster_no_workers": ("the cluster {address} has no worker", "la grappe {address} n'a aucun exécutant"),
    "cluster_other_engine": (
        "workers of {address} have another version of this engine, or none ({reason}): results would not be the same",
        "des exécutants de {address} ont une autre version de ce moteur, ou aucune ({reason}) : les résultats ne "
        "seraient pas les mêmes",
    ),
    "cluster_not_installed": (
        "--cluster {address} needs the extra `cluster`: pip install 'enveloppe[cluster]'{reason}",
        "--cluster {address} demande le supplément `cluster` : pip install 'enveloppe[cluster]'{reason}",
    ),
    "migrated_already": (
        "{file} is of the present form already (schema: {schema})",
        "{file} est déjà de la forme actuelle (schema: {schema})",
    ),
    "known_already": (
        "the answer stands in {folder} already, whole and of this very question: nothing was simulated again",
        "la réponse est déjà dans {folder}, entière et de cette question même : rien n'a été simulé à nouveau",
    ),
    "no_run": (
        "run {run} does not exist: the scenario has {runs} runs, numbered from 0",
        "le tirage {run} n'existe pas : le scénario a {runs} tirages, numérotés à partir de 0",
    ),
    "state_kept": ("the state of the run is kept in {file}", "l'état du tirage est gardé dans {file}"),
    "state_unread": (
        "{file}: the state cannot be read or written ({reason})",
        "{file} : l'état ne peut être lu ou écrit ({reason})",
    ),
    "state_damaged": (
        "{file}: this is not a whole state of a run; keep it anew with --save-state",
        "{file} : ce n'est pas l'état entier d'un tirage ; le garder de nouveau par --save-state",
    ),
    "state_version": (
        "{file}: this state was kept by another version of enveloppe; keep it anew with --save-state",
        "{file} : cet état a été gardé par une autre version d'enveloppe ; le garder de nouveau par --save-state",
    ),
    "state_scenario": (
        "{file}: this state belongs to another scenario, seed or plan; give the scenario it was kept from",
        "{file} : cet état est celui d'un autre scénario, d'une autre graine ou d'un autre plan ; "
        "donner le scénario d'où il vient",
    ),
    "no_such_day": (
        "--until: a run can be stopped from {first} to {last}",
        "--until : un tirage peut être arrêté du {first} au {last}",
    ),
    "needs_until": (
        "a state is kept where a run is stopped: give --until DATE too",
        "un état se garde là où un tirage est arrêté : donner aussi --until DATE",
    ),
    "whole_runs_only": (
        "whole runs are compared: leave out --until and --from-state",
        "des tirages entiers sont comparés : sans --until ni --from-state",
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
        "promises {pathways} pathways{counted} with {money} to distribute ({cost} committed in all: what is released "
        "in time is committed again). This is a plan on mean demand: what it delivers is for the simulation to say.",
        "promet {pathways} parcours{counted} avec {money} à répartir ({cost} engagés en tout : ce qui est dégagé à "
        "temps est réengagé). C'est un plan sur la demande moyenne : ce qu'il tient, la simulation le dit.",
    ),
    "upper_bound": (
        "choosing cell by cell inside lines would serve {pathways}: an upper bound that nobody can deliver",
        "choisir case par case à l'intérieur des lignes servirait {pathways} : une borne que personne ne peut tenir",
    ),
    "binding": ("what binds (on expected requests):", "ce qui bloque (sur les demandes attendues) :"),
    "binds_nothing": ("no rule of the plan: only requests do", "aucune règle du plan : seules les demandes"),
    "no_benchmarks": (
        "no benchmarks at {folder}: they stand in a checkout of the project, not in an installed copy",
        "pas de mesures dans {folder} : elles sont dans un clone du projet, pas dans une copie installée",
    ),
    "bar_holds": ("holds", "tenu"),
    "bar_missed": ("MISSED", "MANQUÉ"),
    "no_mixture": (
        "between the two scenarios lies a question without any plan: their difference cannot be attributed",
        "entre les deux scénarios se trouve une question sans plan possible : l'écart ne peut être attribué",
    ),
    "not_in_plan": ("{code} is not in the plan; {near}", "{code} n'est pas dans le plan ; {near}"),
    "not_comparable": (
        "the two plans cannot be compared ({reason})",
        "les deux plans ne peuvent être comparés ({reason})",
    ),
    "scenario_gone": (
        "the scenario {name} is no longer what these findings were made from; give the scenario's file instead",
        "le scénario {name} n'est plus celui de ces résultats ; donnez plutôt le fichier du scénario",
    ),
    "bad_pathway": (
        "--pathway cannot be priced; write employees=49,situation=...,hours=100,fee=30,pay=15,date=2021-03-01",
        "--pathway sans prix possible ; écrivez employees=49,situation=...,hours=100,fee=30,pay=15,date=2021-03-01",
    ),
    "pathway_missing": ("missing: {keys}", "il manque : {keys}"),
    "pathway_key": (
        "{name!r} is no key=value; the keys are {keys}",
        "{name!r} n'est pas clé=valeur ; les clés sont {keys}",
    ),
    "pathway_twice": ("{name} is given twice", "{name} est donné deux fois"),
    "pathway_number": (
        "{name}={value}: a number from 0 to {most} is expected",
        "{name}={value} : un nombre de 0 à {most} est attendu",
    ),
    "pathway_whole": (
        "{name}={value}: a whole number from 0 to {most} is expected",
        "{name}={value} : un nombre entier de 0 à {most} est attendu",
    ),
    "pathway_date": (
        "date={value}: a day is written as 2021-03-01",
        "date={value} : un jour s'écrit 2021-03-01",
    ),
    "pathway_band": (
        "employees={value} is in no size band; there are: {bands}",
        "employees={value} n'est dans aucune tranche ; il y a : {bands}",
    ),
    "colon": (": ", " : "),
    "likely": ("did you mean {name}?", "vouliez-vous dire {name} ?"),
    "there_are": ("there are: {names}", "il y a : {names}"),
    "no_rate_that_day": (
        "no rate holds on {day}: nothing is paid; the rates of this scenario begin on {first}",
        "aucun taux n'est en vigueur le {day} : rien n'est payé ; les taux de ce scénario commencent le {first}",
    ),
    "no_rate_since": (
        "no rate holds on {day}: nothing is paid; the last rate of this scenario ended on {last}",
        "aucun taux n'est en vigueur le {day} : rien n'est payé ; le dernier taux de ce scénario a pris fin le {last}",
    ),
    "no_rate_for_it": (
        "no rate holds for such a pathway on {day}: nothing is paid, though other pathways have one",
        "aucun taux ne vise un tel parcours le {day} : rien n'est payé, bien que d'autres parcours en aient un",
    ),
    "got": (
        "{what}: {pathways} pathways{counted} of the {asked} asked, {money} notified",
        "{what} : {pathways} parcours{counted} sur {asked} demandés, {money} notifiés",
    ),
    "interval": (
        "at the same optimum {branch} could get from {low} to {high}: the model leaves this choice to the committee",
        "au même optimum, {branch} pourrait recevoir de {low} à {high} : le modèle laisse ce choix au comité",
    ),
    "interval_point": (
        "at the same optimum {branch} gets {low}: the model decides",
        "au même optimum, {branch} reçoit {low} : le modèle décide",
    ),
    "all_served": ("{branch} is served all that it asks", "{branch} reçoit tout ce qu'elle demande"),
    "to_be_served": (
        "to serve the {asked} pathways{counted} that {branch} asks, one of these changes:",
        "pour servir les {asked} parcours{counted} que {branch} demande, l'un de ces changements :",
    ),
    "lever_cap": ("its ceiling", "son plafond"),
    "lever_floor": ("a floor for it", "un plancher pour elle"),
    "lever_envelope": ("the envelope", "l'enveloppe"),
    "no_change": (
        "{lever} ({present}): no change of it alone is enough",
        "{lever} ({present}) : aucun changement de ce seul chiffre ne suffit",
    ),
    "change": (
        "{lever}: {needed} instead of {present} ({worth})",
        "{lever} : {needed} au lieu de {present} ({worth})",
    ),
    "worth": ("{pathways} pathways{counted} in all", "{pathways} parcours{counted} en tout"),
    "worth_nothing": ("as many pathways{counted} in all", "autant de parcours{counted} en tout"),
    "worth_little_more": (
        "less than one pathway{counted} more in all",
        "moins d'un parcours{counted} de plus en tout",
    ),
    "worth_little_less": (
        "it costs less than one pathway{counted} in all",
        "cela coûte moins d'un parcours{counted} en tout",
    ),
    "counted_net": (" (net)", " (nets)"),
    "counted_gross": (" (gross)", " (bruts)"),
    "curve_of": (
        "{pathways}{counted} that the best plan finances on expected requests when this figure changes: {figure}",
        "{pathways}{counted} que finance le meilleur plan, sur les demandes attendues, quand ce chiffre change : "
        "{figure}",
    ),
    "curve_share": ("of today", "du présent"),
    "curve_figure": ("figure", "chiffre"),
    "curve_pathways": ("pathways", "parcours"),
    "curve_step": ("step", "pas"),
    "nothing_left": ("no plan", "aucun plan"),
    "goal_envelope": (
        "on expected requests, {pathways} pathways{counted} need an envelope of {money}; lived through, fewer usually "
        "come of it (`enveloppe compare` measures it)",
        "sur les demandes attendues, {pathways} parcours{counted} demandent une enveloppe de {money} ; vécue, elle en "
        "donne d'habitude moins (`enveloppe compare` le mesure)",
    ),
    "no_goal_envelope": (
        "no envelope reaches {pathways} pathways{counted}: there are at most {most}",
        "aucune enveloppe n'atteint {pathways} parcours{counted} : il y en a au plus {most}",
    ),
    "goal_support": (
        "on expected requests, {pathways} pathways{counted} leave room for {share} of pay",
        "sur les demandes attendues, {pathways} parcours{counted} laissent prendre en charge {share} du salaire",
    ),
    "no_goal_support": (
        "even without any pay support there are only {most} pathways{counted}, not {pathways}",
        "même sans aucune prise en charge du salaire il n'y a que {most} parcours{counted}, non {pathways}",
    ),
    "difference": (
        "{change} pathways{counted} (from {before} to {after}), by what changed:",
        "{change} parcours{counted} (de {before} à {after}), par ce qui a changé :",
    ),
    "branch_difference": ("{branch}: {change} = {causes}", "{branch} : {change} = {causes}"),
    "group_envelope": ("envelope", "enveloppe"),
    "group_volume": ("volume of requests", "volume des demandes"),
    "group_prices": ("prices", "prix"),
    "group_mix": ("mix of requests", "composition des demandes"),
    "group_caps": ("ceilings of branches", "plafonds de branches"),
    "group_floors": ("floors", "planchers"),
    "group_mix_bounds": ("bounds on the mix", "bornes sur la composition"),
    "group_drop_out": ("drop-out and releases", "abandons et dégagements"),
    "group_payments": ("payment appropriations", "crédits de paiement"),
    "group_desk": ("desk and patience", "guichet et patience"),
    "group_last_notification": ("notification in force", "notification en vigueur"),
    "group_aims": ("aims of the plan", "objectifs du plan"),
    "group_steering": ("steering rules", "règles de pilotage"),
    "group_rounding": ("whole pathways", "parcours entiers"),
    "nobody_parked": (
        "in run {run} no request of {branch} waits for money; the branch has: {known}",
        "au tirage {run}, aucune demande de {branch} n'attend d'argent ; la branche a : {known}",
    ),
    "no_request": (
        "run {run} has no request {request}; it has: {known}",
        "le tirage {run} n'a pas de demande {request} ; il a : {known}",
    ),
    "price_of": ("{price} for a company of the band {band}:", "{price} pour une entreprise de la tranche {band} :"),
    "fee_and_support": (
        "fee {fee}, pay support {support}",
        "frais pédagogiques {fee}, prise en charge du salaire {support}",
    ),
    "worked_fee": ("fee: {share} × {rate} × {hours} h = {product}", "frais : {share} × {rate} × {hours} h = {product}"),
    "worked_support": (
        "pay support: {share} × {rate} × {hours} h = {product}",
        "salaire : {share} × {rate} × {hours} h = {product}",
    ),
    "worked_cap": (", brought down to {kept}", ", ramenés à {kept}"),
    "payer_envelope": ("the envelope", "l'enveloppe"),
    "payer_other": ("somebody else", "un autre payeur"),
    "payer_none": ("nobody", "personne"),
    "item": ("{name}: {told}", "{name} : {told}"),
    "no_rule": ("none in force", "aucune règle en vigueur"),
    "since": ("{value} since {day}", "{value} depuis le {day}"),
    "rule_regime": ("regime", "régime"),
    "rule_rate": ("share of the fee paid", "part des frais prise en charge"),
    "rule_hour_cap": ("ceiling of the fee per hour", "plafond horaire des frais"),
    "rule_unit_cap": ("ceiling of the fee per pathway", "plafond par parcours"),
    "rule_support_opening": ("pay support paid by", "salaire pris en charge par"),
    "rule_support_share": ("share of pay", "part du salaire"),
    "rule_support_ceiling": ("ceiling of pay per hour", "plafond horaire du salaire"),
    "intervals": (
        "what each branch could get at the same optimum (least, most):",
        "ce que chaque branche pourrait recevoir au même optimum (au moins, au plus) :",
    ),
    "export_read": (
        "rows read: {rows}; requests used: {requests}, of which mended: {mended}; rows set aside: {set_aside}",
        "lignes lues : {rows} ; retenues : {requests}, dont corrigées : {mended} ; mises de côté : {set_aside}",
    ),
    "testing_the_past": (
        "fitting, and forecasting the past from what was known then",
        "calage, et prévision du passé avec ce qui était connu alors",
    ),
    "calibrated": (
        "inflow fitted to {requests} requests: {file}; next: enveloppe run {file}",
        "afflux calé sur {requests} demandes : {file} ; ensuite : enveloppe run {file}",
    ),
    "floors_cost": ("what floors cost:", "ce que coûtent les planchers :"),
    "actuals_needed": (
        "--as-of, --last-forecast and --columns say how to read --actuals: give it too",
        "--as-of, --last-forecast et --columns disent comment lire --actuals : le donner aussi",
    ),
    "uncertain_with_actuals": (
        "--uncertain is not known with --actuals",
        "--uncertain n'est pas possible avec --actuals",
    ),
    "until_with_actuals": (
        "--until is not known with --actuals; give --runs",
        "--until n'est pas possible avec --actuals ; donner --runs",
    ),
    "accept_needs": ("--accept needs --author and --reason", "--accept demande --author et --reason"),
    "cluster_needs": (
        "--cluster needs the address of a scheduler, tcp://host:port",
        "--cluster demande l'adresse d'un ordonnanceur, tcp://hote:port",
    ),
    "not_together": ("{one} and {other} cannot be given together", "{one} et {other} ne vont pas ensemble"),
    "replaces": (
        "{folder} holds results of {name} ({hash}, {runs} runs{known}): they are replaced",
        "{folder} contient des résultats de {name} ({hash}, {runs} tirages{known}) : ils sont remplacés",
    ),
    "replaces_known": (", requests to {day}", ", demandes au {day}"),
    "compare_two": (
        "compare needs at least two scenarios or folders of findings",
        "compare attend au moins deux scénarios ou dossiers de résultats",
    ),
    "goal_form": ("write pathways=25000", "écrire pathways=25000"),
    "model_form": ("the model is written as .lp or .mps", "le modèle s'écrit en .lp ou .mps"),
    "no_such_benchmark": ("there is no {found}; there are: {names}", "il n'y a pas de {found} ; il y a : {names}"),
    "likely_figure": (
        "{found!r} is no key figure; did you mean {likely}?",
        "{found!r} n'est pas un indicateur ; est-ce {likely} ?",
    ),
    "no_such_figure": (
        "{found!r} is no key figure; there are: {names}",
        "{found!r} n'est pas un indicateur ; il y a : {names}",
    ),
    "no_half_width": (
        "{found!r} is no half-width: a positive number in the figure's unit, or a share of its mean as in {kpi}:1%",
        "{found!r} n'est pas une demi-largeur : un nombre positif dans l'unité de l'indicateur, ou une part de sa "
        "moyenne comme {kpi}:1%",
    ),
    "floor_cost": ("{asks}: {pathways} pathways{counted}", "{asks} : {pathways} parcours{counted}"),
}


def say(key: str, language: str, **values: object) -> str:
    """A sentence of the front door in a language; raises KeyError for an unknown key."""
    if isinstance(values.get("reason"), str):
        values["reason"] = system_reason(str(values["reason"]), language)
    return WORDS[key][language == "fr"].format(**values)
