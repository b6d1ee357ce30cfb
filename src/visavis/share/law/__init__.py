"""Law as features: registers, notices, keeping times, the rights of people, models in use."""
