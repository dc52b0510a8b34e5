"""Plans under uncertainty: what they promise and deliver, what knowing is worth, which policy, what moves them."""
