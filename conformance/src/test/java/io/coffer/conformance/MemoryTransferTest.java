package io.coffer.conformance;

class MemoryTransferTest extends TransferSuite {
  MemoryTransferTest() {
    super(false);
  }
}
