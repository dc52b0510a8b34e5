"""`enveloppe explain`: why a line got what it got, what a figure is worth, what one pathway costs, why plans differ."""

import json
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from enveloppe.cli import main
from scenarios.cells import cells_of
from scenarios.loading import Loaded, load
from scenarios.price import HOURS_SCALE, Pathways, price
from scenarios.price_book import price_book
from scenarios.price_explained import OnePathway, explained_price

PATHWAY = "employees=49,situation=difficulty,hours=100,fee=30,pay=15,date=2021-03-01"


@cache
def loaded(name: str) -> Loaded:
    return load(name)


def explained(*words: str) -> dict:
    result = CliRunner().invoke(main, ["explain", *words, "--json"])
    assert result.exit_code == 0, result.stderr or result.output
    return json.loads(result.stdout)


def test_one_pathway_is_priced_rule_by_rule_by_hand() -> None:
    """49 employees, in difficulty, 1 March 2021: 100 % of 30 EUR for 100 h, and pay up to 10.25 EUR an hour."""
    found = explained("convention-2i", "--pathway", PATHWAY)["pathway"]
    assert (found["fee_cents"], found["support_cents"], found["price_cents"]) == (300_000, 102_500, 402_500)
    steps = {step["rule"]: step for step in found["steps"]}
    assert steps["rate"]["value"] == 1.0
    assert steps["rate"]["since"] == "2021-01-01"
    assert "temporary framework" in steps["rate"]["source"]
    assert steps["support_ceiling"]["place"].startswith("convention-2i.yaml:")
    assert "value" not in steps["unit_cap"]


def test_the_rules_told_give_the_one_price() -> None:
    """Rate, caps, share and ceiling multiplied by hand give what the price function gives, on 300 pathways."""
    luck = np.random.default_rng(3)
    for _ in range(300):
        name = str(luck.choice(["convention-2i", "germany-sgb3-82"]))
        scenario = loaded(name).scenario
        days = (scenario.windows.execution_deadline - scenario.windows.opens).days
        one = OnePathway(
            employees=int(luck.choice([1, 10, 11, 49, 50, 249, 250, 299, 300, 499, 500, 1000, 1001, 5000])),
            branch=str(luck.choice(list(scenario.branches))),
            situation=str(luck.choice(list(scenario.scheme.situations))),
            pathway=str(luck.choice(list(scenario.scheme.pathway_types))),
            hours=int(luck.integers(100, 60_000)) / 100,
            fee_eur_per_hour=int(luck.integers(0, 9_000)) / 100,
            pay_eur_per_hour=int(luck.integers(0, 4_000)) / 100,
            day=date.fromordinal(scenario.windows.opens.toordinal() + int(luck.integers(-10, days))),
        )
        found = explained_price(loaded(name), one)
        steps = {step.rule: step.value for step in found.steps}
        if not found.entitled:
            assert (found.fee_cents, found.support_cents) == (0, 0)
            continue
        hourly = min(one.fee_eur_per_hour, steps["hour_cap"] if steps["hour_cap"] is not None else np.inf)
        fee = min(steps["rate"] * hourly * one.hours, steps["unit_cap"] if steps["unit_cap"] is not None else np.inf)
        assert found.fee_cents == pytest.approx(100 * fee, abs=0.51)
        paid = 0.0
        if steps.get("support_share") is not None:
            ceiling = steps["support_ceiling"] if steps["support_ceiling"] is not None else np.inf
            paid = steps["support_share"] * min(one.pay_eur_per_hour, ceiling) * one.hours
        assert found.support_cents == pytest.approx(100 * paid, abs=0.51)


def test_a_price_explained_is_the_price_of_its_cell() -> None:
    scenario = loaded("convention-2i").scenario
    one = OnePathway(49, "chimie", "difficulty", "crisis", 100, 30, 15, date(2021, 3, 1))
    found = explained_price(loaded("convention-2i"), one)
    cells = cells_of(scenario)
    place = (cells.branches.index("chimie"), cells.size_bands.index("11-49"), 2, 2)
    values = (one.day.toordinal(), *place, 100 * HOURS_SCALE, 3000, 1500)
    direct = price(price_book(scenario), Pathways(*(np.asarray([v], dtype=np.int64) for v in values)))
    assert found.fee_cents + found.support_cents == direct.total_cents[0]


def test_a_branch_is_told_what_it_got_and_what_would_give_it_all() -> None:
    found = explained("convention-2i", "--branch", "chimie")
    branch, change = found["branch"], found["counterfactual"]
    assert branch["pathways"] < branch["asked_pathways"]
    assert branch["interval"]["low_cents"] <= branch["notified_cents"] <= branch["interval"]["high_cents"]
    assert {row["row"] for row in branch["rows"]} >= {"envelope"}
    assert all(row["sentence"] for row in branch["rows"])
    levers = {one["lever"]: one for one in change["changes"]}
    assert levers["envelope"]["needed_cents"] > levers["envelope"]["present_cents"]
    assert levers["floor"]["needed_cents"] > branch["notified_cents"]


def test_a_line_is_told_with_its_branch() -> None:
    found = explained("convention-2i", "--line", "chimie/under_50")
    assert found["line"]["line"] == "chimie/under_50"
    assert found["counterfactual"]["branch"] == "chimie"


def test_the_difference_of_two_scenarios_closes_to_the_cent() -> None:
    found = explained("convention-2i", "--set", "envelope_eur=120000000", "--against", "convention-2i")["difference"]
    assert found["groups"] == ["envelope"]
    for branch in found["branches"]:
        assert sum(branch["cents"].values()) == branch["change_cents"]
        assert branch["after_cents"] - branch["before_cents"] == branch["change_cents"]


def test_a_goal_and_a_curve_agree() -> None:
    found = explained("germany-sgb3-82", "--goal", "pathways=3900", "--curve", "envelope")
    cents = found["goal"]["envelope"]["cents"]
    points = found["curve"]["points"]
    assert max(point["pathways"] for point in points if point["envelope_cents"] <= cents) <= 3900
    assert min(point["pathways"] for point in points if point["envelope_cents"] >= cents) >= 3900


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(
    "words",
    [
        ("convention-2i",),
        ("convention-2i", "--branch", "chimie", "--curve", "mean_cost_cap"),
        ("convention-2i", "--pathway", PATHWAY),
        ("germany-sgb3-82", "--goal", "pathways=1000000"),
        ("germany-sgb3-82", "--set", "envelope_eur=20000000", "--against", "germany-sgb3-82"),
    ],
)
def test_everything_is_said_in_both_languages(words: tuple[str, ...], lang: str) -> None:
    result = CliRunner().invoke(main, ["explain", *words, "--lang", lang])
    assert result.exit_code == 0, result.stderr or result.output
    assert result.stdout.strip()
    assert "{" not in result.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--branch", "chemie"), "chimie"),
        (("--branch", "chimi"), "did you mean chimie?"),
        (("--line", "nowhere"), "chimie/under_50"),
        (("--curve", "no_row"), "envelope"),
        (("--pathway", "employees=49"), "hours"),
        (("--pathway", "employees=49,hours=1,fee=1,situation=none"), "none"),
        (("--against", "germany-sgb3-82"), "lines"),
    ],
)
def test_what_is_not_in_the_plan_is_refused_with_what_there_is(words: tuple[str, ...], said: str) -> None:
    result = CliRunner().invoke(main, ["explain", "convention-2i", "--lang", "en", *words])
    assert result.exit_code == 4
    assert said in result.stderr


def test_findings_of_a_file_are_explained_when_the_file_is_gone(tmp_path: Path) -> None:
    """The question stands in the findings; a branch, a curve and a price with its source are told without its file."""
    file = tmp_path / "mine.yaml"
    file.write_text(
        "extends: convention-2i\nname: mine\nenvelope_eur: {value: 120_000_000, source: the minister}\n", "utf-8"
    )
    from_file = explained(str(file), "--branch", "chimie", "--pathway", PATHWAY)
    out = tmp_path / "out"
    words = ["run", str(file), "--runs", "2", "--out", str(out), "--quiet", "--set", "desk.officers=11"]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.stderr or result.output
    file.unlink()
    found = explained(str(out), "--branch", "chimie", "--pathway", PATHWAY)
    assert found["branch"]["notified_cents"] == from_file["branch"]["notified_cents"]
    rate = next(step for step in found["pathway"]["steps"] if step["rule"] == "rate")
    assert "temporary framework" in rate["source"]
    findings = json.loads((out / "findings.json").read_text("utf-8"))
    assert findings["question"]["envelope_eur"] == 120_000_000
    assert str(tmp_path) not in json.dumps(findings)
    findings["question"]["envelope_eur"] = 1.0
    (out / "findings.json").write_text(json.dumps(findings), "utf-8")
    refused = CliRunner().invoke(main, ["explain", str(out), "--branch", "chimie"])
    assert refused.exit_code == 4
    findings["question"] = ["no question"]
    (out / "findings.json").write_text(json.dumps(findings), "utf-8")
    assert CliRunner().invoke(main, ["explain", str(out)]).exit_code == 4


def test_the_price_of_a_pathway_can_be_checked_by_hand() -> None:
    """The two products are written out; sources and the payer are in the reader's language."""
    told = CliRunner().invoke(main, ["explain", "convention-2i", "--pathway", PATHWAY, "--lang", "fr"]).stdout
    plain = told.replace("\u00a0", " ").replace("\u202f", " ")
    assert "frais : 100 % × 30,00 € × 100 h = 3 000,00 €" in plain
    assert "salaire : 100 % × 10,25 € × 100 h = 1 025,00 €" in plain
    assert "salaire pris en charge par : l'enveloppe" in plain
    assert "encadrement temporaire 2021" in plain
    assert "hypothèse du 24 nov. 2026" in plain
    assert "assumption" not in plain


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("employees=49,hours=-100,fee=30", "hours=-100"),
        ("employees=49,hours=nan,fee=30", "hours=nan"),
        ("employees=49,hours=1e300,fee=30", "hours=1e300"),
        ("employees=49,hours=100,fee=inf", "fee=inf"),
        ("employees=49,hours=cent,fee=30", "hours=cent"),
        ("employees=-3,hours=100,fee=30", "employees=-3"),
        ("employees=4.5,hours=100,fee=30", "employees=4.5"),
        ("employees=49,hours=100,fee=30,situation=nope", "difficulty"),
        ("employees=49,hours=100,fee=30,branch=chimi", "chimie"),
        ("employees=49,hours=100,fee=30,heures=2", "heures"),
        ("employees=49,hours=100,hours=2,fee=30", "hours"),
        ("employees=49,hours=100,fee=30,pay", "pay"),
        ("employees=49,hours=100,fee=30,date=1/3/2021", "2021-03-01"),
        ("employees=" + "9" * 10_000 + ",hours=100,fee=30", "employees=999"),
    ],
)
def test_a_pathway_of_nonsense_is_refused_in_words(wrong: str, said: str) -> None:
    """What cannot be priced is named with what may stand there, never in the words of a programming error."""
    for lang in ("en", "fr"):
        result = CliRunner().invoke(main, ["explain", "convention-2i", "--pathway", wrong, "--lang", lang])
        assert result.exit_code == 4, result.output
        assert said in result.stderr
        assert "could not convert" not in result.stderr
        assert "invalid literal" not in result.stderr
        assert len(result.stderr) < 2_000


def test_all_that_is_wrong_with_a_pathway_is_told_at_once() -> None:
    wrong = "employees=x,hours=-1,situation=nope"
    told = CliRunner().invoke(main, ["explain", "convention-2i", "--pathway", wrong, "--lang", "en"]).stderr
    assert all(part in told for part in ("employees=x", "hours=-1", "situation=nope", "fee"))


@pytest.mark.parametrize(("lang", "said"), [("en", "no rate holds"), ("fr", "aucun taux")])
def test_a_day_outside_all_rules_is_told(lang: str, said: str) -> None:
    """A price of nothing says that no rate holds on that day; within the rules it does not."""
    for day, told in (("1999-01-01", True), ("2021-03-01", False)):
        asked = f"employees=49,hours=100,fee=30,date={day}"
        result = CliRunner().invoke(main, ["explain", "convention-2i", "--pathway", asked, "--lang", lang])
        assert result.exit_code == 0
        assert (said in result.stdout) == told


def test_advice_for_a_branch_is_enough_when_followed(tmp_path: Path) -> None:
    """Each advised figure, set as it is shown, gives all that is asked; a part of a pathway is not called none."""
    words = ("explain", "convention-2i", "--branch", "chimie", "--lang", "en")
    levers = {one["lever"]: one for one in explained(*words[1:])["counterfactual"]["changes"]}
    for lever in ("floor", "envelope"):
        assert levers[lever]["advised_cents"] >= levers[lever]["needed_cents"]
    text = CliRunner().invoke(main, words).stdout
    assert f"{levers['envelope']['advised_cents'] / 1e8:.1f}M instead of" in text
    assert "(0 pathways" not in text
    assert "less than one pathway (net)" in text
    envelope = explained(*words[1:], "--set", f"envelope_eur={levers['envelope']['advised_cents'] / 100}")
    assert envelope["counterfactual"]["changes"] == []
    file = tmp_path / "floored.yaml"
    file.write_text(
        "extends: convention-2i\nname: floored\nconstraints:\n  branch_floors:\n    - {weight_share: 0.5}\n"
        f"    - {{branches: [chimie], eur: {levers['floor']['advised_cents'] / 100}}}\n",
        "utf-8",
    )
    assert explained(str(file), "--branch", "chimie")["counterfactual"]["changes"] == []


@pytest.mark.parametrize(
    ("lang", "net", "gross"),
    [("en", "pathways (net)", "pathways (gross)"), ("fr", "parcours (nets)", "parcours (bruts)")],
)
def test_pathways_say_what_they_count(lang: str, net: str, gross: str) -> None:
    """A curve counts net of drop-out, a difference what is committed, a branch's page both."""
    asked = (("--curve", "envelope"), ("--set", "envelope_eur=20000000", "--against", "germany-sgb3-82"))
    for words, said in zip(asked, (net, gross), strict=True):
        told = CliRunner().invoke(main, ["explain", "germany-sgb3-82", *words, "--lang", lang]).stdout
        assert said in told, told
    told = CliRunner().invoke(main, ["explain", "convention-2i", "--branch", "chimie", "--lang", lang]).stdout
    assert net in told
    assert gross in told
