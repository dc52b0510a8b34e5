"""Scenario files: what is read, what is refused, all at once, with its place, in the user's language."""

import json
import re
import string
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from scenarios.extending import shipped_names
from scenarios.loading import load, resolved
from scenarios.messages import MESSAGES
from scenarios.problems import InputRefused
from scenarios.register import DATED_ASSUMPTION
from scenarios.yaml_reading import read_yaml


def refused(question: str, *overrides: str) -> InputRefused:
    with pytest.raises(InputRefused) as refusal:
        load(question, overrides)
    return refusal.value


def write(folder: Path, text: str, name: str = "mine.yaml") -> str:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return str(file)


@pytest.mark.parametrize("name", shipped_names())
def test_every_shipped_scenario_is_sound_and_every_number_has_a_source(name: str) -> None:
    loaded = load(name)
    free = {"schema", "lines", "runs", "seed", "language", "name", "scheme.pay_support.ceilings"}
    assert len(loaded.register) > 100
    for entry in loaded.register:
        if isinstance(entry.value, str) or entry.key in free:
            continue
        assert entry.source, f"{entry.place}: {entry.key} has no source"
        if entry.kind == "assumption":
            assert DATED_ASSUMPTION.match(entry.source), f"{entry.place}: {entry.source!r} has no date"


def test_the_four_scenarios_of_the_issue_are_shipped_and_the_agreement_has_32_branches() -> None:
    assert {"convention-2i", "convention-2i-observed", "convention-2i-observed-207"} < set(shipped_names())
    assert len(shipped_names()) >= 4
    assert len(load("convention-2i").scenario.branches) == 32


def test_what_is_wrong_across_values_is_told_beside_wrong_values(tmp_path: Path) -> None:
    """A file is mended once: a wrong value does not hide an unknown branch, dates out of order, a bad date."""
    file = write(
        tmp_path,
        "extends: convention-2i\n"
        "runs: many\n"
        "inflow: {drop_out_share: 12, volume_factor: 1,2}\n"
        "constraints:\n"
        "  branch_floors: [{branches: [chimi], share: 0.1}]\n"
        "committee: {dates: [2021-03-01, 2021-02-01]}\n"
        "windows: {filing_deadline: 2021-02-30}\n"
        "branches: {metalurgie: {demand_factor: 2.0}}\n",
    )
    found = {(p.place.line, p.code, p.details.get("likely")) for p in refused(file).problems}
    assert found == {
        (2, "whole_number", None),
        (3, "share_form", None),
        (3, "comma", None),
        (5, "unknown_code", "chimie"),
        (6, "ascending", None),
        (7, "bad_date", None),
        (8, "missing", "metallurgie"),
    }


@pytest.mark.parametrize("text", ["1,5", "120 000 000", "120 000 000 €", "120M"])
def test_a_number_written_as_people_write_it_gets_a_hint(text: str) -> None:
    problem = refused("convention-2i", f"envelope_eur={text}").problems[0]
    assert problem.code == "number_form"
    assert "1.5" in problem.text("fr")


def test_an_empty_file_says_how_to_begin(tmp_path: Path) -> None:
    problem = refused(write(tmp_path, "# nothing yet\n")).problems[0]
    assert problem.code == "empty"
    assert "extends: convention-2i" in problem.text("fr")


def test_a_folder_stands_for_the_scenario_in_it(tmp_path: Path) -> None:
    write(tmp_path, "extends: convention-2i\nruns: 5\n", "scenario.yaml")
    assert load(str(tmp_path)).scenario.runs == 5


def test_all_problems_are_told_at_once_each_with_its_place_and_the_likely_word(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        "extends: convention-2i\n"
        "runs: many\n"
        "inflow:\n"
        "  reqests_per_year: 3\n"
        "  drop_out_share: 1.5\n"
        "scheme:\n"
        "  price_date: fling\n"
        "desk:\n"
        "  work_minutes: {kind: lognorml, mean: 3, sigma: 1}\n"
        "lines: [branch, size_grop]\n",
    )
    found = {(p.place.line, p.place.column, p.code) for p in refused(file).problems}
    assert found == {
        (2, 7, "whole_number"),
        (4, 3, "unknown_key"),
        (5, 19, "share_form"),
        (7, 15, "one_of"),
        (9, 24, "one_of"),
        (10, 17, "one_of"),
    }
    text = "\n".join(p.text("fr") for p in refused(file).problems)
    assert f"{file}:4:3: inflow.reqests_per_year: clé inconnue ; vouliez-vous dire requests_per_year ?" in text
    for likely in ("filing", "lognormal", "size_group"):
        assert f"vouliez-vous dire {likely} ?" in text


CROSSED = [
    ("inflow.size_shares.at_opening={small: 1.0}", "unknown_code"),
    ("inflow.pathway_shares=[{from: 2021-01-01, shares: {crisis: 0.5}}]", "sum_to_one"),
    ("inflow.month_weights=[0,0,0,0,0,0,0,0,0,0,0,0]", "month_weights_zero"),
    ("windows.filing_deadline=2020-12-31", "order"),
    ("committee.dates=[2049-01-01]", "no_effect"),
    ("events=[{kind: envelope_change, date: 2049-01-01, amount_eur: 1}]", "no_effect"),
    ("windows.last_payment=2051-12-31", "too_far"),
    ("scheme.rates.0.max_employees=100", "cuts_band"),
    ("scheme.size_bands.0-10.max_employees=12", "bands"),
    ("scheme.regime_choice=gbr", "unknown_code"),
    ("scheme.pay_support.max_employees=60", "cuts_band"),
    ("committee.dates=[2021-03-01, 2021-02-01]", "ascending"),
    ("committee.rivals=[pro_rata, pro_rata]", "repeated"),
    ("constraints.branch_caps=[{}]", "exactly_one"),
    ("constraints.branch_caps=[{share: 0.5, eur: 3}]", "exactly_one"),
    ("constraints.branch_floors=[{branches: [metalurgie], share: 0.1}]", "unknown_code"),
    ("constraints.mix_bounds=[{pathway_types: [crisis], min_share: 0.5, max_share: 0.4}]", "order"),
    ("constraints.group_floors=[{size_group: under_50}]", "at_least_one"),
    ("lines=[branch, branch]", "repeated"),
    ("lines=[]", "too_short"),
    ("inflow.volume_factor=900", "too_many_requests"),
    ("inflow.start_lag_days={kind: uniform, low: 3, high: 1}", "order"),
    ("inflow.start_lag_days={low: 3, high: 1}", "kind_missing"),
    ("events=[{kind: envelope_change, date: 2021-06-01, amount_eur: -200000000}]", "cut_below_zero"),
    ("payments.year_ceilings=[{year: 2021, ceiling_eur: 1}, {year: 2021, ceiling_eur: 2}]", "repeated"),
    ("branches.Chimie={employees: 4}", "same_name"),
    ("runs=0", "at_least"),
    ("inflow.pathways.crisis.hours={kind: lognormal, mean: 900000, sigma: 3.0}", "too_much_money"),
    ("constraints.commitment_openings=[{date: 2021-01-01}]", "exactly_one"),
    ("constraints.region_floors=[{region: bretagne, pathway_share: 0.1}]", "unknown_code"),
    ("constraints.region_caps=[{region: bretagne, pathway_share: 0.1}]", "unknown_code"),
    ("constraints.notification_step_share=0.2", "needs"),
    ("branches.chimie.region_shares={idf: 0.4}", "sum_to_one"),
    ("branches.chimie.region_shares={idf: 1.0}", "missing"),
    ("payments.instalments=[{date: 2021-01-01, share: 0.5, eur: 3}]", "exactly_one"),
    ("payments.earlier_commitments=[{year: 2019, due_eur: 3}]", "at_least"),
    ("payments.earlier_commitments=[{year: 2029, due_eur: 3}]", "at_most"),
    ("payments.earlier_commitments=[{year: 2021, due_eur: 3}, {year: 2021, due_eur: 3}]", "repeated"),
    ("planning.objectives=[]", "too_short"),
    ("planning.objectives=[{name: patways}]", "one_of"),
    ("planning.objectives=[{name: pathways}, {name: pathways}]", "repeated"),
    ("planning.objectives=[{name: least_change}]", "needs"),
    ("planning.weights.pathway_types={crisi: 2}", "unknown_code"),
    ("planning.weights.branches={chimie: 2}", "needs"),
    ("planning.notifications_in_force=[{line: chimie/under_5, notified_eur: 3}]", "unknown_code"),
    ("planning.notifications_in_force=[{line: chimie/under_50, notified_eur: 3}]", "needs"),
    ("planning.relaxation=[{bound: envelop, standing: law}]", "one_of"),
    ("planning.relaxation=[{bound: envelope, standing: law}, {bound: envelope, standing: law}]", "repeated"),
    ("planning.relaxation=[{bound: envelope, standing: law, weight: 3}]", "needs"),
    ("planning.relaxation=[{bound: envelope, standing: target}]", "missing"),
    ("planning.relaxation=[{bound: envelope, standing: target, weight: 0}]", "above"),
    ("steering=[{kind: quota, pathway_types: [crisis]}]", "exactly_one"),
    ("steering=[{kind: quota, max_share: 0.2}]", "at_least_one"),
    ("steering=[{kind: quotas, max_share: 0.2}]", "one_of"),
    ("steering=[{max_share: 0.2}]", "kind_missing"),
    ("steering=[{kind: closing, last_day: 2021-05-01, situations: [apl]}]", "unknown_code"),
    ("steering=[{kind: priority, by: pathway, first: [ap]}]", "unknown_code"),
    ("scheme.pay_support_tiers=[{support_share: 0.5}, {support_share: 0.5}]", "repeated"),
    ("scheme.pay_support_tiers=[{support_share: 0.5, demand_factors: {small: 2}}]", "unknown_code"),
    ("inflow.size_group_factors={small: 2}", "unknown_code"),
    ("envelope_eur=-5", "at_least"),
    ("envelope_eur=.nan", "number"),
    ("envelope_eur=.inf", "number"),
    ("envelope_eur=1e400", "number"),
    ("envelope_eur=10.123", "whole_cents"),
    ("envelope_eur=", "number"),
    ("seed=1.5", "whole_number"),
    ("language=de", "one_of"),
    ("windows.opens=2021-02-30", "bad_date"),
    ("windows.opens=01/02/2021", "date"),
    ("schema=0", "schema_earlier"),
    ("runs", "set_form"),
    ("=3", "set_form"),
    ("runs.deep=3", "set_path"),
    ("scheme.rates.99.rate_share=1", "set_path"),
    ("title_fr=" + "x" * 10_000, "text_too_long"),
    ("committee=[]", "section"),
    ("committee.dates={}", "list"),
]


@pytest.mark.parametrize(("override", "code"), CROSSED, ids=[text[:60] for text, _ in CROSSED])
def test_a_wrong_value_is_refused_with_its_own_reason(override: str, code: str) -> None:
    problems = refused("convention-2i", override).problems
    assert code in {problem.code for problem in problems}
    for problem in problems:
        for language in ("fr", "en"):
            text = problem.text(language)
            assert "\n" not in text
            assert len(text) < 1500


HOSTILE = {
    "alias bomb": "a: &a [x, x]\nb: [*a, *a, *a]\n",
    "brackets": "a: " + "[" * 100_000,
    "deep": "a: " + "{a: " * 60 + "1" + "}" * 60,
    "tag": "a: !!python/object/apply:os.system ['true']\n",
    "duplicate": "runs: 1\nruns: 2\n",
    "list": "- 1\n- 2\n",
    "two documents": "runs: 1\n---\nruns: 2\n",
    "control character": "a: \x07\n",
    "nul": "a: \x00\n",
    "tab": "a:\n\t- b\n",
    "complex key": "? [a, b]\n: 1\n",
    "open quote": 'a: "never closed\n',
    "many digits": "runs: " + "9" * 5000,
    "huge": "a: " + "x" * 1_100_000,
    "source list": "envelope_eur: {value: 3, source: [a]}\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_yaml_is_refused_with_a_place_and_no_traceback(name: str, tmp_path: Path) -> None:
    refusal = refused(write(tmp_path, HOSTILE[name]))
    assert refusal.problems
    assert all(problem.place.file.endswith("mine.yaml") for problem in refusal.problems)


@pytest.mark.parametrize("name", ["alias bomb", "tag"])
def test_aliases_and_tags_are_named_as_such(name: str, tmp_path: Path) -> None:
    expected = {"alias bomb": "alias", "tag": "tag"}[name]
    assert expected in {problem.code for problem in refused(write(tmp_path, HOSTILE[name])).problems}


def test_latin_1_is_refused_and_a_byte_order_mark_is_accepted(tmp_path: Path) -> None:
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("title_fr: déjà\n".encode("latin-1"))
    assert refused(str(latin)).problems[0].code == "not_utf8"
    marked = tmp_path / "bom.yaml"
    marked.write_bytes(b"\xef\xbb\xbfextends: convention-2i\r\nruns: 7\r\n")
    assert load(str(marked)).scenario.runs == 7


def test_yaml_surprises_stay_texts() -> None:
    tree = read_yaml("a: NO\nb: 012\nc: 1e3\nd: 12:30\ne: 0x1F\nf: 1_000\ng: ~\n", "x").value
    assert [tree[key].value for key in "abcdefg"] == ["NO", "012", "1e3", "12:30", "0x1F", 1000, None]


def test_extends_says_only_what_differs_and_keeps_the_sources(tmp_path: Path) -> None:
    write(tmp_path, "extends: convention-2i\nruns: 9\n", "base.yaml")
    file = write(tmp_path, "extends: base.yaml\nbranches: {chimie: {demand_factor: {value: 2.0, source: a letter}}}\n")
    loaded = load(file)
    assert loaded.scenario.runs == 9
    assert loaded.scenario.branches["chimie"].demand_factor == 2.0
    assert loaded.scenario.branches["chimie"].employees == 218310
    register = {entry.key: entry for entry in loaded.register}
    assert register["branches.chimie.demand_factor"].source == "a letter"
    assert "kali-data" in register["branches.chimie.employees"].source


def test_extends_stays_in_its_folder_and_does_not_turn_round(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    write(tmp_path, "extends: convention-2i\n", "outside.yaml")
    climbing = write(tmp_path / "inner", "extends: ../outside.yaml\n")
    assert refused(climbing).problems[0].code == "extends_outside"
    absolute = write(tmp_path / "inner", f"extends: {tmp_path}/outside.yaml\n", "absolute.yaml")
    assert refused(absolute).problems[0].code == "extends_outside"
    (tmp_path / "inner" / "link.yaml").symlink_to(tmp_path / "outside.yaml")
    linked = write(tmp_path / "inner", "extends: link.yaml\n", "linked.yaml")
    assert refused(linked).problems[0].code == "extends_outside"
    write(tmp_path, "extends: b.yaml\n", "a.yaml")
    circle = write(tmp_path, "extends: a.yaml\n", "b.yaml")
    assert refused(circle).problems[0].code == "extends_cycle"
    nowhere = write(tmp_path, "extends: convention-2\n", "c.yaml")
    problem = refused(nowhere).problems[0]
    assert problem.code == "not_found"
    assert problem.details["likely"] == "convention-2i"


def test_a_chain_of_files_may_be_ten_long_and_no_longer(tmp_path: Path) -> None:
    """The shipped agreement and the branches below it are two of the ten."""
    for number in range(9):
        base = f"s{number - 1}.yaml" if number else "convention-2i"
        write(tmp_path, f"extends: {base}\nname: s{number}\n", f"s{number}.yaml")
    assert load(str(tmp_path / "s7.yaml")).scenario.name == "s7"
    (problem,) = refused(str(tmp_path / "s8.yaml")).problems
    assert problem.code == "extends_too_long"


def test_an_unknown_name_lists_what_is_shipped_and_the_likely_one() -> None:
    problem = refused("convention-2j").problems[0]
    assert "convention-2i-observed" in problem.text("en")
    assert "did you mean convention-2i?" in problem.text("en")


def test_set_is_recorded_and_marked_in_the_register() -> None:
    loaded = load("convention-2i", ("runs=12", "inflow.drop_out_share=0.2", "scheme.rates.0.rate_share=0.9"))
    assert loaded.overrides == {"runs": "12", "inflow.drop_out_share": "0.2", "scheme.rates.0.rate_share": "0.9"}
    kinds = {entry.key: entry.kind for entry in loaded.register}
    assert kinds["inflow.drop_out_share"] == kinds["runs"] == "override"
    assert loaded.scenario.scheme.rates[0].rate_share == 0.9


def test_a_scenario_cannot_be_changed_and_its_hash_tells_any_difference() -> None:
    loaded = load("convention-2i")
    with pytest.raises(Exception, match="frozen"):
        loaded.scenario.runs = 3  # type: ignore[misc]
    assert load("convention-2i").hash == loaded.hash
    assert load("convention-2i", ("seed=1",)).hash != loaded.hash


def test_a_resolved_scenario_reads_back_as_itself(tmp_path: Path) -> None:
    """What `show` prints is a scenario file: JSON is YAML, nothing is lost."""
    loaded = load("convention-2i-observed-207")
    file = write(tmp_path, json.dumps(resolved(loaded.scenario), ensure_ascii=False))
    assert load(file).hash == loaded.hash


def test_every_message_exists_in_both_languages_with_the_same_placeholders() -> None:
    for code, (english, french) in MESSAGES.items():
        names = [sorted(set(re.findall(r"{(\w+)}", text))) for text in (english, french)]
        assert names[0] == names[1], code
        assert not re.search(r"\S [!?%€]", french), code


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(text=st.text(alphabet=string.printable + "éà«»\u202e", max_size=300))
@example(text="{value: 3, source: x}")
@example(text="[]")
@example(text="a: {value: {value: 1, source: b}, source: c}")
def test_any_text_is_read_or_refused_never_a_traceback(text: str, tmp_path: Path) -> None:
    file = tmp_path / "any.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputRefused):
        load(str(file))


@settings(max_examples=80)
@given(
    key=st.sampled_from(sorted({entry.key for entry in load("convention-2i").register})),
    value=st.sampled_from(
        [
            "-1",
            "0",
            "1.5",
            "1e400",
            ".nan",
            "true",
            "null",
            "[]",
            "{}",
            "[[[]]]",
            "<script>",
            "2021-13-45",
            "=cmd|x",
            "\u202e",
            "x" * 10_000,
            "9" * 40,
            "{kind: lognormal}",
            "[1, 2]",
            "{a: {b: c}}",
        ]
    ),
)
def test_any_single_value_replaced_is_accepted_or_refused_with_its_key(key: str, value: str) -> None:
    try:
        loaded = load("convention-2i", (f"{key}={value}",))
    except InputRefused as refusal:
        for problem in refusal.problems:
            assert problem.text("fr")
            assert problem.text("en")
        at_fault = [problem.key for problem in refusal.problems]
        # Two values of one section that contradict each other are told at one of them.
        section = key.rpartition(".")[0]
        assert any(one.startswith((key, f"{section}.")) or key.startswith(one) for one in at_fault)
    else:
        assert loaded.overrides == {key: value}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("events: [{kind: envelope_change, day: 2021-07-01, amount_eur: -1}]", "events.0.day"),
        ("scheme: {company_aid_ceilings: [{starts: 2021-01-01}]}", "scheme.company_aid_ceilings.0.starts"),
        ("schema_version: 1", "schema_version"),
    ],
)
def test_a_value_has_one_name_in_files(text: str, key: str, tmp_path: Path) -> None:
    """What the code calls a value is no second key for it: an editor's schema knows only one."""
    file = tmp_path / "scenario.yaml"
    file.write_text(f"schema: 1\nextends: convention-2i\nname: other\n{text}\n")
    with pytest.raises(InputRefused) as refused:
        load(str(file))
    assert key in [problem.key for problem in refused.value.problems]
