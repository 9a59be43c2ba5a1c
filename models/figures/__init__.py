"""The numbers of the lessons' figures that need a net: computed when they are asked for."""
