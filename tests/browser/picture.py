"""A picture of a page: its opening, and its first charts below.

usage: picture.py PAGE PICTURE
"""

import pathlib
import sys

from chromium import Page

page = Page()
try:
    page.size(1100, 1330)
    page.open(pathlib.Path(sys.argv[1]).resolve())
    # What comes between the first answers and the charts is left out, so that both are seen.
    page.evaluate("""for (const id of ['not', 'changed', 'excluded', 'missing', 'next', 'overview'])
        document.getElementById(id)?.remove()""")
    page.screenshot(pathlib.Path(sys.argv[2]))
finally:
    page.close()
