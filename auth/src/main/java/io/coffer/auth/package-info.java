/** See module-info. */
package io.coffer.auth;
