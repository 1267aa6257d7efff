"""PostgreSQL: roles and schemas, the kit's own tables, transactions and bulk writing."""
