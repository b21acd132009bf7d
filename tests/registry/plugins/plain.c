/* A parser in plain C, which uses what the host offers by name. */
#include <assay/abi.h>
#include <string.h>

static const char* manifest(void) {
    return "{\"assay_manifest\":1,\"id\":\"plain\",\"version\":\"1.0\",\"abi\":[0,1],\"license\":\"MIT\","
           "\"components\":[{\"kind\":\"parser\",\"id\":\"plain\",\"summary\":\"plain C\",\"extensions\":[\".bin\"]}]}";
}

static int32_t probe(void* self, const assay_head* head, assay_probe* out, assay_error* error) {
    (void)self, (void)error;
    out->confidence = head->bytes.size > 0 ? 400 : 0; /* more than there is */
    out->reason->write(out->reason, "it has bytes", 12);
    return ASSAY_OK;
}

static int32_t parse(void* self, assay_input* input, assay_table_sink* out, assay_error* error) {
    (void)input, (void)out, (void)error;
    const assay_host* host = self;
    const assay_ext_log* log = host->get_extension(host, ASSAY_EXT_LOG);
    const assay_ext_cancel* cancel = host->get_extension(host, ASSAY_EXT_CANCEL);
    const char* words = "parsing in C";
    if (log) log->log(host, 99, (assay_str){words, strlen(words)});
    return cancel && cancel->cancelled(host) ? ASSAY_CANCELLED : ASSAY_OK;
}

static const assay_parser calls = {sizeof(assay_parser), NULL, probe, parse, NULL, NULL, NULL};

static int32_t create(const assay_host* host, assay_str id, assay_component* out, assay_error* error) {
    (void)id, (void)error;
    out->kind = ASSAY_KIND_PARSER;
    out->self = (void*)(uintptr_t)host;
    out->calls = &calls;
    return ASSAY_OK;
}
static void destroy(assay_component* component) { (void)component; }

const assay_plugin assay_plugin_entry = {
    sizeof(assay_plugin), ASSAY_ABI_MAJOR, ASSAY_ABI_MINOR, manifest, create, destroy};
