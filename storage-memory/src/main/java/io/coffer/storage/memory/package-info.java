/** See module-info. */
package io.coffer.storage.memory;
