/** See module-info. */
package io.coffer.checksums;
