/** The API that users of the library see: sessions, services, what the sync says of itself, and its errors. */
@NullMarked
package dev.devshell;

import org.jspecify.annotations.NullMarked;
