"""How each text was read, by the engine or by a person."""
