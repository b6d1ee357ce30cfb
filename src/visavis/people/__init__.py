"""Who: the organisation, its people, their accounts and their rights."""
