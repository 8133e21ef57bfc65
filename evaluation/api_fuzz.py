#!/usr/bin/env python3
"""The API asked odd things: requests made from its OpenAPI, right and wrong ones, none of which may break it.

    api_fuzz.py [--examples 2000] [--record FILE] [--seed 1]

Each address and method is asked its share of the examples, on a copy of the record (a made-up one where none is named),
half of them with what the OpenAPI allows and half with what it does not. No answer may be a 5xx, each must fit what the
OpenAPI says of it, and none may tell a path of this machine's disk. Ends with the answers by address and status; exit
status 1 if anything was wrong.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.present.desk.odd_requests import Tally, ask_all, desk_of, make_record


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--examples", type=int, default=2000)
    parser.add_argument("--record", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fuzzed.db"
        if args.record:
            shutil.copyfile(args.record, path)
        else:
            make_record(path)
        begun = time.monotonic()
        with desk_of(path) as client:
            tally = ask_all(client, args.examples, args.seed, secret=str(folder))
        show(tally, time.monotonic() - begun)
    return 1 if tally.wrong else 0


def show(tally: Tally, seconds: float) -> None:
    by_address: dict[str, Counter[int]] = {}
    for (address, status), n in tally.answers.items():
        by_address.setdefault(address, Counter())[status] += n
    for address, statuses in sorted(by_address.items()):
        print(f"{address:48} " + " ".join(f"{status}:{n}" for status, n in sorted(statuses.items())))
    total = sum(tally.answers.values())
    worst = max((status for _, status in tally.answers), default=0)
    print(f"{total:,} requests in {seconds:.0f} s, the highest status {worst}, wrong {len(tally.wrong)}")
    for line in tally.wrong[:20]:
        print(line)


if __name__ == "__main__":
    sys.exit(main())
