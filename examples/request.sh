#!/bin/sh
# The same as client.py with curl alone: structure a report, fetch it again, export it.
#
#     groundwork serve &
#     sh examples/request.sh examples/reports/bureau.txt
#
# The address is GROUNDWORK_URL, http://127.0.0.1:8000 when it is not set.
set -eu
url=${GROUNDWORK_URL:-http://127.0.0.1:8000}
report=${1:-examples/reports/bureau.txt}
headers=$(mktemp)
trap 'rm -f "$headers"' EXIT

echo "# structure it: the body is the file itself"
curl --noproxy '*' -sS --fail-with-body -D "$headers" -o /dev/null \
    -H 'Content-Type: application/octet-stream' --data-binary "@$report" "$url/v1/reports"
grep -iE '^(HTTP|cache-status|location|etag)' "$headers"
address=$(sed -n 's/^[Ll]ocation: *\([^ ]*[0-9a-f]\).*/\1/p' "$headers")
etag=$(sed -n 's/^[Ee][Tt]ag: *\("[^"]*"\).*/\1/p' "$headers")

echo "# fetch it again: unchanged, so nothing is sent"
curl --noproxy '*' -sS -o /dev/null -w '%{http_code}\n' -H "If-None-Match: $etag" "$url$address"

echo "# as a table; also json, jsonl, xlsx, md, html, w3c"
curl --noproxy '*' -sS --fail-with-body "$url$address/export?format=csv"

echo "# every number of a text, no model"
curl --noproxy '*' -sS --fail-with-body -H 'Content-Type: application/json' \
    -d '{"text": "全年新建公厕14座,完成投资约1.5亿元。"}' "$url/v1/quantities"
echo
