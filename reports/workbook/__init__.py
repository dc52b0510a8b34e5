"""Workbooks: the planner's template and the results, written with xlsxwriter."""
