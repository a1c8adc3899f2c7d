/** What the backend asks of a disk for the files that are its own. */
package io.coffer.storage.files.disk;
