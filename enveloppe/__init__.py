"""The front door: the trip from a scenario file to its reports, and the command line."""
