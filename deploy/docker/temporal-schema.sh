#!/bin/sh
# Creates Temporal's databases, or brings their schemas up to the version of this image.
set -eu
versions=/etc/temporal/schema/postgresql/v12
for database in temporal:temporal temporal_visibility:visibility; do
    tool="temporal-sql-tool --plugin postgres12 --ep postgres -p 5432 -u temporal --db ${database%%:*}"
    $tool create
    $tool setup-schema -v 0.0 || true # it is there already
    $tool update-schema -d "$versions/${database##*:}/versioned"
done
