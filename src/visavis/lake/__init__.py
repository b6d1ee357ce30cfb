"""Questions over many returns: sums of facts, asked alike of cubes, of an open copy, of any SQL engine."""
