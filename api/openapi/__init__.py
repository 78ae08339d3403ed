"""The OpenAPI 3.1 document: what every operation takes and gives, with Chinese examples."""
