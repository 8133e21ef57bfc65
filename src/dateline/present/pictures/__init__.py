"""Pictures of a record: typed data in, SVG text out, with the table behind each: no browser, no plotting library.

>>> from datetime import date
>>> from dateline.present.pictures import DayCount, HeatStrip, draw, table
>>> strip = HeatStrip((DayCount(date(2024, 3, 1), 2),))
>>> draw(strip).startswith("<svg")
True
>>> print(table(strip).csv())
day,events
2024-03-01,2
<BLANKLINE>
"""
