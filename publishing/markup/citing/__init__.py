"""A work as bibliographies have it: BibTeX, RIS, and a reference in the form of APA."""
