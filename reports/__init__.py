"""The answer told: findings in, report files out; a report computes nothing."""
