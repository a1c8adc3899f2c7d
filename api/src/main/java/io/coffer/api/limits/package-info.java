/**
 * How much may be asked of a server: requests at once, bytes a second, signatures that do not hold.
 * It knows accounts and addresses by their names alone, and nothing of S3.
 */
package io.coffer.api.limits;
