"""HTTP only: parse, call the core, return a schema."""
