"""What is spoken about: the company's own taxonomy, shared by both voices."""
