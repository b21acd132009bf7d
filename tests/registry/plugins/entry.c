/* A plugin with an entry and nothing behind it. What is wrong with it is chosen when it is compiled. */
#include "section.h"
#include <assay/abi.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#ifndef MAJOR
#define MAJOR ASSAY_ABI_MAJOR
#endif
#ifndef CREATE
#define CREATE create
#endif
#ifndef ENTRY_SIZE
#define ENTRY_SIZE sizeof(assay_plugin)
#endif
#ifndef AT_LOAD
#define AT_LOAD 0
#endif

__attribute__((constructor)) static void at_load(void) {
    if (AT_LOAD == 1) raise(SIGSEGV);
    while (AT_LOAD == 2) pause();
    if (AT_LOAD == 3) exit(0);
    if (AT_LOAD == 4) {
        puts("a plugin talks to stdout");
        fflush(stdout);
    }
}

static const char* manifest(void) {
    return "{\"assay_manifest\":1,\"id\":\"entry\",\"version\":\"1.2\",\"abi\":[0,1],\"license\":\"MIT\","
           "\"components\":[{\"kind\":\"parser\",\"id\":\"entry\"}]}";
}

int32_t create(const assay_host* host, assay_str id, assay_component* out, assay_error* error);
int32_t create(const assay_host* host, assay_str id, assay_component* out, assay_error* error) {
    (void)host, (void)id, (void)out, (void)error;
    return ASSAY_FAILED;
}
static void destroy(assay_component* component) { (void)component; }

const assay_plugin assay_plugin_entry = {ENTRY_SIZE, MAJOR, 1, manifest, CREATE, destroy};
