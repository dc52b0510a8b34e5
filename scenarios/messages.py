"""The sentences of refused inputs, in English and in French.

Each says what is wrong and what was expected; a test holds the two languages against each other.
"""

from typing import Any

MESSAGES: dict[str, tuple[str, str]] = {
    "unreadable": ("the file cannot be read ({reason})", "le fichier est illisible ({reason})"),
    "not_found": (
        "no such file, and no shipped scenario of that name; shipped: {shipped}{likely}",
        "fichier introuvable, et aucun scénario fourni de ce nom ; fournis : {shipped}{likely}",
    ),
    "not_workbook": (
        "not a workbook that can be read; save it as .xlsx, without a password",
        "pas un classeur lisible ; l'enregistrer en .xlsx, sans mot de passe",
    ),
    "workbook_large": (
        "the workbook holds more than {limit} bytes once unpacked",
        "le classeur dépasse {limit} octets une fois décompressé",
    ),
    "workbook_wide": (
        "a sheet has values beyond row {rows} or column {columns}; take them away",
        "une feuille a des valeurs au-delà de la ligne {rows} ou de la colonne {columns} ; les retirer",
    ),
    "workbook_sheet": (
        "this sheet is not one of the template; a leading _ in its name keeps it as a note{likely}",
        "cette feuille n'est pas du modèle ; un _ en tête de son nom en fait une note{likely}",
    ),
    "sheet_twice": ("this sheet stands twice; keep one", "cette feuille figure deux fois ; n'en garder qu'une"),
    "workbook_empty": (
        "no sheet of the template was found; `enveloppe new --workbook` writes one",
        "aucune feuille du modèle n'a été trouvée ; `enveloppe new --workbook` en écrit un",
    ),
    "no_header": (
        "the row of keys that begins with `{first}` is missing",
        "la ligne des clés qui commence par `{first}` manque",
    ),
    "unknown_column": ("unknown column{likely}", "colonne inconnue{likely}"),
    "column_twice": ("this column stands twice", "cette colonne figure deux fois"),
    "row_unnamed": (
        "this row has values but does not say what it is: fill in its first column",
        "cette ligne a des valeurs mais ne dit pas ce qu'elle est : remplir sa première colonne",
    ),
    "not_of_this_row": (
        "a row `{row}` has no such value; leave the cell empty",
        "une ligne `{row}` n'a pas cette valeur ; laisser la cellule vide",
    ),
    "none_alone": (
        "(none) says that the list is empty: no other row may be of that kind",
        "(none) dit que la liste est vide : aucune autre ligne ne peut être de cette sorte",
    ),
    "cell_error": ("the cell shows an error", "la cellule affiche une erreur"),
    "cell_not_computed": (
        "this formula was never computed; open the workbook, save it, and try again",
        "cette formule n'a jamais été calculée ; ouvrir le classeur, l'enregistrer et recommencer",
    ),
    "key_through": (
        "this key goes through {found}, which holds a single value",
        "cette clé traverse {found}, qui ne contient qu'une valeur",
    ),
    "not_findings": (
        "not a findings file of this engine; `enveloppe run` writes one",
        "pas un fichier de résultats de ce moteur ; `enveloppe run` en écrit un",
    ),
    "finding_missing": (
        "these findings lack {found}; run the scenario again",
        "il manque {found} à ces résultats ; relancer le scénario",
    ),
    "too_large": (
        "the file is larger than {limit} bytes",
        "le fichier dépasse {limit} octets",
    ),
    "not_utf8": ("the file is not UTF-8 text", "le fichier n'est pas un texte UTF-8"),
    "too_deep": ("more than {limit} levels of nesting", "plus de {limit} niveaux d'imbrication"),
    "too_many_nodes": ("more than {limit} values", "plus de {limit} valeurs"),
    "yaml": ("not valid YAML: {reason}", "YAML invalide : {reason}"),
    "yaml_tab": (
        "a tab; lines are indented with spaces: replace it by spaces",
        "une tabulation ; les lignes se décalent par des espaces : la remplacer par des espaces",
    ),
    "yaml_indent": (
        "this line is not indented as its neighbours are; the keys of one section begin in the same column, "
        "what stands inside it further right",
        "cette ligne n'est pas décalée comme ses voisines ; les clés d'une section commencent à la même colonne, "
        "ce qu'elle contient plus à droite",
    ),
    "yaml_no_colon": (
        "no colon after the key of this line; write `key: value`, with a space after the colon",
        "pas de deux-points après la clé de cette ligne ; écrire `clé: valeur`, avec une espace après les deux-points",
    ),
    "yaml_second_colon": (
        "a second colon on this line; put the text between quotes, or begin a new line",
        "un second deux-points sur cette ligne ; mettre le texte entre guillemets droits, ou aller à la ligne",
    ),
    "yaml_after_value": (
        'text after a value that is complete; where it holds a quote, put all of it between "double quotes"',
        "du texte après une valeur déjà close ; s'il contient une apostrophe, le mettre tout entier entre "
        '"guillemets droits"',
    ),
    "yaml_quote": (
        "the quote that opens here is never closed; close it with {found}",
        "le guillemet ouvert ici n'est jamais fermé ; le fermer par {found}",
    ),
    "yaml_bracket": (
        "what opens here with {found} is not closed; put commas between its entries and {closing} at the end",
        "ce qui s'ouvre ici par {found} n'est pas fermé ; mettre des virgules entre ses valeurs et {closing} à la fin",
    ),
    "yaml_sign": (
        "a value cannot begin with {found}; put the text between quotes",
        "une valeur ne peut pas commencer par {found} ; mettre le texte entre guillemets droits",
    ),
    "yaml_escape": (
        "\\ announces a special sign between double quotes; write \\\\, or put the text between single quotes",
        "\\ annonce un signe spécial entre guillemets doubles ; écrire \\\\, ou mettre le texte entre apostrophes",
    ),
    "yaml_control": (
        "an invisible control character (code {found}); take it away",
        "un caractère de contrôle invisible (code {found}) ; le retirer",
    ),
    "alias": (
        "anchors and aliases are not accepted; write the value out or use `extends:`",
        "ancres et alias ne sont pas acceptés ; écrire la valeur ou utiliser `extends:`",
    ),
    "tag": ("tags are not accepted", "les étiquettes (tags) ne sont pas acceptées"),
    "several_documents": ("one document a file, please", "un seul document par fichier"),
    "duplicate_key": (
        "this key already stands at line {first}; keep one",
        "cette clé figure déjà ligne {first} ; n'en garder qu'une",
    ),
    "key_not_text": ("a key must be a plain word", "une clé doit être un mot simple"),
    "empty": (
        "the file is empty; begin with `extends: convention-2i` and write what differs",
        "le fichier est vide ; commencer par `extends: convention-2i` et écrire ce qui diffère",
    ),
    "not_a_mapping": (
        "the file must hold `key: value` pairs",
        "le fichier doit contenir des paires `clé: valeur`",
    ),
    "bad_date": ("{found} is not a date of the calendar", "{found} n'est pas une date du calendrier"),
    "number_too_long": ("this number has too many digits", "ce nombre a trop de chiffres"),
    "source_not_text": (
        "a source must be a text (the word `source` is reserved for it)",
        "une source doit être un texte (le mot `source` lui est réservé)",
    ),
    "extends_outside": (
        "`extends` may name a shipped scenario or a file in or below its own folder, not {found}",
        "`extends` désigne un scénario fourni ou un fichier de son dossier ou en dessous, pas {found}",
    ),
    "extends_cycle": ("`extends` goes round in a circle: {chain}", "`extends` tourne en rond : {chain}"),
    "extends_too_long": ("a chain of more than {limit} `extends`", "une chaîne de plus de {limit} `extends`"),
    "set_form": (
        "--set takes KEY=VALUE, for example --set runs=100; found {found}",
        "--set attend CLÉ=VALEUR, par exemple --set runs=100 ; trouvé {found}",
    ),
    "set_path": (
        "--set goes through {found}, which holds a single value",
        "--set traverse {found}, qui ne contient qu'une valeur",
    ),
    "missing": ("this value is missing{likely}", "cette valeur manque{likely}"),
    "unknown_key": ("unknown key{likely}", "clé inconnue{likely}"),
    "unknown_code": (
        "{found} is not declared among {what}{likely}",
        "{found} n'est pas déclaré dans {what}{likely}",
    ),
    "one_of": ("must be one of {expected}, found {found}{likely}", "attendu : {expected} ; trouvé {found}{likely}"),
    "whole_number": ("a whole number was expected, found {found}", "un nombre entier est attendu, trouvé {found}"),
    "number": ("a number was expected, found {found}", "un nombre est attendu, trouvé {found}"),
    "number_form": (
        "a number was expected, found {found}; write 1.5 with a point, 120000000 without spaces or units",
        "un nombre est attendu, trouvé {found} ; écrire 1.5 avec un point, 120000000 sans espaces ni unité",
    ),
    "number_as_text": (
        "a number was expected, this cell holds the text {found}; give it a number format and type the value again, "
        "with your spreadsheet's own decimal sign and without spaces or unit",
        "un nombre est attendu, cette cellule contient le texte {found} ; lui donner un format de nombre et ressaisir "
        "la valeur, avec le signe décimal du tableur (1,5 en français), sans espaces ni unité",
    ),
    "number_as_date": (
        "a number was expected, the spreadsheet took what was typed for the date {found}; give the cell a number "
        "format and type the value again, with your spreadsheet's own decimal sign",
        "un nombre est attendu, le tableur a pris la saisie pour la date {found} ; donner à la cellule un format de "
        "nombre et ressaisir la valeur, avec le signe décimal du tableur (1,5 en français)",
    ),
    "date_in_cell": (
        "a date was expected, this cell holds {found}; give it a date format and type the day again",
        "une date est attendue, cette cellule contient {found} ; lui donner un format de date et ressaisir le jour",
    ),
    "share_form": (
        "must be at most 1, found {found}; 12 % is written 0.12",
        "doit valoir au plus 1, trouvé {found} ; 12\u00a0% s'écrit 0.12",
    ),
    "comma": (
        "{found} stands alone as a key; inside braces a comma parts entries: write 1.5 with a point",
        "{found} est seul comme clé ; entre accolades la virgule sépare les entrées : écrire 1.5 avec un point",
    ),
    "text": ("a text was expected, found {found}", "un texte est attendu, trouvé {found}"),
    "truth": ("true or false was expected, found {found}", "true ou false est attendu, trouvé {found}"),
    "date": (
        "a date like 2021-06-30 was expected, found {found}",
        "une date comme 2021-06-30 est attendue, trouvé {found}",
    ),
    "list": ("a list was expected", "une liste est attendue"),
    "section": ("`key: value` pairs were expected", "des paires `clé: valeur` sont attendues"),
    "finite": ("a finite number was expected", "un nombre fini est attendu"),
    "at_least": ("must be at least {limit}, found {found}", "doit valoir au moins {limit}, trouvé {found}"),
    "at_most": ("must be at most {limit}, found {found}", "doit valoir au plus {limit}, trouvé {found}"),
    "above": ("must be above {limit}, found {found}", "doit être supérieur à {limit}, trouvé {found}"),
    "below": ("must be below {limit}, found {found}", "doit être inférieur à {limit}, trouvé {found}"),
    "too_short": ("needs at least {limit} entries", "demande au moins {limit} éléments"),
    "too_long": ("takes at most {limit} entries", "accepte au plus {limit} éléments"),
    "text_too_long": ("at most {limit} characters", "au plus {limit} caractères"),
    "text_too_short": ("must not be empty", "ne doit pas être vide"),
    "pattern": ("{found} is not of the expected form", "{found} n'a pas la forme attendue"),
    "whole_cents": ("euros have at most two decimals", "les euros ont au plus deux décimales"),
    "plain_value": (
        "a single value was expected (a number, a text, true or false, a date), found {found}",
        "une seule valeur était attendue (un nombre, un texte, true ou false, une date), trouvé {found}",
    ),
    "kind_missing": ("a `kind:` is needed, one of {expected}", "il faut un `kind:`, parmi {expected}"),
    "schema": (
        "this engine reads schema 1, found {found}: a later version of it may read it",
        "ce moteur lit le schéma 1, trouvé {found} : une version ultérieure le lira peut-être",
    ),
    "schema_earlier": (
        "this file is of an earlier form; `enveloppe migrate {file}` writes it in the present one (schema: 1)",
        "ce fichier est d'une forme antérieure ; `enveloppe migrate {file}` l'écrit dans la forme actuelle (schema: 1)",
    ),
    "earlier_key": (
        "an earlier name of `{expected}`; `enveloppe migrate {file}` writes the present one",
        "ancien nom de `{expected}` ; `enveloppe migrate {file}` écrit le nom actuel",
    ),
    "migrate_by_hand": (
        "this key is written in a way that cannot be changed safely; write {after} here by hand",
        "cette clé est écrite d'une manière qui ne peut être changée sans risque ; écrire ici {after} à la main",
    ),
    "migrate_workbook": (
        "workbooks are migrated by copying their values into a new one: `enveloppe new --workbook`",
        "un classeur se migre en recopiant ses valeurs dans un nouveau : `enveloppe new --workbook`",
    ),
    "findings_schema": (
        "findings of schema {found}; this engine reads schema {expected}: run the scenario again",
        "résultats de schéma {found} ; ce moteur lit le schéma {expected} : relancer le scénario",
    ),
    "sum_to_one": ("shares must sum to 1, they sum to {found}", "les parts doivent totaliser 1, elles font {found}"),
    "order": ("{later} must not come before {earlier}", "{later} ne doit pas précéder {earlier}"),
    "ascending": ("dates must ascend, each once", "les dates doivent être croissantes, une fois chacune"),
    "bands": (
        "size bands must follow one another without gap or overlap, from 0 to an open last band",
        "les tranches d'effectif doivent se suivre sans trou ni chevauchement, de 0 à une dernière tranche ouverte",
    ),
    "cuts_band": (
        "this threshold cuts the size band {found} in two; cut the bands at {limit}",
        "ce seuil coupe la tranche {found} en deux ; couper les tranches à {limit}",
    ),
    "exactly_one": ("give exactly one of {expected}", "donner exactement une valeur parmi {expected}"),
    "at_least_one": ("give at least one of {expected}", "donner au moins une valeur parmi {expected}"),
    "same_name": (
        "{found} and {other} are the same once capitals and accents' encoding are set aside",
        "{found} et {other} sont identiques, majuscules et codage des accents mis à part",
    ),
    "needs": (
        "this has no effect without {expected}; give it, or take this out",
        "sans effet sans {expected} ; le donner, ou retirer cette valeur",
    ),
    "not_lived": (
        "the simulator lives one share of pay: let `enveloppe run` choose the tier, or take the tiers out",
        "une seule part de salaire est simulée ; laisser `enveloppe run` choisir, ou retirer les paliers",
    ),
    "repeated": ("{found} stands more than once", "{found} figure plus d'une fois"),
    "too_far": ("the horizon may span {limit} days at most", "l'horizon est limité à {limit} jours"),
    "too_many_lines": (
        "these attributes make {found} lines; at most {limit}",
        "ces attributs font {found} lignes ; au plus {limit}",
    ),
    "too_many_requests": (
        "{found} requests a year are expected; at most {limit}",
        "{found} demandes par an sont attendues ; au plus {limit}",
    ),
    "month_weights_zero": ("at least one month needs a weight above 0", "au moins un mois doit avoir un poids positif"),
    "no_rate": ("no rate row names the regime {found}", "aucune ligne de taux ne porte le régime {found}"),
    "cut_below_zero": (
        "the changes of the envelope would take it below zero on {found}",
        "les modifications mèneraient l'enveloppe sous zéro le {found}",
    ),
    "officers_below_zero": (
        "on {found} this leaves {limit} officers fewer than none",
        "le {found} cela laisse {limit} instructeurs de moins qu'aucun",
    ),
    "nobody_there": (
        "no officer is ever there while requests may be filed",
        "aucun instructeur n'est jamais là tant que les demandes peuvent être déposées",
    ),
    "no_effect": (
        "{found} comes after `{limit}`: it would change nothing",
        "{found} vient après `{limit}` : cela ne changerait rien",
    ),
    "mean_one": (
        "a multiplier has a mean of 1, this one {found}; move the figure itself with its factor",
        "un multiplicateur a une moyenne de 1, celui-ci {found} ; déplacer la valeur par son facteur",
    ),
    "unknown_country": (
        "the public holidays of {found} are not known; give a two-letter country such as FR",
        "les jours fériés de {found} ne sont pas connus ; donner un pays en deux lettres, comme FR",
    ),
    "unused": ("{found} makes no use of it; take it away", "{found} n'en fait rien ; l'enlever"),
    "no_figure": (
        "no number of the scenario stands at {found}",
        "aucun nombre du scénario ne se trouve à {found}",
    ),
    "figure_refused": (
        "{found} may not stand at {key}",
        "{found} ne peut pas se trouver à {key}",
    ),
    "power_of_two": (
        "a power of two was expected (8, 16, 32...), found {found}",
        "une puissance de deux est attendue (8, 16, 32...), trouvé {found}",
    ),
    "reserved": ("the word {found} is reserved; choose another", "le mot {found} est réservé ; en choisir un autre"),
    "too_much_money": (
        "hours times fee or pay go beyond what cents can count; lower the mean or the spread",
        "les heures multipliées par le tarif ou la paie dépassent ce que les centimes peuvent compter ; "
        "réduire la moyenne ou la dispersion",
    ),
    "export_empty": ("the export holds no rows", "l'export ne contient aucune ligne"),
    "export_column": (
        "no column is recognised for this; found {found}. Name it in a file given with --columns",
        "aucune colonne reconnue pour ceci ; trouvé {found}. La nommer dans un fichier donné par --columns",
    ),
    "no_requests": (
        "no request is left once the rows that cannot be used are set aside",
        "aucune demande ne reste une fois les lignes inutilisables mises de côté",
    ),
    "export_short": (
        "all {requests} requests lie within {days} days; a year cannot be told from fewer than {limit}. Is the column "
        "of dates that of filing? If the export covers more days, say so with first_day and last_day in a file given "
        "with --columns",
        "les {requests} demandes tiennent en {days} jours ; moins de {limit} jours ne disent rien d'une année. La "
        "colonne des dates est-elle celle du dépôt ? Si l'export couvre plus de jours, le dire par first_day et "
        "last_day dans un fichier donné par --columns",
    ),
    "too_many_set_aside": (
        "{found} of {rows} rows ({share}) cannot be used; at most {limit} may. Mend the export, say "
        "in a file given with --columns what it means (columns; {example}), or raise the limit there "
        "(limits)",
        "{found} lignes sur {rows} ({share}) sont inutilisables ; au plus {limit}. Corriger l'export, dire ce "
        "qu'il signifie dans un fichier donné par --columns (columns ; {example}), ou y relever la "
        "limite (limits)",
    ),
    "too_many_mended": (
        "values of {found} of {rows} rows ({share}) had to be mended or left out; at most {limit} may. Say in a "
        "file given with --columns what the texts mean (such as {example}; likewise sizes, "
        "situations, statuses), mend the export, or raise the limit there (limits)",
        "des valeurs de {found} lignes sur {rows} ({share}) ont dû être corrigées ou omises ; au plus {limit}. "
        "Dire dans un fichier donné par --columns ce que signifient les textes (par exemple {example} ; "
        "de même sizes, situations, statuses), corriger l'export, ou y relever la limite (limits)",
    ),
    "as_of_outside": (
        "{found} comes before the scheme opens ({limit})",
        "{found} précède l'ouverture du dispositif ({limit})",
    ),
    "export_ends_before": (
        "the export holds nothing after {found}: {days} days on which requests could come would be read as days on "
        "which none came (at most {limit} may). Give a fuller export or an earlier --as-of; if nothing really came, "
        "state last_day: {last} in a file given with --columns",
        "l'export ne contient rien après le {found} : {days} jours où des demandes pouvaient venir seraient lus comme "
        "des jours sans demande (au plus {limit}). Fournir un export plus complet ou un --as-of antérieur ; si rien "
        "n'est venu, indiquer last_day: {last} dans un fichier donné par --columns",
    ),
    "since_outside": (
        "the last forecast must lie between the opening and {limit}",
        "la dernière prévision doit se situer entre l'ouverture et le {limit}",
    ),
    "amendment_open": (
        "this amendment ({day}) came or did not come by {limit}, but its probability is {found}: state 1 if it came, "
        "0 if not",
        "cette décision modificative ({day}) est intervenue ou non au {limit}, mais sa probabilité est de {found} : "
        "indiquer 1 si elle est intervenue, 0 sinon",
    ),
    "unknown_zone": ("the time zone {found} is not known", "le fuseau horaire {found} n'est pas connu"),
    "sweep_key": ("{found} cannot be varied", "{found} ne peut pas varier"),
    "sweep_overlap": (
        "{found} and {other} are one inside the other; vary one of them",
        "{found} et {other} sont l'une dans l'autre ; n'en faire varier qu'une",
    ),
    "sweep_lengths": (
        "each value varied in a list needs as many values as the first: {expected}, found {found}",
        "chaque valeur d'une liste demande autant de valeurs que la première : {expected}, trouvé {found}",
    ),
    "sweep_more": (
        "{found} further variants are refused too; mend these first",
        "{found} autres variantes sont refusées aussi ; corriger d'abord celles-ci",
    ),
    "no_sweep": (
        "this scenario declares no variants; add a section like sweep: {{method: grid, over: [{{key: envelope_eur, "
        "values: [100000000, 120000000]}}]}}",
        "ce scénario ne déclare pas de variantes ; ajouter une section comme sweep: {{method: grid, over: [{{key: "
        "envelope_eur, values: [100000000, 120000000]}}]}}",
    ),
    "not_acceptances": (
        "not a record of acceptances of this engine; move it away, or mend it",
        "pas un registre d'acceptations de ce moteur ; le déplacer, ou le corriger",
    ),
    "gates_empty": (
        "the gates file is empty; docs/gates.md shows one",
        "le fichier de seuils est vide ; docs/gates.md en montre un",
    ),
    "same_gate": (
        "a gate of this name already stands at line {first}; names tell gates apart",
        "une règle de ce nom figure déjà ligne {first} ; les noms distinguent les règles",
    ),
    "gate_plan": (
        "figures of the plan are single numbers: they take `kind: value`, and no branch, group, line or year",
        "les chiffres du plan sont des nombres seuls : `kind: value`, sans branche, groupe, ligne ni exercice",
    ),
    "gate_order": (
        "a warning comes before a failure: {found} would come after {limit}",
        "une alerte précède un échec : {found} viendrait après {limit}",
    ),
    "gate_figure": ("the findings have no {found}{likely}", "les résultats n'ont pas {found}{likely}"),
    "gate_money": (
        "this figure is money: write {expected}",
        "ce chiffre est de l'argent : écrire {expected}",
    ),
    "gate_not_money": (
        "this figure is no money: write {expected}",
        "ce chiffre n'est pas de l'argent : écrire {expected}",
    ),
    "gate_statistic": (
        "this figure has no {found}; it has {expected}",
        "ce chiffre n'a pas {found} ; il a {expected}",
    ),
    "other": ("{reason}", "{reason}"),
}

_LIKELY = ("; did you mean {name}?", " ; vouliez-vous dire {name} ?")


def sentence(code: str, language: str, details: dict[str, Any]) -> str:
    """The sentence of a problem in a language.

    Args:
        code: a key of MESSAGES.
        language: "fr" or "en"; anything else reads as English.
        details: values for the placeholders; `likely` is the probable spelling, or absent.

    Returns:
        One line; long or unprintable values are shortened.
    """
    french = language == "fr"
    shown = {key: _shown(value) for key, value in details.items() if key != "likely"}
    likely = details.get("likely")
    shown["likely"] = _LIKELY[french].format(name=_shown(likely)) if likely else ""
    return MESSAGES[code][french].format(**shown)


def _shown(value: Any) -> str:
    text = ", ".join(str(part) for part in value) if isinstance(value, list | tuple) else str(value)
    clean = "".join(letter if letter.isprintable() else "?" for letter in text)
    return clean if len(clean) <= 200 else clean[:199] + "…"
