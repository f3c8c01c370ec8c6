"""How long a household's file is kept (« conservation des données »): due, kept longer, archived, erased, nameless."""
