"""Scenario files of earlier forms, brought to the present one: `earlier` (what they said), `migrate` (text to text)."""
