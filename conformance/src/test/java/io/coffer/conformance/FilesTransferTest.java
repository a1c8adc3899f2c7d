package io.coffer.conformance;

class FilesTransferTest extends TransferSuite {
  FilesTransferTest() {
    super(true);
  }
}
