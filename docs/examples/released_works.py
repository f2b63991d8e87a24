"""Lists what a province has released in a language: `python released_works.py ADDRESS LANGUAGE`.

Needs Python alone. It follows `next` to the end of the list, waits when it is told to, and prints
a line for each text: day, title, address, and the number of files that go with it.
"""

import json
import sys
import time
import urllib.error
import urllib.parse
import urllib.request


def answer(address):
    """The answer as a dictionary; waits where too much was asked, ends where it was wrong."""
    while True:
        try:
            with urllib.request.urlopen(address, timeout=30) as opened:
                return json.load(opened)
        except urllib.error.HTTPError as refused:
            if refused.code != 429:
                problem = json.load(refused)
                sys.exit(f"{problem['title']} {problem.get('detail', '')} {problem['next']}")
            time.sleep(int(refused.headers["Retry-After"]))


def released_works(house, language):
    """Every work in the language, newest first."""
    question = urllib.parse.urlencode(
        {"language": language, "fields": "first_released,versions,files", "limit": 100}
    )
    address = f"{house}/api/v1/works?{question}"
    while address:
        page = answer(address)
        yield from page["items"]
        address = page["next"]


if __name__ == "__main__":
    _, house, language = sys.argv
    for work in released_works(house.rstrip("/"), language):
        text = next(each for each in work["versions"] if each["language"] == language)
        files = sum(language in file["languages"] for file in work["files"])
        print(work["first_released"][:10], text["title"], text["page"], files, sep="\t")
