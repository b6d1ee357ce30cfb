"""Whole pages for print: data in, PDF bytes out, by Typst and one fixed template a page."""
