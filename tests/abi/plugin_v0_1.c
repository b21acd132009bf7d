/* A plugin as it was built for ABI 0.1: it sees the kept header only. Its parsers differ in nothing but the size that
 * their calls claim to have. */
#include <assay/abi.h>
#include <stddef.h>
#include <string.h>

_Static_assert(ASSAY_ABI_MAJOR == 0 && ASSAY_ABI_MINOR == 1, "this must be built with the header of 0.1");

static assay_str text(const char* words) { return (assay_str){words, strlen(words)}; }
static void done_schema(struct ArrowSchema* schema) { schema->release = NULL; }
static void done_array(struct ArrowArray* array) { array->release = NULL; }

static int32_t configure(void* self, const assay_value* options, assay_error* error) {
    (void)self, (void)error;
    return options->struct_size >= sizeof(assay_value) ? ASSAY_OK : ASSAY_BAD_OPTION;
}

/* Claims the files that name it: "v0_1 whole". */
static int32_t probe(void* self, const assay_head* head, assay_probe* out, assay_error* error) {
    (void)error;
    const assay_str name = text(self);
    if (head->bytes.size < 5 + name.size || memcmp(head->bytes.data, "v0_1 ", 5) != 0) return ASSAY_OK;
    if (memcmp(head->bytes.data + 5, name.data, name.size) != 0) return ASSAY_OK;
    out->confidence = 90;
    return out->reason->write(out->reason, "named", 5);
}

/* Gives one table with one row: the number of bytes. */
static int32_t parse(void* self, assay_input* input, assay_table_sink* out, assay_error* error) {
    (void)self;
    assay_str content;
    int32_t code = input->view(input, &content, error);
    if (code != ASSAY_OK) return code;
    struct ArrowSchema size = {.format = "l", .name = "size", .release = done_schema};
    struct ArrowSchema* fields[] = {&size};
    struct ArrowSchema schema = {
        .format = "+s", .name = "", .n_children = 1, .children = fields, .release = done_schema};
    const int64_t bytes = (int64_t)content.size;
    const void* cells[] = {NULL, &bytes};
    const void* none[] = {NULL};
    struct ArrowArray column = {.length = 1, .n_buffers = 2, .buffers = cells, .release = done_array};
    struct ArrowArray* columns[] = {&column};
    struct ArrowArray rows = {
        .length = 1, .n_buffers = 1, .buffers = none, .n_children = 1, .children = columns, .release = done_array};
    const assay_table* plan = NULL;
    code = out->begin(out, text("content"), ASSAY_TABLE_DATA, &schema, &rows, &plan, error);
    if (code != ASSAY_OK) return code;
    if (plan->n_columns != 1 || plan->columns[0].type != ASSAY_TYPE_INT) return ASSAY_FAILED;
    code = out->batch(out, &rows, 0, NULL, error);
    return code == ASSAY_OK ? out->end(out, error) : code;
}

/* What a later minor version would append. */
typedef struct later_parser {
    assay_parser now;
    void (*added)(void);
} later_parser;
static void added(void) {}

static const assay_parser whole = {sizeof(assay_parser), configure, probe, parse, NULL, NULL, NULL};
static const later_parser newer = {{sizeof(later_parser), configure, probe, parse, NULL, NULL, NULL}, added};
static const assay_parser older = {
    offsetof(assay_parser, parse), configure, probe, NULL, NULL, NULL, NULL}; /* before `parse` was */

static const char* manifest(void) {
    return "{\"assay_manifest\": 1, \"id\": \"parser/v0_1\", \"version\": \"0.1.0\", \"abi\": [0, 1],"
           " \"license\": \"MIT\", \"components\": [{\"kind\": \"parser\", \"id\": \"whole\"},"
           " {\"kind\": \"parser\", \"id\": \"newer\"}, {\"kind\": \"parser\", \"id\": \"older\"}]}";
}

static int32_t create(const assay_host* host, assay_str id, assay_component* out, assay_error* error) {
    (void)error;
    if (host->struct_size < sizeof(assay_host) || id.size != 5) return ASSAY_FAILED;
    const char first = id.data[0];
    out->kind = ASSAY_KIND_PARSER;
    out->self = first == 'w' ? "whole" : first == 'n' ? "newer" : "older";
    out->calls = first == 'w' ? &whole : first == 'n' ? &newer.now : &older;
    return ASSAY_OK;
}
static void destroy(assay_component* component) { (void)component; }

const assay_plugin assay_plugin_entry = {
    sizeof(assay_plugin), ASSAY_ABI_MAJOR, ASSAY_ABI_MINOR, manifest, create, destroy};
