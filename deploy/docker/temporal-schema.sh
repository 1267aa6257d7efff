#!/bin/sh
# Brings Temporal's two databases up to the version of this image; again changes nothing.
set -eu
versions=/etc/temporal/schema/postgresql/v12
for database in temporal:temporal temporal_visibility:visibility; do
    tool="temporal-sql-tool --plugin postgres12 --ep postgres -p 5432 -u temporal --db ${database%%:*}"
    $tool setup-schema -v 0.0 # skipped by the tool where a version is noted already
    $tool update-schema -d "$versions/${database##*:}/versioned"
done
