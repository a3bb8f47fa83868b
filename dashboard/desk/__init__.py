"""The parts of the screens of cases."""
