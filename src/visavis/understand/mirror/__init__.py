"""Mirror studies: the same questions put to customers and to employees, and what may be said of the gaps."""
