"""What people's corrections teach the engine, and what its readings are worth."""
