"""What happens to an office when its program is killed at any step (docs/reliability.md)."""
