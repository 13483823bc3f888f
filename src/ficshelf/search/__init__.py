"""Finding stories: the query language, the index beside the database, and the one service that the command line and the
pages use (`find.find`)."""
