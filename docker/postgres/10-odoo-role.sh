#!/bin/bash
# Run once by the PostgreSQL image when its data folder is empty: the role Odoo works as.
# It may create databases and is no superuser.
set -euo pipefail

psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 \
    --username="${POSTGRES_USER:-postgres}" --dbname=postgres \
    --set=role="${DEALER_DB_USER:?the name of Odoo\'s role}" \
    --set=password="${DEALER_DB_PASSWORD:?the password of Odoo\'s role}" <<'SQL'
CREATE ROLE :"role" LOGIN CREATEDB PASSWORD :'password';
SQL
