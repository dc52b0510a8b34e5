"""What a notebook works with: questions, answers and comparisons that print as tables and charts."""
