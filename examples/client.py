"""Structure a report through the HTTP API and check a sentence against it, with httpx alone.

    groundwork serve &
    python examples/client.py examples/reports/bureau.txt

The address is GROUNDWORK_URL, http://127.0.0.1:8000 when it is not set.
"""

import os
import sys
from pathlib import Path

import httpx

SIGNS = {"supported": "✓", "masked": "▨", "unsupported": "?", "contradicted": "✗"}
OTHER_DIGITS = str.maketrans("123456789", "234567891")


def main(path: Path) -> None:
    """Print every statement of a report with its place and the verdict of each number."""
    url = os.environ.get("GROUNDWORK_URL", "http://127.0.0.1:8000")
    with httpx.Client(base_url=url, timeout=60, trust_env=False) as client:
        # The file goes as it is: the service finds out what it is and how it is encoded.
        answer = client.post(
            "/v1/reports",
            content=path.read_bytes(),
            headers={"Content-Type": "application/octet-stream"},
        )
        if answer.is_error:
            problem = answer.json()  # RFC 9457: `type` is stable, `zh` and `detail` are for people
            sys.exit(f"{problem['type']}: {problem['detail']}")
        result = answer.json()
        source = client.get(f"/v1/reports/{result['id']}/source").text

        for report in result["reports"]:
            print(report["title"] or "(no title)")
            for item in report["items"]:
                place = item["evidence"][0]
                assert source[place["start"] : place["end"]] == place["quote"]
                numbers = " ".join(
                    check["quantity"]["span"]["quote"] + SIGNS[check["verdict"]]
                    for check in item["quantities"]
                )
                text = " ".join(item["text"].split())
                print(f"  {item['kind']:<11} [{place['start']}, {place['end']})  {text}  {numbers}")

        # Anyone's wording can be judged against the same source; no model takes part.
        altered = result["reports"][0]["items"][0]["text"].translate(OTHER_DIGITS)
        claims = [{"id": "1", "text": altered}]
        judged = client.post("/v1/verifications", json={"source": source, "claims": claims})
        print("with other digits:", judged.raise_for_status().json()["claims"][0]["verdict"])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
