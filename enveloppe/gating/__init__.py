"""Gates: what a nightly forecast must hold, and what may have moved.

Read in this order: `declaration` (what a file may say), `reading` (file to gates), `figures` (a gate's figure in the
findings), `judging` and `movement` (whether it holds), `accepting`, then the forms that scripts read.
"""
