"""What the front door says of a scheme under way, in English and in French."""

UNDER_WAY: dict[str, tuple[str, str]] = {
    "whole_scheme": ("the whole scheme", "tout le dispositif"),
    "standing": (
        "{what}, at the end of {day}: requests come: {requests}; pathways committed (gross): {pathways}; committed net "
        "of releases: {committed}, of which paid: {paid}",
        "{what}, au soir du {day} : demandes venues : {requests} ; parcours engagés (bruts) : {pathways} ; engagé net "
        "des dégagements : {committed}, dont payé : {paid}",
    ),
    "standing_waiting": (
        "requests at the desk: {at_desk}; waiting for money: {parked}; together they would cost {waiting}",
        "demandes au guichet : {at_desk} ; en attente d'argent : {parked} ; ensemble elles coûteraient {waiting}",
    ),
    "standing_held": (
        "money held today: {notified}, of which {open} are free (the plan of the opening gave {opening})",
        "argent détenu ce jour : {notified}, dont {open} libres (le plan d'ouverture donnait {opening})",
    ),
    "standing_short": (
        "that is more than what is free: not all of them can be committed before money is released or notified",
        "c'est plus que ce qui est libre : toutes ne pourront être engagées avant un dégagement ou une notification",
    ),
    "standing_pot": (
        "all draw on one pot, of which {open} are free",
        "toutes puisent dans un même pot, dont {open} sont libres",
    ),
    "standing_unnotified": (
        "{unnotified} are notified to nobody",
        "{unnotified} ne sont notifiés à personne",
    ),
    "standing_to_come": (
        "to come, on the mean of the runs: {pathways} pathways (gross), {committed}; in all {total}, from {low} to "
        "{high} eight times in ten",
        "à venir, en moyenne des tirages : {pathways} parcours (bruts), {committed} ; au total {total}, de {low} à "
        "{high} huit fois sur dix",
    ),
    "standing_need": (
        "need in all, with no ceiling of money: {need} on average; {share} of the pathways asked for are served",
        "besoin au total, sans plafond d'argent : {need} en moyenne ; {share} des parcours demandés sont servis",
    ),
    "standing_runs_out": (
        "the money runs out in {chance} of runs, around {day}",
        "l'argent s'épuise dans {chance} des tirages, vers le {day}",
    ),
    "standing_risk": ("the money runs out in {chance} of runs", "l'argent s'épuise dans {chance} des tirages"),
    "standing_lasts": ("the money lasts to the end", "l'argent tient jusqu'au bout"),
    "standing_opening": (
        "What follows is of the plan notified at the opening, on the whole envelope and the requests expected then: "
        "its prices, bounds and changes do not know what came up to {day}, and are no price of the money that is left.",
        "Ce qui suit porte sur le plan notifié à l'ouverture, avec toute l'enveloppe et les demandes alors attendues : "
        "ses prix, ses bornes et ses changements ignorent ce qui est venu jusqu'au {day}, et ne sont pas le prix de "
        "l'argent qui reste.",
    ),
    "no_request_under_way": (
        "these findings start from requests known on {day}, which they do not hold: the life of one request can be "
        "told of a run from the opening only; give the scenario itself instead of its findings",
        "ces résultats partent des demandes connues le {day}, qu'ils ne contiennent pas : la vie d'une demande ne peut "
        "être dite que d'un tirage depuis l'ouverture ; donner le scénario plutôt que ses résultats",
    ),
    "as_of_taken": (
        "read as of {day}, the last filing, decision or payment of the export; --as-of takes another day",
        "situation au {day}, dernier dépôt, décision ou paiement de l'export ; --as-of en fixe un autre",
    ),
    "as_of_taken_but": (
        "read as of {day}; filings, decisions and payments dated later are left out: {count}. If they are true, give "
        "their last day with --as-of",
        "situation au {day} ; dépôts, décisions et paiements datés d'après, laissés de côté : {count}. S'ils sont "
        "exacts, donner leur dernier jour par --as-of",
    ),
}
