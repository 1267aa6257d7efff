#!/bin/bash
# Run once by the postgres image: the role Temporal keeps its own two databases with.
set -euo pipefail
psql -v ON_ERROR_STOP=1 -v password="$TEMPORAL_PASSWORD" -U postgres <<'SQL'
CREATE ROLE temporal LOGIN CREATEDB PASSWORD :'password';
SQL
