"""The assembled school: frozen, dated, standard library only."""
