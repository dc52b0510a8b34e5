"""Tests leave no draws on the machine (those of the store name a folder of their own), and draw the same examples."""

import os

from examples_drawn import settle

os.environ["ENVELOPPE_DRAWS"] = "off"
settle()
