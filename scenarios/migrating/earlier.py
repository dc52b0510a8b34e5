"""What earlier forms of a scenario file said otherwise; entries are only ever added.

Form 0 had no `schema:`, and took some values under a second name, that of the program's own field. Form 1 names its
form and takes one name a value.
"""

RENAMED = {"starts": "from", "day": "date", "value_of": "at", "schema_version": "schema"}
"""By the name in form 0, the name since form 1; where a section has a value of the earlier name too, that is meant."""
