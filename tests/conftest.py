"""Tests leave no draws on the machine; those of the store itself name a folder of their own."""

import os

os.environ["ENVELOPPE_DRAWS"] = "off"
