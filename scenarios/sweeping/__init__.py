"""A sweep: many variants of one question, declared in its file.

Read in this order: `declaration` (what a file may say), `points` (grid, list and samples as rows of values), `variants`
(each row resolved, checked and hashed).
"""
