"""validate_junit.py FILE: 0 if an XML parser reads it and its counts are those of its test cases, else 1 and why.

Where ASSAY_JUNIT_XSD names a schema, such as junit-10.xsd of Jenkins' xunit plugin, the file must be valid by it, too.
"""
import os
import sys
import xml.etree.ElementTree as ElementTree


def count(node, tag):
    return sum(1 for case in node.iter("testcase") if case.find(tag) is not None)


def faults(root):
    for node in [root, *root.iter("testsuite")]:
        for attribute, found in (("tests", len(list(node.iter("testcase")))), ("failures", count(node, "failure")),
                                 ("errors", count(node, "error")), ("skipped", count(node, "skipped"))):
            if attribute in node.attrib and int(node.get(attribute)) != found:
                yield f"{node.tag} {node.get('name')}: {attribute} is {node.get(attribute)}, but there are {found}"


def by_schema(file):
    schema = os.environ.get("ASSAY_JUNIT_XSD")
    if not schema:
        return []
    try:
        from lxml import etree
    except ImportError:
        print("skipped: the schema needs python3-lxml")
        return []
    checked = etree.XMLSchema(etree.parse(schema))
    return [] if checked.validate(etree.parse(file)) else [str(checked.error_log)]


found = [*faults(ElementTree.parse(sys.argv[1]).getroot()), *by_schema(sys.argv[1])]
print("\n".join(found))
sys.exit(1 if found else 0)
