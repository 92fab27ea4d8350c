"""`make pictures`: the screens that the READMEs and the store pages show."""
