#pragma once
// ASSAY_VECTORIZED before a function: it is compiled once more for the wider registers that a processor may have, and
// the dynamic linker takes the widest that the machine at hand does have. What a loop gives must not depend on it: sums
// go in lanes of a number that is fixed in the code, and nothing may contract a product and a sum (-ffp-contract=off).
#include <cstddef>

// Only where the linker knows such functions; sanitizers do not. Without optimization there is nothing to gain.
#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__) && defined(__OPTIMIZE__) &&  \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define ASSAY_VECTORIZED [[gnu::target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")]]
// Two functions of one name: the first for any processor, the second for those with AVX-512, in its own instructions.
#define ASSAY_DEFAULT_TARGET [[gnu::target("default")]]
#define ASSAY_WIDE_TARGET [[gnu::target("arch=x86-64-v4")]]
#else
#define ASSAY_VECTORIZED
#define ASSAY_DEFAULT_TARGET
#endif
