"""What people read in the planner's workbook, in English and in French: titles, helps, comments, checks."""

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
    "months": ("The weights of the months add up to 1", "Les poids des mois font 1"),
    "shares": ("Each set of shares adds up to 1", "Chaque jeu de parts fait 1"),
    "laws": ("Deciles and bounds are in order", "Déciles et bornes sont dans l'ordre"),
    "years": ("Each fiscal year stands once", "Chaque exercice figure une seule fois"),
    "meetings": ("Committee dates ascend", "Les dates du comité sont croissantes"),
    "bounds": ("No least share above its greatest", "Aucun minimum au-dessus de son maximum"),
    "caps": ("No branch is capped under its floor", "Aucune branche n'a son plafond sous son plancher"),
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
