/* Components that break the rules, one each. */
#include <assay/abi.h>
#include <string.h>

static const char* manifest(void) {
    return "{\"assay_manifest\":1,\"id\":\"odd\",\"version\":\"1\",\"abi\":[0,1],\"components\":["
           "{\"kind\":\"parser\",\"id\":\"odd\"}]}";
}

static int32_t probe(void* self, const assay_head* head, assay_probe* out, assay_error* error) {
    (void)self, (void)head, (void)out, (void)error;
    return 42; /* no such code */
}
static int32_t parse(void* self, assay_input* input, assay_table_sink* out, assay_error* error) {
    (void)self, (void)input, (void)out;
    error->set(error, (assay_str){NULL, 7}, (assay_str){NULL, 9}); /* null texts with lengths */
    return ASSAY_FAILED;
}
static int32_t update(void* self, const assay_batch* batch, assay_error* error) {
    (void)self, (void)batch, (void)error;
    return ASSAY_OK;
}
static int32_t finish(void* self, const assay_corpus* corpus, assay_fragment* out, assay_error* error) {
    (void)self, (void)corpus, (void)out, (void)error;
    return ASSAY_OK;
}

static const assay_parser rude = {sizeof(assay_parser), NULL, probe, parse, NULL, NULL, NULL};
static const assay_parser cut = {offsetof(assay_parser, parse), NULL, probe, parse, NULL, NULL, NULL};
static const assay_analyzer half = {.struct_size = sizeof(assay_analyzer), .update = update, .finish = finish};

static int32_t create(const assay_host* host, assay_str id, assay_component* out, assay_error* error) {
    (void)host;
    const int is_half = id.size == 4 && memcmp(id.data, "half", 4) == 0;
    out->kind = is_half ? ASSAY_KIND_ANALYZER : ASSAY_KIND_PARSER;
    if (is_half) {
        out->calls = &half;
    } else if (id.size == 3 && memcmp(id.data, "cut", 3) == 0) {
        out->calls = &cut;
    } else if (id.size == 4 && memcmp(id.data, "rude", 4) == 0) {
        out->calls = &rude;
    } else if (id.size != 4 || memcmp(id.data, "null", 4) != 0) {
        const char* why = "no such thing";
        error->set(error, (assay_str){"no-component", 12}, (assay_str){why, strlen(why)});
        return ASSAY_FAILED;
    }
    return ASSAY_OK;
}
static void destroy(assay_component* component) { (void)component; }

const assay_plugin assay_plugin_entry = {
    sizeof(assay_plugin), ASSAY_ABI_MAJOR, ASSAY_ABI_MINOR, manifest, create, destroy};
