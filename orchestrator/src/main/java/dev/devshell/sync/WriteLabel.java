package dev.devshell.sync;

/** Goes with a write on the host, so that whoever keeps the version that it replaces knows on whose behalf it was. */
record WriteLabel(String service, boolean conflict) {}
