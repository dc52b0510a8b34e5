"""The envelope as a two-stage programme: notifications first, funding when each run's demand is known (model.md, 5)."""
