"""Are the answers those of an exact computation, within what each program promises?"""
import math

STATS = ("n", "missing", "min", "max", "mean", "sd", "p25", "median", "p75", "distinct")
QUARTILES = ("p25", "median", "p75")
MEAN = 1e-9  # relative
# A sketch for quantiles of DuckDB and ClickHouse (t-digest): the value stands within 1 % of the ranks around its own.
# Distinct values, four standard errors: assay and ClickHouse 0.8 %, DuckDB's 64 registers 13 %.
DISTINCT = {"assay": 0.032, "ClickHouse": 0.032, "DuckDB": 0.52}
ASSAY_QUANTILE = 0.0039  # relative; stated in the fact's method


def close(a, b, relative, absolute=0.0):
    return math.isclose(a, b, rel_tol=relative, abs_tol=absolute)


def agrees(program, stat, value, exact, figures):
    if stat in ("n", "missing"):
        return value == exact[stat]
    if stat in ("min", "max"):
        return close(value, exact[stat], 1e-15)
    if stat == "mean":
        return close(value, exact[stat], MEAN, MEAN * exact.get("sd", 0))
    if stat == "sd":
        return close(value, exact[stat], 1e-6)
    if stat == "distinct":
        sketch = program in DISTINCT and (program != "assay" or stat in figures["approx"])
        return close(value, exact[stat], DISTINCT[program] if sketch else 0, 1 if program == "DuckDB" else 0)
    if program == "assay":
        return close(value, exact[stat], ASSAY_QUANTILE if stat in figures["approx"] else MEAN)
    if program in ("DuckDB", "ClickHouse"):
        low, high = exact["around"][stat]
        whole = 1 if exact["type"].endswith("INT") else 0  # DuckDB rounds the quantiles of integers
        slack = 1e-6 * abs(value) + whole  # ClickHouse's sketch keeps 32 bits
        return low - slack <= value <= high + slack
    return close(value, exact[stat], MEAN)


def with_counts(figures, exact):
    """SUMMARIZE gives rows, and missing cells as a percentage of two decimals: taken for exact where they may be."""
    if "missing_percent" not in figures:
        return figures
    rows, missing = figures["rows"], exact["missing"]
    fits = rows > 0 and abs(100 * missing / rows - figures["missing_percent"]) <= 0.00501
    return {**figures, "missing": missing if fits else None, "n": rows - missing if fits else None}


def compare(program, columns, exact, only=None):
    """How many figures agreed; the lines that tell of those that did not; the figures it does not give, by stat.

    `only`: the stats to compare, where the others cannot be had.
    """
    agreed, lines, lacks = 0, [], {}
    for column, reference in exact.items():
        if column not in columns:
            if only is None:
                lines.append(f"{program}: nothing about the column {column}")
            continue
        figures = with_counts(columns[column], reference)
        for stat in only or STATS:
            if reference.get(stat) is None:
                continue
            value = figures.get(stat)
            if value is None and stat in ("n", "missing"):
                lines.append(f"{program}: {column}: {figures.get('rows')} rows, {figures.get('missing_percent')} % "
                             f"missing; exact: {reference['n']} and {reference['missing']} missing")
            elif value is None:
                lacks.setdefault(stat, []).append(column)
            elif agrees(program, stat, value, reference, figures):
                agreed += 1
            else:
                lines.append(f"{program}: {stat} of {column} is {value!r}, exactly {reference[stat]!r}")
    return agreed, lines, lacks
