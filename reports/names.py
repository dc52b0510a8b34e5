"""What codes of the findings are called in a report: branches, size groups, policies, quantities."""

from reports.blocks import Name, Span
from reports.catalogue import Language, msg
from reports.reading import Found

POLICIES = {
    "fixed": msg("notified once at the opening"),
    "first_come": msg("first come, first served"),
    "pro_rata": msg("unspent money follows the queue"),
    "reoptimise": msg("the plan solved again at each committee"),
}

POLICIES_SHORT = {
    "fixed": msg("notified once"),
    "first_come": msg("first come"),
    "pro_rata": msg("follows the queue"),
    "reoptimise": msg("solved again"),
}
"""Policies where there is little room."""

KPIS = {
    "pathways_committed": msg("Pathways committed (gross)"),
    "pathways_net": msg("Pathways net of releases"),
    "pathways_completed": msg("Pathways completed"),
    "target_reached": msg("Probability of reaching the target"),
    "asked_pathways": msg("Pathways asked for"),
    "need_cents": msg("Need"),
    "unmet_need_cents": msg("Need left unmet"),
    "committed_cents": msg("Committed (AE), net of releases"),
    "gross_committed_cents": msg("Committed (AE), gross"),
    "repriced_cents": msg("Change of price between need and commitment"),
    "paid_cents": msg("Paid (CP)"),
    "released_cents": msg("Released"),
    "lapsed_cents": msg("Lapsed: released too late to be used"),
    "unspent_cents": msg("Never committed"),
    "management_fee_cents": msg("Management fee"),
    "shortfall_cents": msg("Committed beyond a cut envelope"),
    "reste_a_payer_cents": msg("Reste à payer at the end"),
    "due_unpaid_at_year_end_cents": msg("Due and unpaid at the year's end"),
    "overrun": msg("Probability that need exceeds the money"),
    "exhausted": msg("Probability that the money runs out"),
    "mean_cost_cents": msg("Mean commitment for a pathway"),
    "need_price_cents": msg("Mean price of a pathway asked for"),
    "under50_pathway_share": msg("Pathways in companies under 50"),
    "under50_euro_share": msg("Money in companies under 50"),
    "support_cents": msg("Support of pay"),
    "support_coverage": msg("Pay covered, up to the ceiling"),
    "real_pay_coverage": msg("Real pay covered"),
    "companies": msg("Companies served"),
    "refused": msg("Requests refused"),
    "parked": msg("Requests that waited for money"),
    "wait_days": msg("Days from filing to commitment"),
    "decision_days": msg("Days from filing to decision"),
    "served_share": msg("Share of pathways asked for that are served"),
    "served_share_min": msg("Least served branch"),
    "served_share_gini": msg("Inequality between branches (Gini)"),
    "desk_load": msg("Load of the desk"),
    "notified_cents": msg("Notified"),
}
"""The quantities in the order that tables tell them."""

KINDS = {
    "assumption": msg("assumption"),
    "override": msg("changed for this run"),
    "derived": msg("derived"),
    "sourced": msg("sourced"),
    "unsourced": msg("no source given"),
}

UNITS = {
    "EUR": msg("€"),
    "EUR/h": msg("€ an hour"),
    "h": msg("hours"),
    "d": msg("days"),
    "min": msg("minutes"),
    "share": msg("share"),
    "factor": msg("factor"),
    "1/year": msg("a year"),
    "employees": msg("employees"),
    "companies": msg("companies"),
    "pathways": msg("pathways"),
    "requests": msg("requests"),
    "officers": msg("officers"),
    "trainees": msg("trainees"),
    "probability": msg("probability"),
}


def branch_name(code: str, findings: Found, language: Language) -> Name:
    """A branch's name in the reader's language; its code where it has none."""
    for branch in findings.items("scenario.branches"):
        if branch.text("branch") == code:
            return Name(shortened(language.data(branch.text(f"name_{language.code}") or code)))
    return Name(shortened(code))


def size_group_name(code: str, findings: Found, language: Language) -> str | Name:
    """A size group by its bounds: « moins de 50 salariés »; its code where it has none."""
    for group in findings.items("scenario.size_groups"):
        if group.text("size_group") == code:
            least, most = int(group.number("min_employees") or 0), group.number("max_employees")
            if most is None:
                return _sized(language.words(msg("{least} employees and more")), least=least)
            if least == 0:
                return _sized(language.words(msg("under {below} employees")), below=int(most) + 1)
            return _sized(language.words(msg("{least} to {most} employees")), least=least, most=int(most))
    return Name(code)


def _sized(pattern: str, **bounds: int) -> str:
    return pattern.format(**bounds)


def mix_name(codes: str, findings: Found, language: Language) -> Name:
    """The pathway types and situations of a bound on the mix; their codes where the findings name none."""
    names = {}
    for path, key in (("scenario.pathway_types", "pathway_type"), ("scenario.situations", "situation")):
        for entry in findings.items(path):
            names[entry.text(key)] = entry.text(f"name_{language.code}")
    return Name(" + ".join(language.data(names.get(code) or code) for code in codes.split("+")))


def policy_name(code: str, language: Language) -> Span:
    """What a committee policy does, in a few words; its code where the report knows none."""
    return language.words(POLICIES[code]) if code in POLICIES else Name(code)


def kpi_name(code: str, language: Language) -> str:
    """What a quantity is called; its code where the report knows none."""
    return language.words(KPIS[code]) if code in KPIS else code


def unit_of(name: str, estimate: Found) -> str:
    """The unit that a quantity is told in: an inequality between 0 and 1 is no share of anything."""
    return "index" if name.endswith("_gini") else estimate.text("unit")


LONGEST_NAME = 160
"""Letters of a name that a sentence or a table holds; a longer one fills sheets."""


def shortened(text: str) -> str:
    """A name that somebody else wrote, cut where no reader would follow it."""
    return text if len(text) <= LONGEST_NAME else text[: LONGEST_NAME - 1].rstrip(" ,;") + "…"


def short_name(text: str, longest: int) -> str:
    """A name for a drawing, which has no way to hold apart what turns the direction of writing, and no room."""
    letters = "".join(letter if letter.isprintable() or letter.isspace() else " " for letter in text)
    return letters if len(letters) <= longest else letters[: longest - 1].rstrip(" ,;") + "…"
