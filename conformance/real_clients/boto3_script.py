"""What a Python program does with S3: `boto3_script.py ENDPOINT fill`, then `… check`."""

import io
import random
import sys
import urllib.error
import urllib.request

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import ClientError

ENDPOINT, STEP = sys.argv[1:]
BUCKET = "boto3"
BIG = random.Random(1).randbytes(17 * 1024 * 1024 + 5)
KEYS = ["a", "a/b", "a//b", "./c", "..", "d/", "ümläut & <xml> \"q\" + %41", "🗃/emoji", "k" * 1024]

s3 = boto3.client(
    "s3",
    endpoint_url=ENDPOINT,
    config=Config(
        # For URLs boto3 still prefers Signature V2, which AWS takes for old buckets only.
        signature_version="s3v4",
        s3={"addressing_style": "path"},
        retries={"max_attempts": 1},
    ),
)


def same(actual, expected):
    if actual != expected:
        raise AssertionError(f"{str(actual)[:300]} instead of {str(expected)[:300]}")


def refused(code, call, **parameters):
    try:
        call(**parameters)
    except ClientError as error:
        same(error.response["Error"]["Code"], code)
        return
    raise AssertionError(f"{code} was expected, and the call succeeded")


def read(key, **parameters):
    return s3.get_object(Bucket=BUCKET, Key=key, **parameters)["Body"].read()


def objects():
    s3.create_bucket(Bucket=BUCKET)
    same([bucket["Name"] for bucket in s3.list_buckets()["Buckets"]], [BUCKET])
    s3.put_object(
        Bucket=BUCKET,
        Key="plain",
        Body=b"hello",
        ContentType="text/x-test",
        CacheControl="max-age=5",
        Metadata={"colour": "blue"},
    )
    head = s3.head_object(Bucket=BUCKET, Key="plain")
    same(
        (head["ContentLength"], head["ContentType"], head["CacheControl"], head["Metadata"]),
        (5, "text/x-test", "max-age=5", {"colour": "blue"}),
    )
    same(head["ETag"], '"5d41402abc4b2a76b9719d911017c592"')
    same(read("plain", Range="bytes=1-3"), b"ell")
    same(read("plain", Range="bytes=-2"), b"lo")
    refused("InvalidRange", read, key="plain", Range="bytes=5-")
    refused("NoSuchKey", read, key="nothing")
    refused("304", read, key="plain", IfNoneMatch=head["ETag"])
    refused("PreconditionFailed", read, key="plain", IfMatch='"0"')
    refused(
        "PreconditionFailed", s3.put_object, Bucket=BUCKET, Key="plain", Body=b"x", IfNoneMatch="*"
    )
    for algorithm in ("CRC32", "SHA1", "SHA256"):
        put = s3.put_object(Bucket=BUCKET, Key="sum", Body=b"hello", ChecksumAlgorithm=algorithm)
        got = s3.get_object(Bucket=BUCKET, Key="sum", ChecksumMode="ENABLED")
        same(got[f"Checksum{algorithm}"], put[f"Checksum{algorithm}"])
        same(got["Body"].read(), b"hello")
    refused("BadDigest", s3.put_object, Bucket=BUCKET, Key="bad", Body=b"hello", ChecksumSHA256="A" * 43 + "=")
    s3.put_object_tagging(
        Bucket=BUCKET, Key="plain", Tagging={"TagSet": [{"Key": "k", "Value": "v w"}]}
    )
    tags = s3.get_object_tagging(Bucket=BUCKET, Key="plain")["TagSet"]
    same(tags, [{"Key": "k", "Value": "v w"}])


def keys_and_listings():
    for key in KEYS:
        s3.put_object(Bucket=BUCKET, Key="keys/" + key[:1019], Body=key.encode())
    expected = sorted(("keys/" + key[:1019] for key in KEYS), key=lambda key: key.encode())
    pages = s3.get_paginator("list_objects_v2").paginate(
        Bucket=BUCKET, Prefix="keys/", PaginationConfig={"PageSize": 2}
    )
    same([item["Key"] for page in pages for item in page["Contents"]], expected)
    same([item["Key"] for item in s3.list_objects(Bucket=BUCKET, Prefix="keys/")["Contents"]], expected)
    folded = s3.list_objects_v2(Bucket=BUCKET, Prefix="keys/a", Delimiter="/")
    same([item["Key"] for item in folded["Contents"]], ["keys/a"])
    same([item["Prefix"] for item in folded["CommonPrefixes"]], ["keys/a/"])
    for key in KEYS:
        same(read("keys/" + key[:1019]), key.encode())
    gone = s3.delete_objects(
        Bucket=BUCKET, Delete={"Objects": [{"Key": key} for key in [*expected, "keys/nothing"]]}
    )
    same(sorted(item["Key"] for item in gone["Deleted"]), sorted([*expected, "keys/nothing"]))
    same(s3.list_objects_v2(Bucket=BUCKET, Prefix="keys/")["KeyCount"], 0)


def multipart():
    config = TransferConfig(multipart_threshold=5 << 20, multipart_chunksize=5 << 20)
    s3.upload_fileobj(io.BytesIO(BIG), BUCKET, "big", Config=config)
    head = s3.head_object(Bucket=BUCKET, Key="big")
    same(head["ETag"][-3:], '-4"')
    same(s3.head_object(Bucket=BUCKET, Key="big", PartNumber=4)["ContentLength"], len(BIG) - (15 << 20))
    s3.copy({"Bucket": BUCKET, "Key": "big"}, BUCKET, "big copied in parts", Config=config)
    s3.copy_object(Bucket=BUCKET, Key="big copied", CopySource={"Bucket": BUCKET, "Key": "big"})
    upload = s3.create_multipart_upload(Bucket=BUCKET, Key="by hand", ChecksumAlgorithm="SHA256")
    this = {"Bucket": BUCKET, "Key": "by hand", "UploadId": upload["UploadId"]}
    parts = []
    for number, body in enumerate((BIG[: 5 << 20], b"end"), 1):
        done = s3.upload_part(**this, PartNumber=number, Body=body, ChecksumAlgorithm="SHA256")
        parts.append({"PartNumber": number, "ETag": done["ETag"], "ChecksumSHA256": done["ChecksumSHA256"]})
    same([part["Size"] for part in s3.list_parts(**this)["Parts"]], [5 << 20, 3])
    same([u["Key"] for u in s3.list_multipart_uploads(Bucket=BUCKET)["Uploads"]], ["by hand"])
    refused("InvalidPartOrder", s3.complete_multipart_upload, **this, MultipartUpload={"Parts": parts[::-1]})
    done = s3.complete_multipart_upload(**this, MultipartUpload={"Parts": parts})
    same(done["ChecksumSHA256"][-2:], "-2")
    aborted = s3.create_multipart_upload(Bucket=BUCKET, Key="aborted")["UploadId"]
    s3.upload_part(Bucket=BUCKET, Key="aborted", UploadId=aborted, PartNumber=1, Body=b"x")
    s3.abort_multipart_upload(Bucket=BUCKET, Key="aborted", UploadId=aborted)
    refused("NoSuchUpload", s3.list_parts, Bucket=BUCKET, Key="aborted", UploadId=aborted)


def versions():
    s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    same(s3.get_bucket_versioning(Bucket=BUCKET)["Status"], "Enabled")
    ids = [s3.put_object(Bucket=BUCKET, Key="v", Body=body)["VersionId"] for body in (b"1", b"2")]
    marker = s3.delete_object(Bucket=BUCKET, Key="v")
    same(marker["DeleteMarker"], True)
    refused("NoSuchKey", read, key="v")
    refused("MethodNotAllowed", read, key="v", VersionId=marker["VersionId"])
    listed = s3.list_object_versions(Bucket=BUCKET, Prefix="v")
    same([version["VersionId"] for version in listed["Versions"]], ids[::-1])
    same([version["VersionId"] for version in listed["DeleteMarkers"]], [marker["VersionId"]])
    s3.delete_object(Bucket=BUCKET, Key="v", VersionId=marker["VersionId"])
    same(read("v"), b"2")
    same(read("v", VersionId=ids[0]), b"1")


def presigned():
    url = s3.generate_presigned_url("put_object", {"Bucket": BUCKET, "Key": "pre signed"}, 60)
    with urllib.request.urlopen(urllib.request.Request(url, b"by url", method="PUT")) as answer:
        same(answer.status, 200)
    url = s3.generate_presigned_url("get_object", {"Bucket": BUCKET, "Key": "pre signed"}, 60)
    with urllib.request.urlopen(url) as answer:
        same(answer.read(), b"by url")
    try:
        urllib.request.urlopen(url[:-1] + ("0" if url[-1] != "0" else "1"))
    except urllib.error.HTTPError as error:
        same(error.code, 403)
    else:
        raise AssertionError("a changed signature was accepted")
    form = s3.generate_presigned_post(BUCKET, "posted", ExpiresIn=60)
    lines = []
    for name, value in form["fields"].items():
        lines += ["--edge", f'Content-Disposition: form-data; name="{name}"', "", value]
    lines += ["--edge", 'Content-Disposition: form-data; name="file"; filename="f"', "", "by form", "--edge--", ""]
    request = urllib.request.Request(
        form["url"], "\r\n".join(lines).encode(), {"Content-Type": "multipart/form-data; boundary=edge"}
    )
    with urllib.request.urlopen(request) as answer:
        same(answer.status, 204)
    same(read("posted"), b"by form")


def what_was_filled():
    same(read("plain"), b"hello")
    for key in ("big", "big copied", "big copied in parts"):
        same(read(key) == BIG, True)
    same(read("by hand") == BIG[: 5 << 20] + b"end", True)
    same(read("v"), b"2")
    parts = s3.get_object_attributes(
        Bucket=BUCKET, Key="by hand", ObjectAttributes=["ObjectParts", "ObjectSize", "Checksum"]
    )
    same((parts["ObjectSize"], parts["ObjectParts"]["TotalPartsCount"]), ((5 << 20) + 3, 2))
    refused("BucketNotEmpty", s3.delete_bucket, Bucket=BUCKET)
    for page in s3.get_paginator("list_object_versions").paginate(Bucket=BUCKET):
        for item in page.get("Versions", []) + page.get("DeleteMarkers", []):
            s3.delete_object(Bucket=BUCKET, Key=item["Key"], VersionId=item["VersionId"])
    s3.delete_bucket(Bucket=BUCKET)
    refused("404", s3.head_bucket, Bucket=BUCKET)


STEPS = {
    "fill": (objects, keys_and_listings, multipart, versions, presigned),
    "check": (what_was_filled,),
}
for step in STEPS[STEP]:
    step()
    print(step.__name__)
