"""The plan: how much money each line is notified, proven best under the declared constraints."""
