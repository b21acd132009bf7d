/* Built with a later SDK of the same major version: larger structs, and a manifest that says more. */
#include <assay/abi.h>

typedef struct later_plugin {
    assay_plugin now;
    void (*added)(void);
} later_plugin;
typedef struct later_renderer {
    assay_renderer now;
    void (*added)(void);
} later_renderer;

static const char* manifest(void) {
    return "{\"assay_manifest\":1,\"id\":\"newer\",\"version\":\"3\",\"abi\":[0,99],\"added\":{\"x\":[1]},"
           "\"components\":[{\"kind\":\"renderer\",\"id\":\"newer\",\"added\":true}]}";
}
static void added(void) {}
static int32_t render(void* self, const assay_report* report, assay_sink* out, assay_error* error) {
    (void)self, (void)report, (void)error;
    return out->write(out, "newer", 5);
}
static const later_renderer calls = {{sizeof(later_renderer), NULL, render, NULL}, added};

static int32_t create(const assay_host* host, assay_str id, assay_component* out, assay_error* error) {
    (void)host, (void)id, (void)error;
    out->kind = ASSAY_KIND_RENDERER;
    out->calls = &calls;
    return ASSAY_OK;
}
static void destroy(assay_component* component) { (void)component; }

extern ASSAY_EXPORT const later_plugin later_entry __asm__("assay_plugin_entry");
const later_plugin later_entry = {{sizeof(later_plugin), ASSAY_ABI_MAJOR, 99, manifest, create, destroy}, added};
