"""The simulator: the life of requests, the ledger, the committee, and what thousands of runs say together."""
