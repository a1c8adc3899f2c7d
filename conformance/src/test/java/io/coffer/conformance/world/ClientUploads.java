package io.coffer.conformance.world;

import io.coffer.model.Body;
import io.coffer.model.s3.AbortMultipartUploadRequest;
import io.coffer.model.s3.CompleteMultipartUploadOutput;
import io.coffer.model.s3.CompleteMultipartUploadRequest;
import io.coffer.model.s3.CompletedMultipartUpload;
import io.coffer.model.s3.CompletedPart;
import io.coffer.model.s3.CreateMultipartUploadOutput;
import io.coffer.model.s3.CreateMultipartUploadRequest;
import io.coffer.model.s3.Operation;
import io.coffer.model.s3.UploadPartCopyOutput;
import io.coffer.model.s3.UploadPartCopyRequest;
import io.coffer.model.s3.UploadPartOutput;
import io.coffer.model.s3.UploadPartRequest;
import java.util.ArrayList;
import java.util.Map;

/** The steps of a workload that have to do with uploads. One thread. */
final class ClientUploads {
  private final Client client;
  private final Names names;

  ClientUploads(Client client, Names names) {
    this.client = client;
    this.names = names;
  }

  String create(int step, Op.CreateUpload create) {
    var request =
        CreateMultipartUploadRequest.builder()
            .bucket(create.at().bucket())
            .key(create.at().key())
            .metadata(Map.of("made-by", Integer.toString(step)))
            .build();
    var output =
        client.call(Operation.CREATE_MULTIPART_UPLOAD, request, CreateMultipartUploadOutput.class);
    names.upload(step, output.uploadId());
    return "ok upload=" + names.of(output.uploadId());
  }

  String part(int step, Op.UploadPart part) {
    var request =
        UploadPartRequest.builder()
            .bucket(part.at().bucket())
            .key(part.at().key())
            .uploadId(names.uploadId(part.upload()))
            .partNumber(part.number())
            .body(Body.of(part.body().make()))
            .build();
    var output = client.call(Operation.UPLOAD_PART, request, UploadPartOutput.class);
    names.part(step, part.number(), output.eTag());
    return "ok etag=" + Answers.bare(output.eTag());
  }

  String copy(int step, Op.UploadPartCopy part) {
    var range = part.range();
    var request =
        UploadPartCopyRequest.builder()
            .bucket(part.at().bucket())
            .key(part.at().key())
            .uploadId(names.uploadId(part.upload()))
            .partNumber(part.number())
            .copySource(client.source(part.from(), part.version()))
            .copySourceRange(range == null ? null : range.toString())
            .build();
    var output = client.call(Operation.UPLOAD_PART_COPY, request, UploadPartCopyOutput.class);
    var result = output.copyPartResult();
    names.part(step, part.number(), result == null ? null : result.eTag());
    return "ok etag=%s source=%s"
        .formatted(Answers.bare(names.eTagOf(step)), names.of(output.copySourceVersionId()));
  }

  String complete(int step, Op.Complete complete) {
    var parts = new ArrayList<CompletedPart>();
    for (int part : complete.parts()) {
      var number = names.partNumber(part);
      if (number != null) {
        parts.add(CompletedPart.builder().partNumber(number).eTag(names.eTagOf(part)).build());
      }
    }
    var request =
        CompleteMultipartUploadRequest.builder()
            .bucket(complete.at().bucket())
            .key(complete.at().key())
            .uploadId(names.uploadId(complete.upload()))
            .multipartUpload(CompletedMultipartUpload.builder().parts(parts).build())
            .ifMatch(client.ifMatch(complete.condition()))
            .ifNoneMatch(Client.ifNoneMatch(complete.condition()))
            .build();
    var output =
        client.call(
            Operation.COMPLETE_MULTIPART_UPLOAD, request, CompleteMultipartUploadOutput.class);
    return client.made(step, output.eTag(), output.versionId());
  }

  String abort(Op.Abort abort) {
    var request =
        AbortMultipartUploadRequest.builder()
            .bucket(abort.at().bucket())
            .key(abort.at().key())
            .uploadId(names.uploadId(abort.upload()))
            .build();
    client.call(Operation.ABORT_MULTIPART_UPLOAD, request, Object.class);
    return "ok";
  }
}
