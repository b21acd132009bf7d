/* Puts the file SECTION, where it is defined, into the manifest section, as a build without objcopy would. */
#ifdef SECTION
__asm__(".pushsection .assay.manifest,\"\",@progbits\n.incbin \"" SECTION "\"\n.popsection");
#endif
