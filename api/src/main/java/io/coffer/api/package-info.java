/** See module-info. */
package io.coffer.api;
