"""usage: same_block.py DOCUMENT FILE...: the first block that DOCUMENT gives a file's name holds that very file."""

import pathlib
import re
import sys

text = pathlib.Path(sys.argv[1]).read_text()
for file in map(pathlib.Path, sys.argv[2:]):
    block = re.search(rf"^```\S+ {re.escape(file.name)}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    if not block:
        sys.exit(f"{sys.argv[1]} has no block named {file.name}")
    if block[1] != file.read_text():
        sys.exit(f"{sys.argv[1]}: the block {file.name} is not {file}")
    print(f"{file.name}: the same")
