# The bucket of the storefront's files. CloudFront alone reads it, and every release stays as an older version for a while.

resource "aws_s3_bucket" "storefront" {
  bucket = "${var.prefix}-storefront-${data.aws_caller_identity.current.account_id}"
}

resource "aws_s3_bucket_public_access_block" "storefront" {
  bucket                  = aws_s3_bucket.storefront.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "storefront" {
  bucket = aws_s3_bucket.storefront.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_versioning" "storefront" {
  bucket = aws_s3_bucket.storefront.id

  versioning_configuration {
    status = "Enabled"
  }
}

# With S3's own key: what is in here is shown to everybody, and CloudFront needs no right to a key of ours.
resource "aws_s3_bucket_server_side_encryption_configuration" "storefront" {
  bucket = aws_s3_bucket.storefront.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "storefront" {
  bucket     = aws_s3_bucket.storefront.id
  depends_on = [aws_s3_bucket_versioning.storefront]

  rule {
    id     = "forget-old-releases"
    status = "Enabled"
    filter {}

    noncurrent_version_expiration {
      noncurrent_days = 90
    }
    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}

resource "aws_cloudfront_origin_access_control" "storefront" {
  name                              = "${var.prefix}-storefront"
  description                       = "CloudFront signs what it asks the bucket"
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

resource "aws_s3_bucket_policy" "storefront" {
  bucket     = aws_s3_bucket.storefront.id
  depends_on = [aws_s3_bucket_public_access_block.storefront]

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "OnlyTls"
        Effect = "Deny"
        # wildcard: a refusal is for everybody
        Principal = "*"
        # wildcard: whatever is asked for without TLS is refused
        Action = "s3:*"
        # The bucket and all of its files.
        Resource  = [aws_s3_bucket.storefront.arn, "${aws_s3_bucket.storefront.arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
      {
        Sid       = "CloudFrontReads"
        Effect    = "Allow"
        Principal = { Service = "cloudfront.amazonaws.com" }
        Action    = "s3:GetObject"
        # Every file of this one bucket.
        Resource  = "${aws_s3_bucket.storefront.arn}/*"
        Condition = { StringEquals = { "AWS:SourceArn" = aws_cloudfront_distribution.this.arn } }
      },
      {
        # Without it S3 answers 403 for a file that is not there. The bucket's list is not shown by it: CloudFront only
        # asks for files.
        Sid       = "CloudFrontLearnsWhatIsNotThere"
        Effect    = "Allow"
        Principal = { Service = "cloudfront.amazonaws.com" }
        Action    = "s3:ListBucket"
        Resource  = aws_s3_bucket.storefront.arn
        Condition = { StringEquals = { "AWS:SourceArn" = aws_cloudfront_distribution.this.arn } }
      },
    ]
  })
}
