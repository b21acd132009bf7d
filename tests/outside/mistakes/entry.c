/* A plugin that cannot be used, for the reason that is chosen when it is compiled. */
#include <assay/abi.h>
#include <stddef.h>

#ifdef WRONG_ABI
enum { major = 9 };
static const char* manifest(void) {
    return "{\"assay_manifest\": 1, \"id\": \"parser/wrong_abi\", \"version\": \"1.0\", \"abi\": [9, 0],"
           " \"components\": [{\"kind\": \"parser\", \"id\": \"wrong_abi\"}]}";
}
#else
enum { major = ASSAY_ABI_MAJOR };
static const char* manifest(void) { return "{\"assay_manifest\": 1, \"id\": }"; }
#endif

static int32_t create(const assay_host* host, assay_str id, assay_component* out, assay_error* error) {
    (void)host, (void)id, (void)out, (void)error;
    return ASSAY_FAILED;
}
static void destroy(assay_component* component) { (void)component; }

const assay_plugin assay_plugin_entry = {sizeof(assay_plugin), major, 0, manifest, create, destroy};
