"""What people read in the planner's workbook, in English and in French: titles, labels, helps, checks."""

Pair = tuple[str, str]
"""English, French."""

HELPS: dict[str, Pair] = {
    "Envelope": (
        "The question: who asks, how much money, between which dates. Leave `extends` empty: this workbook is whole.",
        "La question : qui demande, combien, entre quelles dates. Laisser `extends` vide : ce classeur est entier.",
    ),
    "Branches": (
        "One row a branch. Headcount is the proxy of its share of requests; demand_factor 2 doubles its requests.",
        "Une ligne par branche. L'effectif donne sa part des demandes ; demand_factor 2 double ses demandes.",
    ),
    "Categories": (
        "Size bands (cut at every threshold of the rules), situations, pathway types, regimes. "
        "Codes are used in the other sheets.",
        "Tranches d'effectif (coupées à chaque seuil des règles), situations, types de parcours, régimes. "
        "Les codes servent dans les autres feuilles.",
    ),
    "Scheme": ("How the fund pays, in a few values.", "Comment le fonds paie, en quelques valeurs."),
    "Rules": (
        "Dated rules: rates, caps, support of pay. An empty filter means every value; the latest row in force wins.",
        "Règles datées : taux, plafonds, prise en charge de la paie. Un filtre vide veut dire toutes les valeurs ; "
        "la ligne la plus récente en vigueur l'emporte.",
    ),
    "Demand": ("What may come, and when in the year.", "Ce qui peut venir, et quand dans l'année."),
    "Mix": (
        "Shares that add up to 1 in each set; dated sets hold from their date on.",
        "Des parts qui font 1 dans chaque jeu ; les jeux datés valent à partir de leur date.",
    ),
    "Factors": (
        "Factors and weights by code, 1 where none is given; for a tier of support of pay (Rules, support_tier), "
        "set is its number.",
        "Coefficients et poids par code, 1 sans indication ; pour un palier de prise en charge (Règles, support_tier), "
        "set est son numéro.",
    ),
    "Distributions": (
        "One row a random quantity: its kind, and the figures that this kind takes.",
        "Une ligne par grandeur aléatoire : sa loi, et les chiffres que cette loi demande.",
    ),
    "Desk": (
        "The desk that examines requests, and how requests wait for money.",
        "Le guichet qui instruit les demandes, et comment elles attendent l'argent.",
    ),
    "Staff": (
        "Officers as their number changes (officer_change: from that day on), and absences. No row: as in Desk.",
        "Les instructeurs quand leur nombre change (officer_change : à partir du jour), et les absences. "
        "Sans ligne : comme au guichet.",
    ),
    "Payments": (
        "Payment appropriations (CP) by fiscal year; no row: no ceiling.",
        "Crédits de paiement (CP) par exercice ; aucune ligne : aucun plafond.",
    ),
    "Cash": (
        "What falls due of earlier commitments, by fiscal year; the State's instalments, by date. No row: none.",
        "Ce qui échoit d'engagements antérieurs, par exercice ; les versements de l'État, par date. Sans ligne : rien.",
    ),
    "Committee": ("When the committee sits and how it decides.", "Quand le comité se réunit et comment il décide."),
    "Constraints": (
        "What binds the whole plan. An empty list of branches means each of them.",
        "Ce qui contraint tout le plan. Une liste de branches vide veut dire chacune d'elles.",
    ),
    "Planning": (
        "More that the plan may be asked; an empty cell asks nothing.",
        "Ce qu'on peut encore demander au plan ; une cellule vide ne demande rien.",
    ),
    "Objectives": (
        "What the plan aims at, the first row first; no row: as many pathways as possible.",
        "Ce que vise le plan, la première ligne d'abord ; aucune ligne : le plus de parcours possible.",
    ),
    "Notifications": (
        "The money that each line holds by the last notification, lines named as in plans.",
        "L'argent que chaque ligne tient de la dernière notification, les lignes nommées comme dans les plans.",
    ),
    "Relaxation": (
        "Which bounds may give way where no plan keeps them all: the law never, the others for their weight.",
        "Quelles bornes peuvent céder quand aucun plan ne les tient toutes : la loi jamais, les autres à leur poids.",
    ),
    "Steering": (
        "Rules that a desk can execute, in order: quotas, one priority, dated closings. "
        "An empty list of codes means every one.",
        "Règles qu'un guichet peut appliquer, dans l'ordre : quotas, une priorité, clôtures datées. "
        "Une liste de codes vide veut dire tous.",
    ),
    "Uncertainty": (
        "What is asked about luck; an empty cell leaves the usual value.",
        "Ce qu'on demande au hasard ; une cellule vide laisse la valeur habituelle.",
    ),
    "Ranges": (
        "Between which values a figure may lie: what moves the projection is measured over them. "
        "Figures are named by their key, inflow.volume_factor for instance.",
        "Entre quelles valeurs un chiffre peut se trouver : ce qui fait bouger la projection s'y mesure. "
        "Les chiffres sont nommés par leur clé, inflow.volume_factor par exemple.",
    ),
    "Events": (
        "Dated events: the envelope (a cut is negative), rates, pay support, demand, officers, late instalments; "
        "and factors of the economy.",
        "Événements datés : enveloppe (une baisse est négative), taux, prise en charge de la paie, demande, "
        "instructeurs, versements en retard ; et facteurs de l'économie.",
    ),
    "Targets": (
        "Published figures that the scenario should reproduce, with their tolerance.",
        "Chiffres publiés que le scénario doit reproduire, avec leur tolérance.",
    ),
    "Sweep": (
        "Variants of this question, for `enveloppe sweep`; empty: none.",
        "Variantes de cette question, pour `enveloppe sweep` ; vide : aucune.",
    ),
    "Axes": (
        "What variants vary: one row a value of the workbook, by its dotted key, over `values` or from low to high.",
        "Ce que les variantes font varier : une ligne par valeur du classeur, par sa clé pointée, sur `values` ou de "
        "low à high.",
    ),
}

SETTINGS: dict[str, Pair] = {
    "schema": ("Version of the file's form", "Version de la forme du fichier"),
    "extends": ("Scenario that this one completes", "Scénario que celui-ci complète"),
    "name": ("Short name (of the folder of results)", "Nom court (du dossier des résultats)"),
    "title_fr": ("Title in French", "Titre en français"),
    "title_en": ("Title in English", "Titre en anglais"),
    "language": ("Language of the reports", "Langue des rapports"),
    "currency": ("Currency (three letters)", "Monnaie (trois lettres)"),
    "envelope_eur": ("Envelope", "Enveloppe"),
    "target_pathways": ("Pathways promised", "Parcours promis"),
    "lines": ("What a line of money is", "Ce qu'est une ligne d'argent"),
    "runs": ("Number of runs", "Nombre de tirages"),
    "seed": ("Seed of luck", "Graine du hasard"),
    "exhaustion_share": ("Share committed that counts as exhausted", "Part engagée qui vaut épuisement"),
    "branch_status.ok_served_share": ("Branch on course: served at least", "Branche conforme : servie au moins à"),
    "branch_status.ok_risk_share": ("Branch on course: risk at most", "Branche conforme : risque au plus"),
    "branch_status.short_served_share": ("Branch short: served below", "Branche à court : servie à moins de"),
    "branch_status.short_risk_share": ("Branch short: risk above", "Branche à court : risque au-dessus de"),
    "branch_status.short_early_days": (
        "Branch short: money out before closing by",
        "Branche à court : épuisée avant la clôture de",
    ),
    "windows.opens": ("Opening", "Ouverture"),
    "windows.filing_deadline": ("Last day to file", "Dernier jour de dépôt"),
    "windows.commitment_deadline": ("Last day to commit", "Dernier jour d'engagement"),
    "windows.execution_deadline": ("Last day of training", "Dernier jour de formation"),
    "windows.last_payment": ("Last payment", "Dernier paiement"),
    "planning.period": ("Step of the plan", "Pas du plan"),
    "planning.patience_periods": ("Patience, in steps", "Patience, en pas"),
    "planning.counts": ("Pathways counted", "Parcours comptés"),
    "scheme.regime_choice": ("Regime that companies take", "Régime que prennent les entreprises"),
    "scheme.price_date": ("Date that fixes the price", "Date qui fixe le prix"),
    "scheme.mean_cost_cap_eur": ("Highest mean cost of a pathway", "Coût moyen maximal d'un parcours"),
    "scheme.pay_support.payer": ("Who pays support of pay", "Qui prend en charge la paie"),
    "scheme.pay_support.max_employees": ("Support of pay: up to", "Prise en charge : jusqu'à"),
    "scheme.pay_support.excluded_situations": ("Support of pay: not in", "Prise en charge : pas en"),
    "scheme.management_fee.fee_share": ("Management fee", "Frais de gestion"),
    "scheme.management_fee.base": ("Management fee: taken on", "Frais de gestion : assiette"),
    "inflow.requests_per_year": ("Requests in a year", "Demandes par an"),
    "inflow.volume_factor": ("Multiplier of requests", "Multiplicateur des demandes"),
    "inflow.hours_factor": ("Multiplier of hours", "Multiplicateur des heures"),
    "inflow.fee_factor": ("Multiplier of fees", "Multiplicateur des tarifs"),
    "inflow.month_weights": ("Weight of the month", "Poids du mois"),
    "inflow.holidays_country": ("Country of public holidays", "Pays des jours fériés"),
    "inflow.holidays_subdivision": ("Part of it with holidays of its own", "Partie du pays qui a ses jours fériés"),
    "inflow.office_opens_hour": ("Office opens", "Ouverture du bureau"),
    "inflow.office_closes_hour": ("Office closes", "Fermeture du bureau"),
    "inflow.ramp_up.days": ("Ramp-up: lasts", "Montée en charge : durée"),
    "inflow.ramp_up.initial_share": ("Ramp-up: starts at", "Montée en charge : départ"),
    "inflow.deadline_rush.days": ("Rush before the deadline: lasts", "Afflux avant la clôture : durée"),
    "inflow.deadline_rush.extra_share": ("Rush before the deadline: adds", "Afflux avant la clôture : surcroît"),
    "inflow.branch_dispersion": ("Dispersion of a branch's year", "Dispersion de l'année d'une branche"),
    "inflow.branch_correlation": ("Correlation between branches", "Corrélation entre branches"),
    "inflow.common_factor.monthly_sd": ("Economy: monthly deviation", "Conjoncture : écart type mensuel"),
    "inflow.common_factor.autocorrelation": ("Economy: memory of a month", "Conjoncture : mémoire d'un mois"),
    "inflow.companies_in_reach": ("Companies within reach", "Entreprises à portée"),
    "inflow.ineligible_share": ("Requests not eligible", "Demandes inéligibles"),
    "inflow.drop_out_share": ("Trainees who drop out", "Stagiaires qui abandonnent"),
    "desk.officers": ("Officers", "Instructeurs"),
    "desk.incomplete_share": ("Files sent back incomplete", "Dossiers renvoyés incomplets"),
    "desk.discipline": ("Order of the queue", "Ordre de la file"),
    "parking.patience_days": ("How long a request waits for money", "Attente d'argent supportée"),
    "parking.blocking": ("Does the head of the line block?", "La tête de file bloque-t-elle ?"),
    "committee.policy": ("Policy of the committee", "Politique du comité"),
    "payments.advance_share": ("Share of a commitment paid ahead", "Part d'un engagement versée d'avance"),
    "committee.rivals": ("Rival policies, on the same luck", "Politiques rivales, sur le même hasard"),
    "committee.dates": ("Date of the committee", "Date du comité"),
    "committee.reserve_share": ("Kept in reserve", "Mis en réserve"),
    "committee.over_programming_share": ("Commitments above the notified", "Engagements au-delà du notifié"),
    "constraints.service_floor_share": ("Every branch is served at least", "Chaque branche est servie au moins à"),
    "constraints.desk_capacity": ("No more than officers can examine?", "Pas plus que le guichet n'instruit ?"),
    "constraints.notification_step_share": ("A line's money moves by at most", "L'argent d'une ligne bouge au plus de"),
    "sweep.method": ("How values are combined", "Comment les valeurs se combinent"),
    "sweep.points": ("Variants of a sample", "Variantes d'un échantillon"),
    "sweep.rivals": ("Live the rivals too?", "Vivre aussi les rivales ?"),
    "planning.returns_serve_waiting": ("Who waits: new money only?", "Qui attend : argent nouveau seulement ?"),
    "uncertainty.tail_weight": ("Weight of bad years in the plan", "Poids des mauvaises années dans le plan"),
    "uncertainty.planned_runs": ("Runs the plan for luck is made on", "Tirages du plan avec hasard"),
    "uncertainty.replications": ("Further samples for its gap", "Échantillons de plus pour son écart"),
    "uncertainty.wanted_gap_share": ("Gap to reach", "Écart à atteindre"),
    "uncertainty.payments_excess_eur": (
        "Due beyond appropriations, bad years",
        "Échu au-delà des CP, mauvaises années",
    ),
    "uncertainty.policies": ("Policies compared", "Politiques comparées"),
    "uncertainty.calendars": ("Committee calendars compared", "Calendriers de comité comparés"),
    "uncertainty.policy_runs": ("Runs of the policy table", "Tirages du tableau des politiques"),
    "uncertainty.sensitivity_runs": ("Runs at each point of the ranges", "Tirages par point des fourchettes"),
    "uncertainty.sensitivity_points": ("Base of the sample of the ranges", "Base de l'échantillon des fourchettes"),
    "uncertainty.tail_level": ("Bad years: runs above them", "Mauvaises années : tirages au-dessus"),
    "committee.fungibility.movable_share": ("Open money that may move", "Argent libre qui peut bouger"),
    "committee.fungibility.giving_branches": ("Branches that may give", "Branches qui peuvent donner"),
    "committee.fungibility.floor_share": ("A line keeps at least", "Une ligne garde au moins"),
}

LAWS: dict[str, Pair] = {
    "inflow.trainees": ("Trainees of a request", "Stagiaires d'une demande"),
    "inflow.pay_eur_per_hour": ("Pay of trainees", "Paie des stagiaires"),
    "inflow.start_lag_days": ("From commitment to start", "De l'engagement au départ"),
    "inflow.executed_share": ("Share of hours followed", "Part des heures suivies"),
    "inflow.invoice_lag_days": ("From the end to the invoice", "De la fin à la facture"),
    "inflow.uncertain.volume": ("Uncertainty of the volume", "Incertitude du volume"),
    "inflow.uncertain.hours": ("Uncertainty of hours", "Incertitude des heures"),
    "inflow.uncertain.fee_per_hour": ("Uncertainty of fees", "Incertitude des tarifs"),
    "desk.work_minutes": ("Work of one examination", "Travail d'une instruction"),
    "desk.decision_lag_days": ("From examination to decision", "De l'instruction à la décision"),
    "desk.resubmission_lag_days": ("To complete a file", "Pour compléter un dossier"),
    "payments.payment_lag_days": ("From invoice to payment", "De la facture au paiement"),
    "hours": ("Hours", "Heures"),
    "fee_eur_per_hour": ("Fee an hour", "Tarif horaire"),
    "duration_days": ("Length", "Durée"),
}

COLUMNS: dict[str, Pair] = {
    "key": ("Key", "Clé"),
    "(label)": ("What it is", "Ce que c'est"),
    "value": ("Value", "Valeur"),
    "(unit)": ("Unit", "Unité"),
    "(check)": ("Check", "Contrôle"),
    "source": ("Source", "Source"),
    "code": ("Code", "Code"),
    "name_fr": ("Name in French", "Nom en français"),
    "name_en": ("Name in English", "Nom en anglais"),
    "idcc": ("Agreement number (IDCC)", "IDCC"),
    "employees": ("Employees", "Salariés"),
    "companies": ("Companies", "Entreprises"),
    "demand_factor": ("Multiplier of demand", "Multiplicateur de demande"),
    "volume_dispersion": ("Dispersion of its year", "Dispersion de son année"),
    "list": ("List", "Liste"),
    "min_employees": ("From employees", "Effectif, de"),
    "max_employees": ("To employees", "Effectif, à"),
    "group": ("Size group", "Groupe de taille"),
    "from": ("From", "À partir du"),
    "until": ("Until", "Jusqu'au"),
    "rule": ("Rule", "Règle"),
    "regime": ("Regime", "Régime"),
    "situations": ("Situations", "Situations"),
    "pathway_types": ("Pathway types", "Types de parcours"),
    "branches": ("Branches", "Branches"),
    "amount": ("Share or amount", "Part ou montant"),
    "table": ("Table", "Table"),
    "set": ("Set", "Jeu"),
    "share": ("Share", "Part"),
    "factors": ("Factors of", "Coefficients de"),
    "kind": ("Kind", "Loi"),
    "at": ("Always", "Toujours"),
    "figure": ("Figure (its key)", "Chiffre (sa clé)"),
    "low": ("Low", "Bas"),
    "mode": ("Most likely", "Le plus probable"),
    "high": ("High", "Haut"),
    "mean": ("Mean", "Moyenne"),
    "sigma": ("Sigma (of the logarithm)", "Sigma (du logarithme)"),
    "median": ("Median", "Médiane"),
    "p90": ("Ninth decile", "Neuvième décile"),
    "year": ("Fiscal year", "Exercice"),
    "ceiling_eur": ("Ceiling, €", "Plafond, €"),
    "carry_over_max_eur": ("Carried over at most, €", "Report maximal, €"),
    "cash": ("Kind of cash", "Nature"),
    "due_eur": ("Falls due, €", "Échoit, €"),
    "date": ("Date", "Date"),
    "constraint": ("Constraint", "Contrainte"),
    "size_group": ("Size group", "Groupe de taille"),
    "weight_share": ("Share of its headcount weight", "Part de son poids d'effectif"),
    "eur": ("Euros", "Euros"),
    "pathway_share": ("Share of pathways", "Part des parcours"),
    "euro_share": ("Share of euros", "Part des euros"),
    "min_share": ("At least", "Au moins"),
    "max_share": ("At most", "Au plus"),
    "region": ("Region", "Région"),
    "objective": ("Objective", "Objectif"),
    "tolerance_share": ("May give up", "Peut céder"),
    "line": ("Line", "Ligne"),
    "notified_eur": ("Notified, €", "Notifié, €"),
    "bound": ("Bound", "Borne"),
    "standing": ("What stands behind it", "Ce qui la fonde"),
    "weight": ("Weight", "Poids"),
    "steering": ("Steering rule", "Règle de pilotage"),
    "last_day": ("Last day to file", "Dernier jour de dépôt"),
    "size_groups": ("Size groups", "Groupes de taille"),
    "max_eur": ("At most, €", "Au plus, €"),
    "by": ("In the order of", "Dans l'ordre de"),
    "first": ("Served first", "Servis d'abord"),
    "varied": ("Value that varies", "Valeur qui varie"),
    "values": ("Values", "Valeurs"),
    "count": ("How many", "Combien"),
    "step": ("Step", "Pas"),
    "event": ("Event", "Événement"),
    "amount_eur": ("Amount, €", "Montant, €"),
    "factor": ("Factor", "Facteur"),
    "label": ("Label", "Libellé"),
    "announced": ("Announced?", "Annoncé ?"),
    "probability": ("Probability", "Probabilité"),
    "officers": ("Officers", "Instructeurs"),
    "late_days": ("Days late", "Jours de retard"),
    "rate_share": ("Rate", "Taux"),
    "staff": ("Kind of row", "Nature"),
    "quantity": ("Quantity", "Grandeur"),
    "unit": ("Unit", "Unité"),
    "population": ("Counted over", "Compté sur"),
    "codes": ("Codes", "Codes"),
    "day": ("Day", "Jour"),
    "target": ("Target", "Cible"),
    "tolerance": ("Tolerance", "Tolérance"),
    "sense": ("Sense", "Sens"),
}

COMMENTS: dict[str, Pair] = {
    "demand_factor": (
        "Factor, 1 by default. 2 doubles the requests of the branch and leaves the others alone.",
        "Facteur, 1 par défaut. 2 double les demandes de la branche et laisse les autres.",
    ),
    "volume_dispersion": (
        "Variance of the branch's year beyond chance, in place of the one for all branches; empty: the one for all.",
        "Variance de l'année de la branche au-delà du hasard, à la place de celle de toutes ; vide : celle de toutes.",
    ),
    "employees": ("Headcount, a whole number.", "Effectif, nombre entier."),
    "amount": (
        "rate, support_share, support_tier: a share, 70% or 0.7. hour_cap, support_ceiling: € an hour. "
        "unit_cap, company_aid_ceiling: €. support_opening: leave empty.",
        "rate, support_share, support_tier : une part, 70 % ou 0,7. hour_cap, support_ceiling : € par heure. "
        "unit_cap, company_aid_ceiling : €. support_opening : laisser vide.",
    ),
    "situations": (
        "Codes separated by commas; empty: every situation.",
        "Codes séparés par des virgules ; vide : toutes les situations.",
    ),
    "pathway_types": (
        "Codes separated by commas; empty: every type.",
        "Codes séparés par des virgules ; vide : tous les types.",
    ),
    "branches": (
        "Codes separated by commas; empty: every branch.",
        "Codes séparés par des virgules ; vide : toutes les branches.",
    ),
    "from": ("Date, in force from this day on.", "Date, en vigueur à partir de ce jour."),
    "until": ("Date, the last day in force; empty: no end.", "Date, dernier jour en vigueur ; vide : sans fin."),
    "share": ("Share between 0 and 1 (or 0% to 100%).", "Part entre 0 et 1 (ou 0 % à 100 %)."),
    "source": (
        "Where the value comes from. What no published fact settles: assumption YYYY-MM-DD: why. "
        "What is worked out: derived: how.",
        "D'où vient la valeur. Ce qu'aucun fait publié ne règle : assumption AAAA-MM-JJ: pourquoi. "
        "Ce qui est calculé : derived: comment.",
    ),
    "set": (
        "Number of a dated set, whose date stands in the first of its rows; branches.region_shares: the branch's code; "
        "pay_support_tiers: number of the tier.",
        "Numéro d'un jeu daté, dont la date figure sur la première de ses lignes ; branches.region_shares : code de la "
        "branche ; pay_support_tiers : numéro du palier.",
    ),
    "amount_eur": ("Euros; negative: a cut.", "Euros ; négatif : une baisse."),
    "kind": (
        "constant: at. uniform: low, high. triangular: low, mode, high. exponential: mean. lognormal: mean, sigma. "
        "lognormal_quantiles: median, p90.",
        "constant : at. uniform : low, high. triangular : low, mode, high. exponential : mean. "
        "lognormal : mean, sigma. lognormal_quantiles : median, p90.",
    ),
    "event": (
        "envelope_change: amount_eur, probability. rate_change: rate_share, for whom the filters say. "
        "support_suspended, support_reopened: until. demand_shock: factor, branches. officers_change: officers, "
        "negative for fewer. instalment_late: late_days, of the instalment of that day. economic_factor: factor.",
        "envelope_change : amount_eur, probability. rate_change : rate_share, pour qui disent les filtres. "
        "support_suspended, support_reopened : until. demand_shock : factor, branches. officers_change : officers, "
        "négatif pour moins. instalment_late : late_days, du versement de ce jour. economic_factor : factor.",
    ),
    "probability": (
        "Share between 0 and 1; empty: certain. A plan that knows of it takes the expectation.",
        "Part entre 0 et 1 ; vide : certain. Un plan qui le sait prend l'espérance.",
    ),
    "carry_over_max_eur": (
        "Euros that may stay due at the end of the year; empty: any amount, nothing at the end of the last year.",
        "Euros qui peuvent rester dus à la fin de l'exercice ; vide : tout montant, rien à la fin du dernier exercice.",
    ),
    "cash": (
        "earlier_commitment: year, due_eur. instalment: date, share or eur.",
        "earlier_commitment : year, due_eur. instalment : date, share ou eur.",
    ),
    "tolerance_share": (
        "Share of its best value that later objectives may take from it; empty: nothing.",
        "Part de sa meilleure valeur que les objectifs suivants peuvent lui prendre ; vide : rien.",
    ),
    "standing": (
        "law: never gives, no weight. agreement: gives dearly. target: gives cheaply.",
        "law (loi) : ne cède jamais, sans poids. agreement (convention) : cède cher. target (cible) : cède à bas prix.",
    ),
    "weight": (
        "A figure moved by its own size costs its weight; the cheapest change in all is proposed.",
        "Un chiffre déplacé de sa propre taille coûte son poids ; le changement le moins cher en tout est proposé.",
    ),
    "line": (
        "Codes of the line's attributes, in their order: chimie/under_50.",
        "Codes des attributs de la ligne, dans leur ordre : chimie/under_50.",
    ),
    "steering": (
        "quota: max_share or max_eur. priority: by, first. closing: last_day. What is named is what the rule is about.",
        "quota : max_share ou max_eur. priority : by, first. closing : last_day. Ce qui est nommé est ce que la règle "
        "vise.",
    ),
    "values": (
        "Values parted by commas, numbers with a point: 0.8, 1, 1.2. Or leave empty and give low and high.",
        "Valeurs séparées par des virgules, nombres avec un point : 0.8, 1, 1.2. Ou laisser vide, et low et high.",
    ),
    "announced": (
        "true: the plan knows of it; empty or false: it comes as a surprise.",
        "true : le plan le sait ; vide ou false : une surprise.",
    ),
    "constraint": (
        "branch_cap, branch_floor: share, weight_share or eur. group_floor: size_group, then pathway_share or "
        "euro_share. mix_bound: pathway_types or situations, then min_share or max_share. "
        "region_floor, region_cap: region, pathway_share. commitment_opening: date, share or eur.",
        "branch_cap, branch_floor : share, weight_share ou eur. group_floor : size_group, puis pathway_share ou "
        "euro_share. mix_bound : pathway_types ou situations, puis min_share ou max_share. "
        "region_floor, region_cap : region, pathway_share. commitment_opening : date, share ou eur.",
    ),
}

CHECKS: dict[str, Pair] = {
    "dates": ("The dates of the agreement follow one another", "Les dates de la convention se suivent"),
    "envelope": (
        "The envelope is not negative, amendments included",
        "L'enveloppe n'est pas négative, avenants compris",
    ),
    "codes": ("Each branch stands once", "Chaque branche figure une seule fois"),
    "bands": ("Size bands follow one another without gap", "Les tranches d'effectif se suivent sans trou"),
    "rates": ("Rates lie between 0 and 1", "Les taux sont entre 0 et 1"),
    "periods": ("No rule ends before it starts", "Aucune règle ne finit avant de commencer"),
    "months": ("At least one month has a weight", "Un mois au moins a un poids"),
    "shares": ("Each set of shares adds up to 1", "Chaque jeu de parts fait 1"),
    "laws": ("Deciles and bounds are in order", "Déciles et bornes sont dans l'ordre"),
    "years": ("Each fiscal year stands once", "Chaque exercice figure une seule fois"),
    "meetings": ("Committee dates ascend", "Les dates du comité sont croissantes"),
    "bounds": ("No least share above its greatest", "Aucun minimum au-dessus de son maximum"),
    "floors": ("Floors stay under caps and leave room", "Les planchers restent sous les plafonds et tiennent ensemble"),
}

SENTENCES: dict[str, Pair] = {
    "title": ("A scenario for enveloppe", "Un scénario pour enveloppe"),
    "how": ("How to use it", "Mode d'emploi"),
    "fill": (
        "Change the blue cells; the others are locked, without a password. Rows may be added in the blank blue ones.",
        "Modifier les cellules bleues ; les autres sont verrouillées, sans mot de passe. On ajoute des lignes dans "
        "les bleues restées vides.",
    ),
    "run": (
        "Save, then: enveloppe check FILE.xlsx (all mistakes, with cells), enveloppe run FILE.xlsx (the results).",
        "Enregistrer, puis : enveloppe check FICHIER.xlsx (toutes les erreurs, avec leurs cellules), "
        "enveloppe run FICHIER.xlsx (les résultats).",
    ),
    "safe": (
        "This file is only read: results and marked mistakes go to files of their own.",
        "Ce fichier n'est jamais que lu : les résultats et les erreurs marquées vont dans d'autres fichiers.",
    ),
    "none": (
        "(none) in a cell: no value, where the extended scenario has one; an empty cell: as in the extended scenario.",
        "(none) dans une cellule : pas de valeur, là où le scénario complété en a une ; cellule vide : comme dans le "
        "scénario complété.",
    ),
    "sources": (
        "Every value has its source beside it; what no published fact settles is an assumption, and is dated.",
        "Chaque valeur a sa source à côté ; ce qu'aucun fait publié ne règle est une hypothèse (assumption), datée.",
    ),
    "notes": (
        "A sheet of your own: begin its name with _ and it is left alone.",
        "Une feuille à vous : commencer son nom par _ et elle est laissée de côté.",
    ),
    "checks": ("Checks", "Contrôles"),
    "all_true": ("All checks hold", "Tous les contrôles tiennent"),
    "sheets": ("Sheets", "Feuilles"),
    "good": ("● checks hold", "● contrôles tenus"),
    "bad": ("▲ a check fails: see Guide", "▲ un contrôle échoue : voir Mode d'emploi"),
    "no_check": ("", ""),
    "choose": ("One of: ", "Au choix : "),
    "wrong_choice": ("Choose from the list.", "Choisir dans la liste."),
    "wrong_share": ("A share lies between 0 and 1 (0% to 100%).", "Une part est entre 0 et 1 (0 % à 100 %)."),
    "wrong_date": ("A date, please.", "Une date, s'il vous plaît."),
    "source_of": ("Source of: ", "Source de : "),
    "month": ("month", "mois"),
    "page": ("Page &P of &N", "Page &P sur &N"),
}


def said(pair: Pair, language: str) -> str:
    """One of two texts."""
    return pair[language == "fr"]
