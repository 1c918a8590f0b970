"""What is promised to be said: written in the turn's transaction, sent after it, recorded after."""
