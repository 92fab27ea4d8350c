#!/bin/bash
# Start one role of the suite in a container.
#
#   prepare   create, install or upgrade the database, then end
#   web       HTTP workers, and the websocket process that Odoo starts beside them
#   cron      the scheduled jobs, no HTTP
#   anything else is run as a command (odoo shell, odoo db dump, bash ...)
#
# Further arguments are passed to Odoo. Settings: see prepare_database.py and .env.example.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
prepare="$here/prepare_database.py"

# A secret may come as a file: NAME_FILE holds the path of a file with the value of NAME.
for name in PGPASSWORD DEALER_ADMIN_PASSWORD; do
    file_variable="${name}_FILE"
    if [[ -n "${!file_variable:-}" ]]; then
        if [[ ! -r "${!file_variable}" ]]; then
            echo "dealer: $file_variable names ${!file_variable}, which cannot be read." >&2
            exit 1
        fi
        value="$(<"${!file_variable}")"
        export "$name=$value"
        unset "$file_variable"
    fi
done

role="${1:-web}"
[[ $# -gt 0 ]] && shift

case "$role" in
    prepare)
        exec python3 "$prepare" "$@"
        ;;
    web)
        python3 "$prepare" --wait "${DEALER_WAIT:-900}"
        # The password of the administrator is of no use to a server.
        unset DEALER_ADMIN_PASSWORD
        exec odoo --workers="${DEALER_WORKERS:-4}" --max-cron-threads=0 "$@"
        ;;
    cron)
        python3 "$prepare" --wait "${DEALER_WAIT:-900}"
        unset DEALER_ADMIN_PASSWORD
        # --workers=1 chooses processes instead of threads; without HTTP no web worker starts.
        exec odoo --no-http --workers=1 --max-cron-threads="${DEALER_CRON_WORKERS:-2}" \
            --limit-time-real-cron="${DEALER_CRON_SECONDS:-900}" \
            --limit-time-cpu="${DEALER_CRON_SECONDS:-900}" "$@"
        ;;
    *)
        exec "$role" "$@"
        ;;
esac
