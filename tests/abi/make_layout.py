"""Writes the layout of a version's structs as static_asserts for today's headers.

usage: make_layout.py v0_1 > v0_1/layout.cpp
"""

import pathlib
import re
import subprocess
import sys
import tempfile

version = pathlib.Path(sys.argv[1]).name
headers = pathlib.Path(__file__).parent / version
code = "".join((headers / "assay" / name).read_text() for name in ("arrow.h", "abi.h"))
code = re.sub(r"/\*.*?\*/", "", code, flags=re.DOTALL)
structs = {name: body for name, body in re.findall(r"struct (\w+) \{(.*?)\n\}", code, re.DOTALL)}
constants = re.findall(r"\b(ASSAY_[A-Z_]+) = \d+", code)


def fields(body):
    for declaration in (part.strip() for part in body.split(";")):
        pointer = re.match(r"[^()]*\(\*\s*(\w+)\)", declaration)
        if pointer:
            yield pointer[1]
        elif declaration:
            first, *others = declaration.split(",")
            yield from (re.search(r"(\w+)\s*$", part)[1] for part in (first, *others))


lines = ['printf("static_assert(ASSAY_ABI_MAJOR == %d);\\n", ASSAY_ABI_MAJOR);']
lines += [f'printf("static_assert({name} == %d);\\n", (int){name});' for name in constants]
for name, body in structs.items():
    kind = "grows" if "size_t struct_size;" in body else "fixed"
    spelled = name if name.startswith("assay_") else f"struct {name}"
    lines.append(f'printf("\\nstatic_assert({kind}(sizeof({name}), %zu));\\n", sizeof({spelled}));')
    for field in fields(body):
        lines.append(
            f'printf("static_assert(at(offsetof({name}, {field}), sizeof({name}::{field}), %zu, %zu));\\n", '
            f"offsetof({spelled}, {field}), sizeof((({spelled}*)0)->{field}));"
        )
program = "#include <assay/abi.h>\n#include <stdio.h>\nint main(void) {\n" + "\n".join(lines) + "\n}\n"
with tempfile.TemporaryDirectory() as folder:
    source = pathlib.Path(folder) / "layout.c"
    source.write_text(program)
    subprocess.run(["cc", "-std=c11", f"-I{headers}", source, "-o", source.with_suffix("")], check=True)
    table = subprocess.run([source.with_suffix("")], check=True, capture_output=True, text=True).stdout

minor = int(version.rpartition("_")[2])
print(f"""// What a plugin of {version} takes for granted, held against today's headers. Made by make_layout.py.
#include <assay/abi.h>
#include <cstddef>

namespace {{

// A struct that carries its size may have grown since; any other is the same for ever.
constexpr bool grows(std::size_t now, std::size_t then) {{ return ASSAY_ABI_MINOR > {minor} ? now >= then : now == then; }}
constexpr bool fixed(std::size_t now, std::size_t then) {{ return now == then; }}
constexpr bool at(std::size_t offset, std::size_t size, std::size_t then_offset, std::size_t then_size) {{
    return offset == then_offset && size == then_size;
}}

}} // namespace
""")
print(table, end="")
