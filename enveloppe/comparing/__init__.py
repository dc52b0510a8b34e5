"""Scenarios and findings side by side: what changed in the question, and what changed in the answer."""
