"""The help of the command line in French: for each text in English, as the code has it, what stands in its place."""

HEADINGS = {
    "Usage:": "Usage :",
    "Options:": "Options :",
    "Commands:": "Commandes :",
    "Shipped scenarios:": "Scénarios fournis :",
    "Show this message and exit.": "Afficher cette aide et sortir.",
    "Show the version and exit.": "Afficher la version et sortir.",
}
"""What click itself writes into a help."""

FRENCH = {
    # the scenarios that come with the engine
    "the agreement as planned": "la convention telle que prévue",
    "three quarters of the money taken back in mid-year": "les trois quarts de l'argent repris en cours d'année",
    "metal asks for twice as much": "la métallurgie demande deux fois plus",
    "as it went, on the 150 M EUR first signed": "telle que vécue, sur les 150 M€ signés d'abord",
    "as it went, raised to 207 M EUR": "telle que vécue, portée à 207 M€",
    "demand as it went, notified as planned": "la demande vécue, notifiée comme prévu",
    "pay support suspended first": "la prise en charge des salaires suspendue d'abord",
    "another country's scheme": "le dispositif d'un autre pays",
    # what every command takes
    "The result as JSON on stdout.": "Le résultat en JSON sur la sortie standard.",
    "No message on stderr but errors.": "Aucun message sur la sortie d'erreur, hors erreurs.",
    "Language of messages and reports.": "Langue des messages et des rapports.",
    "No colours (also: NO_COLOR in the environment).": "Sans couleurs (ou NO_COLOR dans l'environnement).",
    "Override one value (repeatable, dotted).": "Remplacer une valeur (répétable, clé pointée).",
    "Override one value (repeatable).": "Remplacer une valeur (répétable).",
    "How many runs (default: as the scenario says).": "Nombre de tirages (par défaut : celui du scénario).",
    "The seed (default: as the scenario says).": "La graine (par défaut : celle du scénario).",
    "Worker processes (default: one a core).": "Processus de calcul (par défaut : un par cœur).",
    "A Dask scheduler (tcp://host:port) in place of --jobs.": (
        "Un ordonnanceur Dask (tcp://hôte:port) à la place de --jobs."
    ),
    "Folder (default: out/<scenario>).": "Dossier (par défaut : out/<scénario>).",
    # the whole
    "Project training requests, allocate a public envelope, and tell what will come of it.": (
        "Projeter les demandes de formation, répartir une enveloppe publique, et dire ce qu'il en adviendra."
    ),
    """\b
Examples:
  enveloppe run convention-2i                    the agreement as planned, to out/convention-2i/
  enveloppe run convention-2i --runs 50 --set envelope_eur=120000000
  enveloppe new my-scenario                      a file to start from
  enveloppe check my-scenario/scenario.yaml
  enveloppe report out/convention-2i --lang en   the same report in English

Exit codes: 0 done, 1 internal error, 2 usage, 3 gate failed, 4 input refused, 5 no feasible plan,
6 solver limit reached, 7 output folder in use, 130 interrupted.""": """\b
Exemples :
  enveloppe run convention-2i                    la convention telle que prévue, dans out/convention-2i/
  enveloppe run convention-2i --runs 50 --set envelope_eur=120000000
  enveloppe new mon-scenario                     un fichier pour commencer
  enveloppe check mon-scenario/scenario.yaml
  enveloppe report out/convention-2i --lang en   le même rapport en anglais

Codes de sortie : 0 fait, 1 erreur interne, 2 usage, 3 seuil franchi, 4 entrée refusée, 5 aucun plan possible,
6 limite du solveur atteinte, 7 dossier déjà utilisé, 130 interrompu.""",
    # new
    "Write a scenario file to start from.": "Écrire un fichier de scénario pour commencer.",
    "Write DIR/scenario.yaml: a worked scenario to start from. An existing file is left as it is.": (
        "Écrire DIR/scenario.yaml : un scénario complet pour commencer. Un fichier existant reste tel quel."
    ),
    "Write DIR/plan.xlsx instead: the same for a spreadsheet.": (
        "Écrire plutôt DIR/plan.xlsx : la même chose pour un tableur."
    ),
    # check
    "Check scenario files: all problems at once, each with its place.": (
        "Vérifier des scénarios : tous les problèmes à la fois, chacun à sa place."
    ),
    "Check scenario files: all problems at once, each with its place. Exit 4 where there is any.": (
        "Vérifier des scénarios : tous les problèmes à la fois, chacun à sa place. Code 4 s'il y en a."
    ),
    # migrate
    "Bring a scenario file of an earlier form to the present one.": (
        "Amener un scénario d'une forme ancienne à la forme actuelle."
    ),
    "Bring a scenario file to the form that this engine reads; comments and order stay as they are.": (
        "Amener un scénario à la forme que lit ce moteur ; commentaires et ordre restent tels quels."
    ),
    """\b
Examples:
  enveloppe migrate old.yaml                 the new text, on stdout
  enveloppe migrate old.yaml --out new.yaml
  enveloppe migrate old.yaml --in-place      the earlier text stays beside, as old.yaml.schema-0""": """\b
Exemples :
  enveloppe migrate ancien.yaml                 le nouveau texte, sur la sortie standard
  enveloppe migrate ancien.yaml --out neuf.yaml
  enveloppe migrate ancien.yaml --in-place      l'ancien texte reste à côté : ancien.yaml.schema-0""",
    "Write to this new file.": "Écrire dans ce nouveau fichier.",
    "Write FILE anew; the earlier text stays beside.": "Réécrire FILE ; l'ancien texte reste à côté.",
    # show
    "Print the resolved scenario, each value with its place and source.": (
        "Afficher le scénario résolu, chaque valeur avec sa place et sa source."
    ),
    "Print the resolved scenario, each value with the file and line it came from and its source.": (
        "Afficher le scénario résolu, chaque valeur avec son fichier, sa ligne et sa source."
    ),
    "Print the JSON Schema of scenario files instead (for editors).": (
        "Afficher plutôt le schéma JSON des scénarios (pour les éditeurs)."
    ),
    # plan
    "Allocate the envelope (the optimiser alone).": "Répartir l'enveloppe (l'optimiseur seul).",
    "Allocate the envelope on expected demand: notifications by line, what binds, what floors cost.": (
        "Répartir l'enveloppe sur la demande moyenne : notifications par ligne, ce qui limite, coût des planchers."
    ),
    "Also write the exact model, .lp or .mps, for any other solver.": (
        "Écrire aussi le modèle exact, .lp ou .mps, pour tout autre solveur."
    ),
    "Also tell what choosing cell by cell would serve: a bound that nobody can deliver.": (
        "Dire aussi ce que servirait un choix case par case : une borne que personne ne peut tenir."
    ),
    "Also tell the trade-off between two objectives (pathways, weighted_pathways, trainee_hours, least_served_branch, "
    "small_companies, least_cost, least_change).": (
        "Dire aussi le compromis entre deux objectifs (pathways, weighted_pathways, trainee_hours, "
        "least_served_branch, small_companies, least_cost, least_change)."
    ),
    "Also notify what will hold under luck, and say what knowing more is worth.": (
        "Notifier aussi ce qui tiendra selon la chance, et dire ce que vaut d'en savoir plus."
    ),
    # run
    "The whole trip: inflow, plan, simulation, report.": "Tout le trajet : demandes, plan, simulation, rapport.",
    "Project, plan, simulate and report: everything of a scenario, into one folder.": (
        "Projeter, planifier, simuler, rendre compte : tout d'un scénario, dans un dossier."
    ),
    """\b
Examples:
  enveloppe run convention-2i --runs 100
  enveloppe run plan.yaml --set envelope_eur=120000000 --out out/less-money --lang en
  enveloppe run september.yaml --since out/june         what changed since last time""": """\b
Exemples :
  enveloppe run convention-2i --runs 100
  enveloppe run plan.yaml --set envelope_eur=120000000 --out out/moins-d-argent
  enveloppe run septembre.yaml --since out/juin         ce qui a changé depuis la dernière fois""",
    "Run until the figure is known to this half-width (95 %; or 1% of it); at most --runs.": (
        "Jusqu'à connaître l'indicateur à cette demi-largeur près (95 % ; ou 1%) ; au plus --runs."
    ),
    "Also plan for luck, compare policies, and tell what moves the result.": (
        "Planifier aussi selon la chance, comparer les politiques, et dire ce qui déplace le résultat."
    ),
    "Requests to date (.csv or .xlsx).": "Les demandes à ce jour (.csv ou .xlsx).",
    "The last day known (default: the last filing, decision or payment of the export).": (
        "Le dernier jour connu (par défaut : celui du dernier dépôt, décision ou paiement de l'export)."
    ),
    "Day of the last forecast, with --actuals (default: end of last month).": (
        "Jour de la dernière prévision, avec --actuals (par défaut : fin du mois précédent)."
    ),
    "Which column is what (YAML).": "Quelle colonne est quoi (YAML).",
    "Findings of last time (a folder or findings.json): the report says what changed.": (
        "Résultats de la dernière fois (dossier ou findings.json) : le rapport dit ce qui a changé."
    ),
    "The committee's policy (default: as the scenario says).": (
        "La politique du comité (par défaut : celle du scénario)."
    ),
    # trace
    "Print every event of one run as CSV.": "Afficher chaque événement d'un tirage en CSV.",
    "Print every event of one run as CSV, in the order in which they happened.": (
        "Afficher chaque événement d'un tirage en CSV, dans l'ordre où ils sont arrivés."
    ),
    """\b
Examples:
  enveloppe trace convention-2i --run 3 --policy fixed > run-3.csv
  enveloppe trace convention-2i --run 3 --until 2021-07-01 --save-state july.npz > first-half.csv
  enveloppe trace convention-2i --from-state july.npz > run-3.csv""": """\b
Exemples :
  enveloppe trace convention-2i --run 3 --policy fixed > tirage-3.csv
  enveloppe trace convention-2i --run 3 --until 2021-07-01 --save-state juillet.npz > premier-semestre.csv
  enveloppe trace convention-2i --from-state juillet.npz > tirage-3.csv""",
    "Which run, from 0.": "Quel tirage, à partir de 0.",
    "Which engine.": "Quel moteur.",
    "Live it by both engines and name the first event that differs.": (
        "Le vivre par les deux moteurs et nommer le premier événement qui diffère."
    ),
    "Under which policy.": "Sous quelle politique.",
    "Stop on this day, before anything of it happens.": "S'arrêter ce jour-là, avant qu'il ne s'y passe rien.",
    "Where to keep the state of the run that --until stopped.": ("Où garder l'état du tirage que --until a arrêté."),
    "Go on from a kept state, its run and its policy; what was told before is told again.": (
        "Reprendre d'un état gardé, son tirage et sa politique ; ce qui était dit est redit."
    ),
    # compare
    "Lay scenarios or findings side by side: what changed in the question and in the answer.": (
        "Comparer scénarios ou résultats : ce qui change dans la question et dans la réponse."
    ),
    "Lay scenarios (run on common luck) or findings (as they are) side by side, all against the first.": (
        "Comparer au premier des scénarios (vécus sur la même chance) ou des résultats (tels quels)."
    ),
    """\b
Examples:
  enveloppe compare convention-2i convention-2i-observed --runs 50
  enveloppe compare out/june out/september       since last time: nothing is run again
  enveloppe compare plan.yaml less-money.yaml more-desk.yaml --lang en""": """\b
Exemples :
  enveloppe compare convention-2i convention-2i-observed --runs 50
  enveloppe compare out/juin out/septembre       depuis la dernière fois : rien n'est recalculé
  enveloppe compare plan.yaml moins-d-argent.yaml plus-de-guichet.yaml""",
    "How many runs each (default: as A says).": "Nombre de tirages de chacun (par défaut : celui de A).",
    "The seed of all (default: as A says).": "La graine de tous (par défaut : celle de A).",
    "Folder (default: out/compare-A-B).": "Dossier (par défaut : out/compare-A-B).",
    "Do not work out what each change contributed.": "Ne pas calculer ce que chaque changement apporte.",
    # sweep
    "Run the variants that a scenario declares; what is known already is not run again.": (
        "Vivre les variantes que déclare un scénario ; ce qui est déjà connu n'est pas recalculé."
    ),
    "Run every variant that SCENARIO declares under `sweep:`, except those whose answer stands already.": (
        "Vivre chaque variante que SCENARIO déclare sous `sweep:`, sauf celles dont la réponse est déjà là."
    ),
    """\b
Examples:
  enveloppe sweep plan.yaml --dry-run        what would run, what is cached, how long
  enveloppe sweep plan.yaml --runs 100 --jobs 8
  enveloppe sweep plan.yaml --set envelope_eur=120000000 --out out/less-money""": """\b
Exemples :
  enveloppe sweep plan.yaml --dry-run        ce qui serait calculé, ce qui est gardé, en combien de temps
  enveloppe sweep plan.yaml --runs 100 --jobs 8
  enveloppe sweep plan.yaml --set envelope_eur=120000000 --out out/moins-d-argent""",
    "Tell what would run and what is cached, and how long it will take.": (
        "Dire ce qui serait calculé, ce qui est gardé, et le temps qu'il faudra."
    ),
    "How many runs a variant (default: as it says).": "Nombre de tirages d'une variante (par défaut : le sien).",
    "The seed of all (default: as the scenario says).": "La graine de toutes (par défaut : celle du scénario).",
    "Folder (default: out/<scenario>-sweep).": "Dossier (par défaut : out/<scénario>-sweep).",
    "Write sweep.parquet too (needs the extra `parquet`).": "Écrire aussi sweep.parquet (avec l'extra `parquet`).",
    # draws
    "Tell where the draws of runs are kept, and be rid of them.": (
        "Dire où sont gardées les demandes tirées, et s'en défaire."
    ),
    "Tell where the draws of runs are kept, so that changing one cap draws nothing again (docs/sweeps.md).": (
        "Dire où sont gardées les demandes tirées : changer un plafond n'en tire aucune à nouveau (docs/sweeps.md)."
    ),
    """\b
Examples:
  enveloppe draws             where they are kept, how much there is
  enveloppe draws --empty     delete them; they are drawn again when they are needed""": """\b
Exemples :
  enveloppe draws             où elles sont gardées, et combien
  enveloppe draws --empty     les supprimer ; elles seront tirées à nouveau au besoin""",
    "Delete them all.": "Les supprimer toutes.",
    # gate
    "Hold findings against thresholds, and against a baseline.": (
        "Confronter des résultats à des seuils, et à une référence."
    ),
    "Judge FINDINGS (a file or a folder) by the gates of GATES (docs/gates.md). Exit 3 where one fails.\n\n"
    "Writes gate.json, gate-junit.xml and gate-summary.md. On GitHub Actions annotations go to the log, and the "
    "summary\nto the job's.": (
        "Juger FINDINGS (fichier ou dossier) d'après les seuils de GATES (docs/gates.md). Code 3 si l'un est franchi."
        "\n\nÉcrit gate.json, gate-junit.xml et gate-summary.md. Sous GitHub Actions, les annotations vont au journal "
        "et le résumé à celui de la tâche."
    ),
    """\b
Examples:
  enveloppe gate gates.yaml out/convention-2i
  enveloppe gate gates.yaml out/tonight --baseline out/last-night
  enveloppe gate gates.yaml out/tonight --baseline out/last-night --accept --author "A. Martin" \
--reason "amendment 3 is in force\"""": """\b
Exemples :
  enveloppe gate seuils.yaml out/convention-2i
  enveloppe gate seuils.yaml out/cette-nuit --baseline out/nuit-passee
  enveloppe gate seuils.yaml out/cette-nuit --baseline out/nuit-passee --accept --author "A. Martin" \
--reason "l'avenant 3 est en vigueur\"""",
    "Earlier findings (their file or folder).": "Résultats antérieurs (fichier ou dossier).",
    "There is no baseline yet, whatever GATES requires.": "Il n'y a pas encore de référence, quoi qu'exige GATES.",
    "Folder (default: FINDINGS/gate).": "Dossier (par défaut : FINDINGS/gate).",
    "Record that what fails is accepted; needs the next two.": (
        "Noter que ce qui est franchi est accepté ; demande les deux suivantes."
    ),
    "Who accepts.": "Qui accepte.",
    "Why.": "Pourquoi.",
    # explain
    "Why a line got what it got, what a figure is worth, what one pathway costs.": (
        "Pourquoi une ligne a reçu ce qu'elle a reçu, ce que vaut un chiffre, ce que coûte un parcours."
    ),
    "Explain a plan: a line, a branch, a figure, a goal, a difference, or the price of one pathway.": (
        "Expliquer un plan : une ligne, une branche, un chiffre, un but, un écart, ou le prix d'un parcours."
    ),
    """\b
Examples:
  enveloppe explain convention-2i --branch chimie
  enveloppe explain convention-2i --curve envelope --goal pathways=25000
  enveloppe explain less-money.yaml --against convention-2i
  enveloppe explain convention-2i --request metallurgie:parked --run 0
  enveloppe explain convention-2i --pathway "employees=49,situation=difficulty,hours=100,fee=30,pay=15,\
date=2021-03-01\"""": """\b
Exemples :
  enveloppe explain convention-2i --branch chimie
  enveloppe explain convention-2i --curve envelope --goal pathways=25000
  enveloppe explain moins-d-argent.yaml --against convention-2i
  enveloppe explain convention-2i --request metallurgie:parked --run 0
  enveloppe explain convention-2i --pathway "employees=49,situation=difficulty,hours=100,fee=30,pay=15,\
date=2021-03-01\"""",
    "Override one value of a scenario.": "Remplacer une valeur d'un scénario.",
    "A line of the plan: what it got, what binds it, how far the committee may choose.": (
        "Une ligne du plan : ce qu'elle reçoit, ce qui la limite, jusqu'où le comité peut choisir."
    ),
    "The same for a branch, and the smallest change that would give it what it asked.": (
        "De même pour une branche, et le plus petit changement qui lui donnerait ce qu'elle demande."
    ),
    "What a figure is worth from 60 to 120 %: 'envelope' or a row of the plan.": (
        "Ce que vaut un chiffre de 60 à 120 % : 'envelope' ou une ligne du programme."
    ),
    "The envelope, and the share of pay, with which N pathways are counted.": (
        "L'enveloppe, et la part de salaire, avec lesquelles N parcours sont comptés."
    ),
    "Why this plan differs from another one, by what changed.": (
        "Pourquoi ce plan diffère d'un autre, changement par changement."
    ),
    "The price of one pathway, rule by rule.": "Le prix d'un parcours, règle par règle.",
    "Why a request waited: its life in one run (BRANCH:parked: the first).": (
        "Pourquoi une demande a attendu : sa vie dans un tirage (BRANCHE:parked : la première)."
    ),
    "Of which run, from 0.": "De quel tirage, à partir de 0.",
    # calibrate
    "Fit the inflow to past requests, and say how good the fit has been.": (
        "Ajuster les demandes aux demandes passées, et dire ce que l'ajustement a valu."
    ),
    "Fit the inflow of a scenario to past requests, say what was wrong with them, and back-test the fit.": (
        "Ajuster les demandes d'un scénario aux demandes passées, dire leurs défauts, et éprouver l'ajustement."
    ),
    """\b
Examples:
  enveloppe calibrate requests.csv --out out/calibrated
  enveloppe calibrate demandes.xlsx --columns map.yaml --scenario my-plan/scenario.yaml --lang fr""": """\b
Exemples :
  enveloppe calibrate demandes.csv --out out/cale
  enveloppe calibrate demandes.xlsx --columns colonnes.yaml --scenario mon-plan/scenario.yaml""",
    "The scenario to start from.": "Le scénario de départ.",
    "Folder (default: out/calibrated).": "Dossier (par défaut : out/calibrated).",
    # bench
    "Measure the project against its own bars.": "Mesurer le projet à ses propres barres.",
    "Measure the project against its own bars; the long ones only when named.": (
        "Mesurer le projet à ses propres barres ; les longues seulement si on les nomme."
    ),
    "Only this benchmark (repeatable).": "Seulement cette mesure (répétable).",
    "List the benchmarks and their bars without measuring.": "Lister les mesures et leurs barres, sans mesurer.",
    # report
    "Write the report again from stored findings.": "Réécrire le rapport à partir de résultats gardés.",
    "Write the report again from findings.json (or the folder that holds it); nothing is computed.": (
        "Réécrire le rapport à partir de findings.json (ou de son dossier) ; rien n'est calculé."
    ),
    "Folder (default: that of the findings).": "Dossier (par défaut : celui des résultats).",
}
"""By the English text. Examples that hold no word of English stand as they are."""
