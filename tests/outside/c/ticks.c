/* A parser in plain C11, with nothing but abi.h and arrow.h. The format is text:
 *
 *     #ticks <unit>          the first line
 *     <name> <number>        each line that follows
 *
 * A line of another form is rejected and named in a diagnostic. */
#include <assay/abi.h>
#include <assay/arrow.h>
#include <stdlib.h>
#include <string.h>

static const char magic[] = "#ticks ";
enum { magic_size = sizeof magic - 1, batch_rows = 4096, longest_name = 255 };

static assay_str text(const char* words) { return (assay_str){words, strlen(words)}; }

static int32_t fail(assay_error* error, const char* reason, const char* message) {
    error->set(error, text(reason), text(message));
    return ASSAY_FAILED;
}

/* ---- the batch: two Arrow columns and the memory they point to, freed together by the batch's release ---- */

typedef struct batch {
    struct ArrowArray names, values;
    struct ArrowArray* columns[2];
    const void* name_buffers[3];
    const void* value_buffers[2];
    const void* row_buffers[1];
    int32_t ends[batch_rows + 1];
    double numbers[batch_rows];
    uint64_t lines[batch_rows];
    int64_t rows;
    char letters[batch_rows * longest_name]; /* of all names, one behind the other */
} batch;

static void release_column(struct ArrowArray* column) { column->release = NULL; } /* the batch owns the memory */

static void release_batch(struct ArrowArray* rows) {
    free(rows->private_data);
    rows->release = NULL;
}

static struct ArrowArray finish(batch* b) {
    b->name_buffers[0] = NULL; /* no cell is null, so there are no validity bits */
    b->name_buffers[1] = b->ends;
    b->name_buffers[2] = b->letters;
    b->value_buffers[0] = NULL;
    b->value_buffers[1] = b->numbers;
    b->names =
        (struct ArrowArray){.length = b->rows, .n_buffers = 3, .buffers = b->name_buffers, .release = release_column};
    b->values =
        (struct ArrowArray){.length = b->rows, .n_buffers = 2, .buffers = b->value_buffers, .release = release_column};
    b->columns[0] = &b->names;
    b->columns[1] = &b->values;
    return (struct ArrowArray){.length = b->rows,
                               .n_buffers = 1,
                               .buffers = b->row_buffers,
                               .n_children = 2,
                               .children = b->columns,
                               .release = release_batch,
                               .private_data = b};
}

/* ---- lines ---- */

typedef struct reader {
    const char* at;
    const char* end;
    uint64_t line;     /* of the line last read, from 1 */
    uint64_t rejected; /* lines that were not rows */
} reader;

static assay_str next_line(reader* r) {
    const char* start = r->at;
    const char* stop = memchr(start, '\n', (size_t)(r->end - start));
    r->at = stop ? stop + 1 : r->end;
    ++r->line;
    return (assay_str){start, (size_t)((stop ? stop : r->end) - start)};
}

static int read_row(assay_str line, assay_str* name, double* number) {
    const char* space = memchr(line.data, ' ', line.size);
    char digits[64];
    if (!space || space == line.data || space - line.data > longest_name) return 0;
    *name = (assay_str){line.data, (size_t)(space - line.data)};
    const size_t size = line.size - name->size - 1;
    if (size == 0 || size >= sizeof digits) return 0;
    memcpy(digits, space + 1, size);
    digits[size] = 0;
    char* rest = digits;
    *number = strtod(digits, &rest);
    return *rest == 0;
}

static void reject(reader* r, assay_table_sink* out) {
    const assay_diagnostic d = {.struct_size = sizeof d,
                                .severity = ASSAY_SEVERITY_WARNING,
                                .code = text("bad-line"),
                                .message = text("a line is not a name and a number"),
                                .table = text("ticks"),
                                .line = r->line,
                                .column = ASSAY_UNKNOWN,
                                .offset = ASSAY_UNKNOWN,
                                .count = 1};
    out->diagnostic(out, &d);
    ++r->rejected;
}

/* Reads at most batch_rows rows. */
static void read_batch(reader* r, batch* b, assay_table_sink* out) {
    while (b->rows < batch_rows && r->at < r->end) {
        assay_str name;
        double number;
        if (!read_row(next_line(r), &name, &number)) {
            reject(r, out);
            continue;
        }
        memcpy(b->letters + b->ends[b->rows], name.data, name.size);
        b->ends[b->rows + 1] = b->ends[b->rows] + (int32_t)name.size;
        b->numbers[b->rows] = number;
        b->lines[b->rows] = r->line;
        ++b->rows;
    }
}

/* ---- the table ---- */

/* Arrow's encoding of metadata: count, then length and bytes of each key and value, as int32 of this machine. */
static size_t put(char* bytes, size_t at, const char* word, size_t size) {
    const int32_t length = (int32_t)size;
    memcpy(bytes + at, &length, sizeof length);
    memcpy(bytes + at + sizeof length, word, size);
    return at + sizeof length + size;
}

static void keep_schema(struct ArrowSchema* schema) { schema->release = NULL; } /* all of it is on the stack */

static int32_t begin_table(assay_table_sink* out, assay_str unit, const struct ArrowArray* sample, assay_error* error) {
    char metadata[128];
    const int32_t pairs = 1;
    memcpy(metadata, &pairs, sizeof pairs);
    const size_t key_end = put(metadata, sizeof pairs, "assay.unit", strlen("assay.unit"));
    put(metadata, key_end, unit.data, unit.size);

    struct ArrowSchema name = {.format = "u", .name = "name", .release = keep_schema};
    struct ArrowSchema value = {.format = "g", .name = "value", .metadata = metadata, .release = keep_schema};
    struct ArrowSchema* columns[] = {&name, &value};
    struct ArrowSchema schema = {
        .format = "+s", .name = "", .n_children = 2, .children = columns, .release = keep_schema};
    const assay_table* plan = NULL;
    return out->begin(out, text("ticks"), ASSAY_TABLE_DATA, &schema, sample, &plan, error);
}

/* The first batch is also the sample from which the host decides what the columns are. */
static int32_t send_table(assay_table_sink* out, reader* r, assay_str unit, assay_error* error) {
    int begun = 0;
    do {
        batch* b = calloc(1, sizeof(batch));
        if (!b) return fail(error, "out-of-memory", "out of memory");
        read_batch(r, b, out);
        struct ArrowArray rows = finish(b);
        const int32_t code = begun ? ASSAY_OK : begin_table(out, unit, &rows, error);
        if (code != ASSAY_OK) {
            rows.release(&rows);
            return code;
        }
        begun = 1;
        const int32_t taken = out->batch(out, &rows, 0, b->lines, error);
        if (taken != ASSAY_OK) return taken;
    } while (r->at < r->end);
    if (r->rejected > 0) out->reject(out, r->rejected);
    return out->end(out, error);
}

/* ---- what the host calls ---- */

static int32_t probe(void* self, const assay_head* head, assay_probe* answer, assay_error* error) {
    (void)self, (void)error;
    if (head->bytes.size < magic_size || memcmp(head->bytes.data, magic, magic_size) != 0) return ASSAY_OK;
    const assay_str reason = text("begins with '#ticks '");
    answer->confidence = 95;
    return answer->reason->write(answer->reason, reason.data, reason.size);
}

static int32_t parse(void* self, assay_input* input, assay_table_sink* out, assay_error* error) {
    (void)self;
    assay_str content;
    const int32_t code = input->view(input, &content, error);
    if (code != ASSAY_OK) return code;
    if (content.size < magic_size) return ASSAY_NOT_MINE;
    reader r = {content.data + magic_size, content.data + content.size, 0, 0};
    const assay_str unit = next_line(&r);
    if (unit.size == 0 || unit.size > 64) return fail(error, "bad-unit", "the first line names no unit");
    return send_table(out, &r, unit, error);
}

static int32_t configure(void* self, const assay_value* options, assay_error* error) {
    (void)self, (void)options, (void)error; /* it has no options */
    return ASSAY_OK;
}

static const assay_parser calls = {sizeof(assay_parser), configure, probe, parse};

static const char* manifest(void) {
    return "{\"assay_manifest\": 1, \"id\": \"parser/ticks\", \"version\": \"0.1.0\", \"abi\": [0, 1],"
           " \"license\": \"MIT\", \"components\": [{\"kind\": \"parser\", \"id\": \"ticks\","
           " \"summary\": \"#ticks: a name and a number per line\", \"extensions\": [\".ticks\"], \"options\": []}]}";
}

static int32_t create(const assay_host* host, assay_str id, assay_component* out, assay_error* error) {
    (void)host;
    if (id.size != 5 || memcmp(id.data, "ticks", 5) != 0)
        return fail(error, "no-component", "this plugin has only the component 'ticks'");
    out->kind = ASSAY_KIND_PARSER;
    out->self = NULL; /* it keeps nothing between calls */
    out->calls = &calls;
    return ASSAY_OK;
}

static void destroy(assay_component* component) { (void)component; }

const assay_plugin assay_plugin_entry = {
    sizeof(assay_plugin), ASSAY_ABI_MAJOR, ASSAY_ABI_MINOR, manifest, create, destroy};
