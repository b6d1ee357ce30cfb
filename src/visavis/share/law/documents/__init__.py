"""The documents that the law asks for, written from the settings as they stand."""
