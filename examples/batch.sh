#!/bin/sh
# Structure a folder of reports with curl alone, one after another; run again, it goes on.
#
#     groundwork serve &
#     sh examples/batch.sh examples/reports results
#
# The address is GROUNDWORK_URL, http://127.0.0.1:8000 when it is not set; a key, where one is
# needed, GROUNDWORK_API_KEY.
set -u
url=${GROUNDWORK_URL:-http://127.0.0.1:8000}
reports=${1:-examples/reports}
results=${2:-results}
mkdir -p "$results" || exit 2

done=0 failed=0
for report in "$reports"/*.txt; do
    result=$results/$(basename "$report").json
    if [ ! -e "$result" ]; then
        # A busy service (429, 503) says in Retry-After when to come back, and curl waits so long.
        if curl --noproxy '*' -sS --fail-with-body --retry 5 -o "$result.part" \
            ${GROUNDWORK_API_KEY:+-H "Authorization: Bearer $GROUNDWORK_API_KEY"} \
            -H 'Content-Type: application/octet-stream' --data-binary "@$report" \
            "$url/v1/reports"
        then
            mv "$result.part" "$result" # complete or not there: what is there is done
        else
            failed=$((failed + 1))
            echo "$report: $(cat "$result.part" 2>/dev/null)" >&2
            rm -f "$result.part"
            continue
        fi
    fi
    done=$((done + 1))
done
echo "$done in $results, $failed failed"
[ "$failed" -eq 0 ]
