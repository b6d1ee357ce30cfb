"""What was said: responses, answers, verbatims."""
