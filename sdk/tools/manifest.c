/* assay-manifest PLUGIN.so OUT: writes the plugin's own description of itself to OUT. Run by assay_add_plugin. */
#include <assay/abi.h>
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

int main(int argc, char** argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: assay-manifest PLUGIN.so OUT\n");
        return 2;
    }
    void* library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        fprintf(stderr, "assay-manifest: cannot load the plugin: %s\n", dlerror());
        return 1;
    }
    const assay_plugin* entry = (const assay_plugin*)dlsym(library, "assay_plugin_entry");
    if (!entry) {
        fprintf(stderr, "assay-manifest: %s exports no 'assay_plugin_entry'; is ASSAY_PLUGIN(...) missing?\n", argv[1]);
        return 1;
    }
    const char* text = entry->manifest ? entry->manifest() : NULL;
    if (!text) {
        fprintf(stderr, "assay-manifest: %s gives no manifest\n", argv[1]);
        return 1;
    }
    FILE* out = fopen(argv[2], "wb");
    if (!out || fwrite(text, 1, strlen(text), out) != strlen(text) || fclose(out) != 0) {
        fprintf(stderr, "assay-manifest: cannot write %s\n", argv[2]);
        return 1;
    }
    return 0;
}
