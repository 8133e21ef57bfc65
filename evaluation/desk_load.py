#!/usr/bin/env python3
"""How fast the desk answers at a million events: every screen and every list of the API, eight clients at once.

    desk_load.py --record million.db [--seconds 60] [--clients 8] [--pause 0] [--no-add] [--save]

Starts ``dateline serve`` on a copy of a record that ``million.py`` made, asks each address for some time from several
clients at once while ``dateline add`` adds reports to the same record, and tells for each how long it took (p50, p95,
the slowest, and how many failed). Before that, one client asks each address ten times alone, and the processor time
that the desk spent on it is told: what a busier or a slower machine makes of it can be told from there. Of what is
worked out aside the first answer counts, as a page asks for it. Exit status 1 if any screen took more than 150 ms at
p95, a search more than 80 ms, or anything failed.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

sys.path.insert(0, str(Path(__file__).resolve().parent))

from million import BASELINE, SEED, Questions, _at

SCREEN, SEARCH = 150.0, 80.0
#: what ``dateline add`` reads meanwhile
REPORTS = Path(__file__).resolve().parent.parent / "demo" / "thaw"
_TICKS = os.sysconf("SC_CLK_TCK")
Draw = Callable[[], str]


@dataclass
class Tally:
    """Milliseconds that each address took, and what failed."""

    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failed: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def addresses(path: Path) -> dict[str, Draw]:
    """What is asked: by its name, a way to draw an address."""
    questions = Questions(path)
    dice = random.Random(SEED)
    db = sqlite3.connect(path)
    claims = [f"c{row[0][1:]}" for row in db.execute("SELECT key FROM statements LIMIT 200")]
    db.close()

    def filters(address: str, name: str, **more: Any) -> Draw:
        def draw() -> str:
            asked = {**questions.classes[name](), **more}
            return f"{address}?{urlencode({k: 'true' if v is True else v for k, v in asked.items() if v})}"

        return draw

    def days(find: str) -> Draw:
        def draw() -> str:
            since = f"{dice.randrange(2009, 2020)}-01-01"
            return f"{find}?{urlencode({'since': since, 'actor': dice.choice(questions.states[:40])})}"

        return draw

    def pair(address: str) -> Draw:
        def draw() -> str:
            a, b = questions.pairs()
            return address.format(a=a, b=b)

        return draw

    def one(address: str, values: list[str]) -> Draw:
        return lambda: address.format(quote(dice.choice(values), safe=""))

    api = "/api/v1"
    searches = {f"screen /search: {name}": filters("/search", name)
                for name in ("a word", "two words", "two filters", "a word and a filter", "a person")}  # fmt: skip
    return {
        "screen /relation": pair("/relation?a={a}&b={b}"),
        "screen /relation/cell": pair("/relation/cell?a={a}&b={b}&cell=2015-03-01.out.conflict"),
        "screen /partners": one("/partners?a={}", questions.states[:40]),
        "screen /reports/KEY": one("/reports/{}", questions.reports),
        **searches,
        "screen /claims": lambda: "/claims",
        "screen /claims?words": one("/claims?words={}", questions.words[300:2_000]),
        "screen /claims/KEY": one("/claims/{}", claims),
        "screen /actors": lambda: "/actors", "screen /actors?words": one("/actors?words={}", questions.people),
        "screen /actors/KEY": one("/actors/{}", questions.many),
        "screen /sources": lambda: "/sources", "screen /codebook": lambda: "/codebook",
        "screen /codebook/CODE": one("/codebook/{}", questions.types), "screen /corrections": lambda: "/corrections",
        "screen /saved": lambda: "/saved", "screen /brief": lambda: "/brief",
        "api /reports": lambda: f"{api}/reports", "api /reports, filtered": filters(f"{api}/reports", "two filters"),
        "api /reports/KEY/reading": one(api + "/reports/{}/reading", questions.reports),
        "api /sentences": days(f"{api}/sentences"), "api /statements": days(f"{api}/statements"),
        "api /tellings": days(f"{api}/tellings"), "api /events": days(f"{api}/events"),
        "api /tellings, all": lambda: f"{api}/tellings?limit=50",
        "api /search": filters(f"{api}/search", "a word and a filter"),
        "api /actors": lambda: f"{api}/actors?wait=0", "api /actors/KEY": one(api + "/actors/{}", questions.people),
        "api /relations/A/B": pair(api + "/relations/{a}/{b}"),
        "api /relations/A/B by week": pair(api + "/relations/{a}/{b}?by=week"),
        "api /relations/A/B/around": pair(api + "/relations/{a}/{b}/around?date=2015-03-02&wait=0"),
        "api /partners/A": one(api + "/partners/{}", questions.states[:40]),
        "api /claims?words": one(api + "/claims?wait=0&words={}", questions.words[300:2_000]),
        "api /corrections": lambda: f"{api}/corrections", "api /status": lambda: f"{api}/status?wait=0",
        "api /exposure": lambda: f"{api}/exposure", "api /codebook": lambda: f"{api}/codebook",
    }  # fmt: skip


# --- asking


class Client:
    """One connection that is kept, and its cookie."""

    def __init__(self, host: str, port: int) -> None:
        self.connection = http.client.HTTPConnection(host, port, timeout=60)
        self.headers: dict[str, str] = {}

    def get(self, address: str) -> tuple[int, float]:
        begun = time.perf_counter()
        self.connection.request("GET", address, headers=self.headers)
        answer = self.connection.getresponse()
        answer.read()
        if cookie := answer.getheader("set-cookie"):
            self.headers["cookie"] = cookie.split(";")[0]
        return answer.status, 1000 * (time.perf_counter() - begun)


def work_of(process: int) -> float:
    """Milliseconds of processor time that a process has used, and all that it has begun."""
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    below = Path(f"/proc/{process}/task/{process}/children").read_text("utf-8").split()
    return 1000 * (int(fields[11]) + int(fields[12])) / _TICKS + sum(work_of(int(child)) for child in below)


def alone(client: Client, process: int, drawn: dict[str, Draw], times: int = 10) -> dict[str, tuple[float, float]]:
    """For each address the median time, and the mean processor time that the desk spent, with one client."""
    found = {}
    for name, draw in drawn.items():
        client.get(draw())
        begun, took = work_of(process), []
        for _ in range(times):
            took.append(client.get(draw())[1])
        found[name] = sorted(took)[times // 2], (work_of(process) - begun) / times
    return found


def together(
    host: str, port: int, drawn: dict[str, Draw], clients: int, seconds: float, pause: float = 0.0
) -> Tally:
    tally, lock = Tally(), threading.Lock()
    until = time.monotonic() + seconds

    def run(number: int) -> None:
        client, dice = Client(host, port), random.Random(number)
        names = list(drawn)
        while time.monotonic() < until:
            dice.shuffle(names)
            for name in names:
                with lock:
                    address = drawn[name]()
                time.sleep(dice.expovariate(1 / pause) if pause else 0)
                try:
                    status, took = client.get(address)
                except (OSError, http.client.HTTPException) as error:
                    tally.failed[name].append(f"{type(error).__name__} {address}")
                    client = Client(host, port)
                    continue
                tally.took[name].append(took)
                if status not in (200, 202, 404):
                    tally.failed[name].append(f"{status} {address}")

    threads = [threading.Thread(target=run, args=(n,)) for n in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tally


def added(path: Path) -> subprocess.Popen[bytes]:
    """``dateline add`` at work on the record."""
    files = sorted(str(file) for file in REPORTS.glob("*.jsonl"))
    command = [sys.executable, "-m", "dateline", "add", "--fast", "--record", str(path), *files]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def reports_of(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute("SELECT count(*) FROM reports").fetchone()[0])


def served(path: Path) -> tuple[subprocess.Popen[str], int]:
    command = [sys.executable, "-m", "dateline", "serve", "--fast", "--port", "0", "--record", str(path)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    for line in process.stderr:
        if found := re.search(r"http://127\.0\.0\.1:(\d+)/", line):
            threading.Thread(target=process.stderr.read, daemon=True).start()
            return process, answering(int(found[1]))
    raise SystemExit("the desk did not open")


def answering(port: int) -> int:
    """The port, once somebody answers there."""
    for _ in range(200):
        try:
            Client("127.0.0.1", port).get("/health")
            return port
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the desk does not answer")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--pause", type=float, default=0, help="seconds a client waits between two, on average")
    parser.add_argument("--no-add", action="store_true", help="nothing is added meanwhile")
    parser.add_argument("--save", action="store_true", help="keep the figures in the baseline")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=args.record.parent) as folder:
        path = Path(shutil.copy(args.record, Path(folder) / "load.db"))
        drawn = addresses(path)
        process, port = served(path)
        try:
            quiet = alone(Client("127.0.0.1", port), process.pid, drawn)
            before, begun = reports_of(path), work_of(process.pid)
            adding = None if args.no_add else added(path)
            tally = together("127.0.0.1", port, drawn, args.clients, args.seconds, args.pause)
            busy = (work_of(process.pid) - begun) / 1000 / args.seconds
            if adding is not None:
                adding.terminate()
                adding.wait(60)
            more = reports_of(path) - before
        finally:
            process.terminate()
            process.wait(10)
    fine = show(quiet, tally)
    asked = sum(map(len, tally.took.values()))
    print(f"{asked:,} requests by {args.clients} clients in {args.seconds:.0f} s; the desk used {busy:.2f} processors;"
          f" {more} reports were added; load of the machine {os.getloadavg()[0]:.1f}")  # fmt: skip
    if args.save:
        kept = json.loads(BASELINE.read_text("utf-8")) if BASELINE.exists() else {}
        figures = {f"{name} p95 ms": round(_at(sorted(took), 0.95), 1) for name, took in tally.took.items()}
        figures |= {f"{name} cpu ms": round(work, 1) for name, (_, work) in quiet.items()}
        kept["desk"] = {"n": asked, "figures": figures, "items": {}}
        BASELINE.write_text(json.dumps(kept, indent=0, sort_keys=True) + "\n", "utf-8")
    return 0 if fine else 1


def show(quiet: dict[str, tuple[float, float]], tally: Tally) -> bool:
    print(f"{'':46} {'alone ms':>9} {'cpu ms':>8} {'n':>6} {'p50':>8} {'p95':>8} {'slowest':>9} {'failed':>7}")
    fine = True
    for name, (once, work) in quiet.items():
        took = sorted(tally.took[name]) or [0.0]
        failed = tally.failed[name]
        most = SEARCH if "search" in name else SCREEN
        over = _at(took, 0.95) > most or bool(failed)
        fine = fine and not over
        p50, p95 = _at(took, 0.5), _at(took, 0.95)
        print(f"{name:46} {once:9.1f} {work:8.1f} {len(took):6} {p50:8.1f} {p95:8.1f} {took[-1]:9.1f} {len(failed):7}"
              f"{'  OVER' if over else ''}")  # fmt: skip
    for name, failed in tally.failed.items():
        for line in failed[:3]:
            print(f"failed: {name}: {line}")
    return fine


if __name__ == "__main__":
    sys.exit(main())
