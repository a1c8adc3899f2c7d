/** Everything between the transport's exchange and the service's handlers. */
package io.coffer.api;
