/* Hands over what does not fit the table it began. The file says which mistake to make:
 *     UNFIT columns | rows | buffers | offsets | released | open | twice | no-table */
#include <assay/abi.h>
#include <assay/arrow.h>
#include <string.h>

static assay_str text(const char* words) { return (assay_str){words, strlen(words)}; }
static void done_schema(struct ArrowSchema* schema) { schema->release = NULL; }
static void done_array(struct ArrowArray* array) { array->release = NULL; }

static int32_t begin(assay_table_sink* out, const char* name, assay_error* error) {
    struct ArrowSchema x = {.format = "g", .name = "x", .release = done_schema};
    struct ArrowSchema label = {.format = "u", .name = "label", .release = done_schema};
    struct ArrowSchema* columns[] = {&x, &label};
    struct ArrowSchema schema = {
        .format = "+s", .name = "", .n_children = 2, .children = columns, .release = done_schema};
    const assay_table* plan = NULL;
    return out->begin(out, text(name), ASSAY_TABLE_DATA, &schema, NULL, &plan, error);
}

/* Two rows, right but for the one mistake. */
static int32_t send(assay_table_sink* out, const char* mistake, assay_error* error) {
    static const double numbers[] = {1, 2};
    static const int32_t good[] = {0, 1, 2}, backward[] = {0, 2, 1};
    const int is_offsets = strcmp(mistake, "offsets") == 0;
    const void* x_buffers[] = {NULL, numbers};
    const void* label_buffers[] = {NULL, is_offsets ? backward : good, "ab"};
    const void* row_buffers[] = {NULL};
    struct ArrowArray x = {.length = 2, .n_buffers = 2, .buffers = x_buffers, .release = done_array};
    struct ArrowArray label = {.length = 2, .n_buffers = 3, .buffers = label_buffers, .release = done_array};
    struct ArrowArray* columns[] = {&x, &label};
    struct ArrowArray rows = {.length = 2,
                              .n_buffers = 1,
                              .buffers = row_buffers,
                              .n_children = 2,
                              .children = columns,
                              .release = done_array};
    if (strcmp(mistake, "columns") == 0) rows.n_children = 1;
    if (strcmp(mistake, "rows") == 0) x.length = 1;
    if (strcmp(mistake, "buffers") == 0) label.n_buffers = 2;
    if (strcmp(mistake, "released") == 0) rows.release = NULL;
    return out->batch(out, &rows, 0, NULL, error);
}

static int32_t configure(void* self, const assay_value* options, assay_error* error) {
    (void)self, (void)options, (void)error;
    return ASSAY_OK;
}

static int32_t probe(void* self, const assay_head* head, assay_probe* answer, assay_error* error) {
    (void)self, (void)error;
    if (head->bytes.size > 6 && memcmp(head->bytes.data, "UNFIT ", 6) == 0) answer->confidence = 90;
    return ASSAY_OK;
}

static int32_t parse(void* self, assay_input* input, assay_table_sink* out, assay_error* error) {
    (void)self;
    assay_str content;
    int32_t code = input->view(input, &content, error);
    if (code != ASSAY_OK) return code;
    char mistake[16] = {0};
    memcpy(mistake, content.data + 6, content.size - 7 < 15 ? content.size - 7 : 15);

    if (strcmp(mistake, "no-table") != 0) code = begin(out, "rows", error);
    if (code == ASSAY_OK) code = send(out, mistake, error);
    if (code == ASSAY_OK && strcmp(mistake, "twice") == 0) code = begin(out, "more", error);
    if (code != ASSAY_OK || strcmp(mistake, "open") == 0) return code;
    return out->end(out, error);
}

static const assay_parser calls = {sizeof(assay_parser), configure, probe, parse};

static const char* manifest(void) {
    return "{\"assay_manifest\": 1, \"id\": \"parser/unfit\", \"version\": \"1.0\", \"abi\": [0, 1],"
           " \"components\": [{\"kind\": \"parser\", \"id\": \"unfit\"}]}";
}
static int32_t create(const assay_host* host, assay_str id, assay_component* out, assay_error* error) {
    (void)host, (void)id, (void)error;
    out->kind = ASSAY_KIND_PARSER;
    out->calls = &calls;
    return ASSAY_OK;
}
static void destroy(assay_component* component) { (void)component; }

const assay_plugin assay_plugin_entry = {
    sizeof(assay_plugin), ASSAY_ABI_MAJOR, ASSAY_ABI_MINOR, manifest, create, destroy};
