/* The boundary between the assay host and its plugins: plain C11, one struct per concept.
 *
 * Rules that hold everywhere
 *   Versions   Every struct begins with `struct_size`, set by whoever fills it; fields are only appended. A reader uses
 *              the smaller of the two sizes, so that either side may be older. Same major version required.
 *   Strings    UTF-8, pointer and length, not terminated unless the comment says so.
 *   Ownership  Everything passed in is borrowed for the duration of the call. Nothing allocated on one side is freed on
 *              the other, but for Arrow structs, which carry their own `release`. What a call produces it writes into a
 *              sink or an error object that the caller owns.
 *   Threads    One instance is used by one thread at a time; distinct instances are used concurrently. `assay_host`
 *              and its extensions may be used from the thread that called the plugin.
 *   Exceptions None cross. A call answers ASSAY_OK or sets the error and answers another code.
 *   Absent     Unknown counts and sizes are ASSAY_UNKNOWN, unknown strings are empty, unknown numbers are NaN.
 */
#ifndef ASSAY_ABI_H
#define ASSAY_ABI_H

#include <assay/arrow.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ASSAY_ABI_MAJOR 0
#define ASSAY_ABI_MINOR 1
#define ASSAY_UNKNOWN UINT64_MAX
#define ASSAY_MANIFEST_SECTION ".assay.manifest"

typedef struct assay_str {
    const char* data;
    size_t size;
} assay_str;

/* What a call answers. */
enum {
    ASSAY_OK = 0,
    ASSAY_NOT_MINE = 1,   /* parser: this content is of another kind after all */
    ASSAY_FAILED = 2,     /* the work could not be done; the error says why */
    ASSAY_CANCELLED = 3,  /* the host asked to stop, or a host call answered so */
    ASSAY_BAD_OPTION = 4, /* an option's value is not acceptable */
    ASSAY_BAD_STATE = 5,  /* saved state is truncated, of another version or of another stage */
    ASSAY_INTERNAL = 6    /* a fault in the plugin itself: an exception nobody expected */
};

/* Where a failing call says why. Owned by the caller; `set` copies. `reason` is a stable word for machines such as
 * "truncated" or "not-a-table"; `message` is one sentence for a person. */
typedef struct assay_error {
    size_t struct_size;
    void* self;
    void (*set)(struct assay_error*, assay_str reason, assay_str message);
} assay_error;

/* Bytes out: saved state, rendered output. `write` copies, and answers other than ASSAY_OK if the target is full. */
typedef struct assay_sink {
    size_t struct_size;
    void* self;
    int32_t (*write)(struct assay_sink*, const void* data, size_t size);
} assay_sink;

/* An option's value as the host read it from the pipeline, already checked against the manifest's schema.
 * A tree of plain values rather than JSON text, so that no plugin needs a JSON parser for its options. */
enum {
    ASSAY_VALUE_NULL = 0,
    ASSAY_VALUE_BOOL = 1,
    ASSAY_VALUE_INT = 2,
    ASSAY_VALUE_FLOAT = 3,
    ASSAY_VALUE_TEXT = 4,
    ASSAY_VALUE_LIST = 5,
    ASSAY_VALUE_MAP = 6 /* items with keys */
};
typedef struct assay_value {
    size_t struct_size;
    int32_t kind;
    int32_t boolean;
    int64_t integer; /* also set for FLOAT where the value is whole */
    double number;   /* also set for INT */
    assay_str text;
    assay_str key; /* in a map */
    const struct assay_value* items;
    size_t n_items;
} assay_value;

/* The host, as a plugin sees it. Optional services are asked for by name; null means that this host lacks them. */
typedef struct assay_host {
    size_t struct_size;
    uint32_t abi_major, abi_minor;
    void* self;
    const void* (*get_extension)(const struct assay_host*, const char* name);
} assay_host;

#define ASSAY_EXT_LOG "assay.log/1"
enum { ASSAY_LOG_DEBUG = 0, ASSAY_LOG_INFO = 1, ASSAY_LOG_WARNING = 2, ASSAY_LOG_ERROR = 3 };
typedef struct assay_ext_log {
    size_t struct_size;
    void (*log)(const assay_host*, int32_t level, assay_str message);
} assay_ext_log;

#define ASSAY_EXT_CANCEL "assay.cancel/1"
typedef struct assay_ext_cancel {
    size_t struct_size;
    int32_t (*cancelled)(const assay_host*); /* 1: stop soon and answer ASSAY_CANCELLED */
} assay_ext_cancel;

#define ASSAY_EXT_OUTPUT "assay.output/1"
typedef struct assay_ext_output {
    size_t struct_size;
    /* Keeps a file beside the reports, whole or not at all, in place of an older one. `name` is relative to their
     * folder, its parts divided by '/': "llm/1.json". For stages that conclude. */
    int32_t (*keep)(const assay_host*, assay_str name, assay_str bytes, assay_error*);
} assay_ext_output;

#define ASSAY_EXT_JOBS "assay.jobs/1"
typedef struct assay_ext_jobs {
    size_t struct_size;
    /* So many threads `finish` of an analyzer may use at a time, from 1. All of them may ask its corpus, and what that
     * answers then stays valid until `finish` returns. */
    size_t (*jobs)(const assay_host*);
} assay_ext_jobs;

/* ---- tables ------------------------------------------------------------------------------------------------------
 * A table is an Arrow schema (struct of columns) and record batches of it. Column formats: "b" bool, "l" int64,
 * "g" float64, "u" utf8, "tsu:" + zone timestamp in microseconds. Field metadata, all optional:
 *   assay.role       metric | parameter | identifier | timestamp | status | text
 *   assay.unit       UCUM, as OpenTelemetry writes it: s, ms, By, {token}/s, %
 *   assay.direction  higher | lower
 *   assay.label      a name for readers
 *   assay.untyped    1: the column is text whose type the host decides; the parser then converts to the type the plan
 *                    names (utf8 columns only, needs a sample)
 *   assay.scope      document: the value belongs to the document around the table and is repeated on its rows
 *   assay.pointer    where the column comes from, as a JSON pointer pattern relative to the document (`*`: row)
 */
enum { ASSAY_TYPE_BOOL = 1, ASSAY_TYPE_INT = 2, ASSAY_TYPE_FLOAT = 3, ASSAY_TYPE_TEXT = 4, ASSAY_TYPE_TIME = 5 };
enum {
    ASSAY_ROLE_METRIC = 1,
    ASSAY_ROLE_PARAMETER = 2,
    ASSAY_ROLE_IDENTIFIER = 3,
    ASSAY_ROLE_TIMESTAMP = 4,
    ASSAY_ROLE_STATUS = 5,
    ASSAY_ROLE_TEXT = 6
};
enum { ASSAY_DIRECTION_UNKNOWN = 0, ASSAY_DIRECTION_HIGHER = 1, ASSAY_DIRECTION_LOWER = 2 };
/* Who decided a property of a column, strongest first. */
enum { ASSAY_SOURCE_NONE = 0, ASSAY_SOURCE_PIPELINE = 1, ASSAY_SOURCE_PARSER = 2, ASSAY_SOURCE_INFERRED = 3 };
enum { ASSAY_TABLE_DATA = 0, ASSAY_TABLE_CLAIMS = 1, ASSAY_TABLE_NODES = 2, ASSAY_TABLE_DIAGNOSTICS = 3 };
/* Published: the row is itself a statistic of other rows, and no observation. */
enum { ASSAY_ROW_OK = 0, ASSAY_ROW_FAILED = 1, ASSAY_ROW_SUSPECT = 2, ASSAY_ROW_PUBLISHED = 3 };

/* How numbers and times are written in an untyped column; decided by the host from the sample. */
typedef struct assay_cell_format {
    char decimal;  /* '.' or ',' */
    char grouping; /* thousands separator, 0 where there is none */
    int16_t reserved;
    double scale;     /* multiply by this after reading; 1 unless the plan says otherwise */
    assay_str suffix; /* unit or percent sign that follows the number, empty where there is none */
} assay_cell_format;

/* One column of a table plan. */
typedef struct assay_column {
    size_t struct_size;
    assay_str name, label;
    assay_str unit;
    assay_str unit_reason, role_reason; /* for people: "suffix _ms of the name" */
    int32_t type, role, direction;
    int32_t role_source, unit_source;
    int32_t document_scope; /* 1: repeated from the document around the table */
    int32_t aggregate; /* 1: each value is itself a statistic (a mean, a percentile) of observations not given here */
    int32_t dimension; /* 1: a parameter with few levels in the sample: fit to divide rows into cells */
    assay_cell_format format;
} assay_column;

/* What all analyzers see of a table: decided in one place, by the host. */
typedef struct assay_table {
    size_t struct_size;
    assay_str name;
    int32_t kind; /* ASSAY_TABLE_* */
    const assay_column* columns;
    size_t n_columns;
    size_t column_size; /* stride of `columns` in bytes */
} assay_table;

/* ---- parser ------------------------------------------------------------------------------------------------------ */

/* The bytes of an artifact, decompressed. Owned by the host; valid during `parse`. */
typedef struct assay_input {
    size_t struct_size;
    void* self;
    assay_str name; /* the file's own name without its folders, for messages; never to be opened */
    uint64_t size;  /* decompressed bytes, or ASSAY_UNKNOWN */
    /* Reads up to `size` bytes at `offset`; *got is 0 at the end. Reading forward is fast; going back in compressed
     * content decompresses again. */
    int32_t (*read_at)(struct assay_input*, uint64_t offset, void* buffer, size_t size, size_t* got, assay_error*);
    /* All bytes at once, followed by 64 readable bytes. Fails with reason "too-large" beyond the host's limit. */
    int32_t (*view)(struct assay_input*, assay_str* out, assay_error*);
} assay_input;

/* What a parser is shown before it decides: the first bytes (decompressed) and the file's name. */
typedef struct assay_head {
    size_t struct_size;
    assay_str name;
    assay_str bytes;
    int32_t complete; /* 1: `bytes` is the whole content */
} assay_head;

typedef struct assay_probe {
    size_t struct_size;
    int32_t confidence; /* 0 not mine, 1..100; content counts for more than a name, a name alone is at most 10 */
    assay_sink* reason; /* one short clause for `assay explain` */
} assay_probe;

enum { ASSAY_SEVERITY_INFO = 0, ASSAY_SEVERITY_WARNING = 1, ASSAY_SEVERITY_ERROR = 2 };
typedef struct assay_diagnostic {
    size_t struct_size;
    int32_t severity;
    assay_str code; /* stable, kebab-case: "ragged-row" */
    assay_str message;
    assay_str table;       /* may be empty */
    assay_str column_name; /* may be empty */
    assay_str pointer;     /* JSON pointer, may be empty */
    uint64_t line, column; /* from 1, or ASSAY_UNKNOWN */
    uint64_t offset;       /* bytes from the start, or ASSAY_UNKNOWN */
    uint64_t count;        /* how many alike this one stands for; at least 1 */
} assay_diagnostic;

/* Where a parser puts what it finds. Tables come one after another: begin, batches, end. Any answer but ASSAY_OK means:
 * stop and answer that code. */
typedef struct assay_table_sink {
    size_t struct_size;
    void* self;
    /* `sample` (may be null) holds the first rows in the schema's own types; the host looks at 1,024 of them at most.
     * It is needed where columns are untyped, and improves roles elsewhere. It is not data: its rows come again in a
     * batch. Both Arrow structs stay the caller's. `*plan` stays valid until `end`. */
    int32_t (*begin)(struct assay_table_sink*, assay_str name, int32_t kind, const struct ArrowSchema* schema,
                     const struct ArrowArray* sample, const assay_table** plan, assay_error*);
    /* One record batch, of the plan's types, at most 65,536 rows; taken over whatever the answer. `chunk` counts
     * fixed-size parts of the content (what the parser would parse side by side), ascending from 0.
     * `line` (may be null): for each row, the line or record number in the artifact, from 1. */
    int32_t (*batch)(struct assay_table_sink*, struct ArrowArray* batch, uint64_t chunk, const uint64_t* line,
                     assay_error*);
    /* A cell that did not fit the plan's type and became null. `could_be`: the narrowest ASSAY_TYPE_* that holds it. */
    int32_t (*misfit)(struct assay_table_sink*, size_t column, int32_t could_be, uint64_t line, assay_str cell);
    /* Rows that could not be used at all (ragged, broken quotes); pair it with a diagnostic. */
    int32_t (*reject)(struct assay_table_sink*, uint64_t rows);
    int32_t (*end)(struct assay_table_sink*, assay_error*);
    /* Takes a whole table from any Arrow library's stream; begin, batches and end in one call. */
    int32_t (*stream)(struct assay_table_sink*, assay_str name, int32_t kind, struct ArrowArrayStream* stream,
                      assay_error*);
    void (*diagnostic)(struct assay_table_sink*, const assay_diagnostic*);
    /* Drops all that was given, as if the call had just begun: for a parser that learns late that what it took for
     * granted of the content does not hold. */
    int32_t (*start_over)(struct assay_table_sink*, assay_error*);
} assay_table_sink;

/* Where a record begins. */
typedef struct assay_place {
    uint64_t offset, line; /* bytes before it; from 1 */
} assay_place;

/* A part of a large content, for a parser that reads parts side by side. */
typedef struct assay_part {
    size_t struct_size;
    uint64_t begin, end;      /* bytes of the content; a record belongs to the part that it begins in */
    const assay_str* surveys; /* of all parts before this one, in their order */
    size_t n_surveys;
    /* What all parts wrote to `found` in the round before, in their order; none in the first round. */
    const assay_str* known;
    size_t n_known;
    /* Takes what the parser learned of the part: for another round, and for `join_parts`. */
    assay_sink* found;
    /* Set by the parser: where the first record at or behind `begin`, and the first at or behind `end`, truly begin;
     * the end of the content where there is none. The host throws the parts away where one does not begin as the one
     * before it ended. */
    assay_place began, ended;
    /* Set by the parser; 1: what it took for granted of the whole does not hold. What any part gave is dropped, and all
     * are parsed once more, with what each has found; a few rounds at most. */
    int32_t again;
} assay_part;

/* `survey` and `parse_part` are optional, both or none: a parser that has them can read a large content in parts, each
 * in a process of its own, where no part saw another's rows. First each part is surveyed: what the parser notes of its
 * bytes goes to all parts behind it. Then each is parsed. All parts together must give what `parse` gives: one table,
 * begun with the same schema and sample in every part, chunk numbers that no two parts share, remarks on the head of
 * the content from the first part only. A part that cannot promise that answers ASSAY_NOT_MINE, and `parse` is called.
 * `begin` and `end` are multiples of 4 MiB, but for the end of the last part.
 * `join_parts` is optional too: once all parts are parsed, it tells the remarks on the whole that no part can tell, by
 * what each has found. */
typedef struct assay_parser {
    size_t struct_size;
    int32_t (*configure)(void* self, const assay_value* options, assay_error*);
    int32_t (*probe)(void* self, const assay_head* head, assay_probe* out, assay_error*);
    int32_t (*parse)(void* self, assay_input* input, assay_table_sink* out, assay_error*);
    int32_t (*survey)(void* self, assay_input* input, uint64_t begin, uint64_t end, assay_sink* out, assay_error*);
    int32_t (*parse_part)(void* self, assay_input* input, assay_part* part, assay_table_sink* out, assay_error*);
    int32_t (*join_parts)(void* self, const assay_str* found, size_t n_found, assay_table_sink* out, assay_error*);
} assay_parser;

/* ---- analyzer -----------------------------------------------------------------------------------------------------
 */

/* An artifact's content, without its path: a partial belongs to content. */
typedef struct assay_content {
    size_t struct_size;
    assay_str sha256; /* 64 lower-case hex digits; empty where the content could not be read */
    assay_str parser; /* empty where no parser claimed it */
    uint64_t bytes;
} assay_content;

enum { ASSAY_OUTCOME_PARSED = 0, ASSAY_OUTCOME_FAILED = 1, ASSAY_OUTCOME_SKIPPED = 2, ASSAY_OUTCOME_UNCLAIMED = 3 };

typedef struct assay_batch {
    size_t struct_size;
    const struct ArrowArray* rows; /* struct array; children in the plan's order */
    const uint8_t* status;         /* ASSAY_ROW_* per row */
    const uint64_t* line;          /* per row, or null */
    uint64_t chunk;                /* which part of the content */
    uint64_t first_row;            /* of this batch within its chunk, from 0 */
} assay_batch;

typedef struct assay_key_value {
    assay_str key, value, source; /* source, for people: "path segment 2" */
} assay_key_value;

/* In conclude: a table of an artifact, with counts. */
typedef struct assay_table_record {
    size_t struct_size;
    const assay_table* plan;
    uint64_t rows_ok, rows_failed, rows_suspect, rows_rejected;
    size_t dataset; /* index, or SIZE_MAX where it belongs to none */
    uint64_t rows_published;
} assay_table_record;

/* In conclude: an artifact as it was seen, in path order. */
typedef struct assay_artifact {
    size_t struct_size;
    assay_str path, directory, name;
    assay_str sha256, parser;
    uint64_t bytes;
    int64_t modified_us; /* since 1970 UTC; INT64_MIN unknown */
    int32_t outcome;     /* ASSAY_OUTCOME_* */
    assay_str reason_code, reason;
    size_t duplicate_of; /* index of the first artifact with the same bytes, SIZE_MAX if this is the first */
    const assay_table_record* tables;
    size_t n_tables, table_size;       /* stride */
    const assay_key_value* dimensions; /* of the whole artifact: path, siblings, document */
    size_t n_dimensions;
    uint64_t diagnostics;
} assay_artifact;

/* In conclude: tables of one schema family. `tables[i]` are pairs (artifact index, table index). */
typedef struct assay_dataset {
    size_t struct_size;
    assay_str id, title;
    const size_t (*tables)[2];
    size_t n_tables;
} assay_dataset;

/* What `finish` works on. Valid during the call. */
typedef struct assay_corpus {
    size_t struct_size;
    void* self;
    const assay_artifact* artifacts;
    size_t n_artifacts, artifact_size; /* stride */
    const assay_dataset* datasets;
    size_t n_datasets, dataset_size; /* stride */
    assay_str stage;                 /* this stage's name in the pipeline */
    int64_t now_us;                  /* SOURCE_DATE_EPOCH, else the start of the run */
    /* The saved partial of a stage for an artifact; empty where there is none. `stage` empty: this stage's own;
     * else the `provides` name of a needed one ("profile/1"). Valid until the next call. */
    assay_str (*partial)(const struct assay_corpus*, assay_str stage, size_t artifact);
    /* Records that needed stages gave, in their order; `stage` "*": of all that it takes from, one after another. */
    size_t (*n_records)(const struct assay_corpus*, assay_str stage, int32_t kind);
    assay_str (*record)(const struct assay_corpus*, assay_str stage, int32_t kind, size_t index);
} assay_corpus;

/* A fragment of the report is given record by record, each one JSON object as docs/report.md describes it. */
enum {
    ASSAY_RECORD_FACT = 1,
    ASSAY_RECORD_FINDING = 2,
    ASSAY_RECORD_CLAIM = 3,
    ASSAY_RECORD_NARRATIVE = 4,
    ASSAY_RECORD_SECTION = 5,
    ASSAY_RECORD_ARTIFACT = 6, /* in a report only */
    ASSAY_RECORD_DATASET = 7   /* in a report only */
};
typedef struct assay_fragment {
    size_t struct_size;
    void* self;
    /* `rank`: what is kept when a limit is reached, smallest first; ties by order of arrival. */
    int32_t (*add)(struct assay_fragment*, int32_t kind, uint32_t rank, assay_str json, assay_error*);
} assay_fragment;

/* Fold calls (artifact_begin .. merge) may all be null: an analyzer over other stages' facts. */
typedef struct assay_analyzer {
    size_t struct_size;
    int32_t (*configure)(void* self, const assay_value* options, assay_error*);
    /* Starts from nothing: state of an earlier artifact is gone. */
    int32_t (*artifact_begin)(void* self, const assay_content* content, assay_error*);
    int32_t (*table_begin)(void* self, const assay_table* table, assay_error*);
    int32_t (*update)(void* self, const assay_batch* batch, assay_error*);
    int32_t (*table_end)(void* self, uint64_t rows_rejected, assay_error*);
    int32_t (*artifact_end)(void* self, int32_t outcome, assay_error*);
    /* The state of the artifact just folded; begins with the stage's own id and state version. */
    int32_t (*save)(void* self, assay_sink* out, assay_error*);
    /* Replaces the state: what follows goes on as if its tables had been folded here. Short or foreign bytes:
     * ASSAY_BAD_STATE. */
    int32_t (*load)(void* self, assay_str state, assay_error*);
    /* Joins the state of other chunks of the same artifact. Order must not matter. */
    int32_t (*merge)(void* self, assay_str state, assay_error*);
    int32_t (*finish)(void* self, const assay_corpus* corpus, assay_fragment* out, assay_error*);
    /* Optional, for `assay plan`: what the stage, configured as it is, would send where; a line each. Sends nothing. */
    int32_t (*sends)(void* self, assay_sink* out, assay_error*);
} assay_analyzer;

/* ---- renderer -----------------------------------------------------------------------------------------------------
 */

/* One table of an artifact, given row by row. Where it stands in the report: the artifact's record tells its path and
 * dimensions, and by table its dataset. */
typedef struct assay_row_table {
    size_t struct_size;
    size_t artifact; /* index of its ASSAY_RECORD_ARTIFACT */
    size_t table;    /* index among the `tables` of that record */
    const assay_table* plan;
} assay_row_table;

/* Takes rows: tables come one after another, in path order. Any answer but ASSAY_OK ends it. */
typedef struct assay_row_receiver {
    size_t struct_size;
    void* self;
    int32_t (*table_begin)(struct assay_row_receiver*, const assay_row_table* table, assay_error*);
    /* Borrowed for the call; `status` is as analyzers saw it. */
    int32_t (*batch)(struct assay_row_receiver*, const assay_batch* batch, assay_error*);
    int32_t (*table_end)(struct assay_row_receiver*, assay_error*);
    /* An artifact of the report whose rows cannot be had any more, and why; none of them is given. */
    int32_t (*lost)(struct assay_row_receiver*, size_t artifact, assay_str reason_code, assay_str reason, assay_error*);
} assay_row_receiver;

/* The report, read only. `run`, `inventory` and `summary` are JSON objects; records are JSON objects by kind. */
typedef struct assay_report {
    size_t struct_size;
    void* self;
    assay_str run, inventory, summary;
    size_t (*n_records)(const struct assay_report*, int32_t kind);
    assay_str (*record)(const struct assay_report*, int32_t kind, size_t index); /* valid until the next call */
    /* Gives the rows of all data tables to `to`, but for copies of an artifact: these are listed, and counted once.
     * An artifact's rows come whole or not at all. May be called more than once. Null, or beyond struct_size, for a
     * renderer that does not need rows. */
    int32_t (*rows)(const struct assay_report*, assay_row_receiver* to, assay_error*);
} assay_report;

typedef struct assay_renderer {
    size_t struct_size;
    int32_t (*configure)(void* self, const assay_value* options, assay_error*);
    int32_t (*render)(void* self, const assay_report* report, assay_sink* out, assay_error*);
    /* Optional, for a component whose manifest says `"needs": ["rows"]`: 1 where it needs them with the options it has;
     * without this call it always does. Getting rows means reading every artifact once more. */
    int32_t (*needs_rows)(void* self);
} assay_renderer;

/* ---- entry --------------------------------------------------------------------------------------------------------
 */

enum { ASSAY_KIND_PARSER = 1, ASSAY_KIND_ANALYZER = 2, ASSAY_KIND_RENDERER = 3 };

typedef struct assay_component {
    size_t struct_size;
    int32_t kind;
    void* self;
    const void* calls; /* assay_parser, assay_analyzer or assay_renderer; lives as long as the plugin */
} assay_component;

typedef struct assay_plugin {
    size_t struct_size;
    uint32_t abi_major, abi_minor;
    const char* (*manifest)(void); /* JSON text, terminated, owned by the plugin; see docs/plugin-author.md */
    int32_t (*create)(const assay_host* host, assay_str component_id, assay_component* out, assay_error*);
    void (*destroy)(assay_component*);
} assay_plugin;

/* The one symbol a plugin exports. */
#if defined(__GNUC__)
#define ASSAY_EXPORT __attribute__((visibility("default")))
#else
#define ASSAY_EXPORT
#endif
extern ASSAY_EXPORT const assay_plugin assay_plugin_entry;

#ifdef __cplusplus
}
#endif

#endif /* ASSAY_ABI_H */
