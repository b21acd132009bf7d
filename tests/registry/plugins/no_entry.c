/* A shared object that exports no entry, and with UNDEFINED one that cannot be linked either. */
#include "section.h"
#include <assay/abi.h>

ASSAY_EXPORT int something_else(void);
#ifdef UNDEFINED
int nowhere_defined(void);
int something_else(void) { return nowhere_defined(); }
#else
int something_else(void) { return 1; }
#endif
