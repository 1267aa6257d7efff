#!/bin/bash
# Run once by the postgres image: the role and the two databases Temporal keeps its state in.
set -euo pipefail
psql -v ON_ERROR_STOP=1 -v password="$TEMPORAL_PASSWORD" -U postgres <<'SQL'
CREATE ROLE temporal LOGIN PASSWORD :'password';
CREATE DATABASE temporal OWNER temporal;
CREATE DATABASE temporal_visibility OWNER temporal;
SQL
