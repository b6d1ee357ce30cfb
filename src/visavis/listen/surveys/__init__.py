"""What is asked: questionnaires and questions, for both voices."""
