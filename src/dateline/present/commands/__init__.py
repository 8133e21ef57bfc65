"""One module for each command or family of commands; ``present.cli`` puts them together."""
