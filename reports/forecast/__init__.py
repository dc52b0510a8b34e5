"""The report of a calibration and the sections that a forecast adds to a scenario's report."""
