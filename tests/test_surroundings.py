"""The suites mean the same on a French machine, in a narrow window, and on a service that runs them."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_what_a_machine_says_of_itself_changes_no_answer() -> None:
    """English sentences and whole lines are looked for, whatever the language and the width."""
    surroundings = {"LC_ALL": "fr_FR.UTF-8", "LANG": "fr_FR.UTF-8", "COLUMNS": "40", "GITHUB_ACTIONS": "true"}
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider"),
            "tests/test_front_door.py::test_a_misspelt_command_or_option_is_a_usage_error_with_the_likely_word",
            "tests/test_front_door.py::test_each_command_has_help_with_an_example_and_the_common_options[run]",
        ],
        cwd=ROOT,
        env={**os.environ, **surroundings},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
