/** See module-info. */
package io.coffer.service;
