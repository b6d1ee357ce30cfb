"""Reading French verbatims, offline."""
