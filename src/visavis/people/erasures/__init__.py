"""What was erased, as hashes, so that a restored backup erases it again."""
