"""One screen a file: it composes, binds keys and posts facts; its styles lie beside it."""
