package io.coffer.conformance.world;

import io.coffer.service.Service;

/** Where a service runs. */
interface Site {
  /** The one that runs now. */
  Service service();

  /** Ends it as an operator would, and starts it again over the same data. */
  void restart();
}
