"""Tests know nothing of the machine they run on, leave no draws on it, and draw the same examples each time."""

import os

from examples_drawn import settle

SURROUNDINGS = ("LC_", "LANG", "NO_COLOR", "COLUMNS", "GITHUB_", "ENVELOPPE_DEBUG", "ENVELOPPE_DRAWS")
"""How the names begin of what commands read from the environment: its language, its width, the service it runs on."""

for name in [name for name in os.environ if name.startswith(SURROUNDINGS)]:
    del os.environ[name]
os.environ["LC_ALL"] = "C.UTF-8"
# The tests of the store itself name a folder of their own.
os.environ["ENVELOPPE_DRAWS"] = "off"
settle()
