# Who asked for what: CloudFront's access logs, as JSON in a bucket that forgets them. Optional, and on.

resource "aws_s3_bucket" "logs" {
  count  = var.access_logs_enabled ? 1 : 0
  bucket = "${var.prefix}-cdn-logs-${data.aws_caller_identity.current.account_id}"
}

resource "aws_s3_bucket_public_access_block" "logs" {
  count                   = var.access_logs_enabled ? 1 : 0
  bucket                  = aws_s3_bucket.logs[0].id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "logs" {
  count  = var.access_logs_enabled ? 1 : 0
  bucket = aws_s3_bucket.logs[0].id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "logs" {
  count  = var.access_logs_enabled ? 1 : 0
  bucket = aws_s3_bucket.logs[0].id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

# Addresses of visitors are in it: personal data, kept no longer than needed.
resource "aws_s3_bucket_lifecycle_configuration" "logs" {
  count  = var.access_logs_enabled ? 1 : 0
  bucket = aws_s3_bucket.logs[0].id

  rule {
    id     = "forget"
    status = "Enabled"
    filter {}

    expiration {
      days = var.access_logs_retention_days
    }
    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}

resource "aws_s3_bucket_policy" "logs" {
  count      = var.access_logs_enabled ? 1 : 0
  bucket     = aws_s3_bucket.logs[0].id
  depends_on = [aws_s3_bucket_public_access_block.logs]

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
        Resource  = [aws_s3_bucket.logs[0].arn, "${aws_s3_bucket.logs[0].arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
      {
        Sid       = "LogsAreDelivered"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        # CloudFront names the files, in this one bucket.
        Resource = "${aws_s3_bucket.logs[0].arn}/*"
        Condition = {
          StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id }
          ArnEquals    = { "aws:SourceArn" = aws_cloudwatch_log_delivery_source.access[0].arn }
        }
      },
    ]
  })
}

# CloudFront's logs are delivered from us-east-1, wherever the shop is.
resource "aws_cloudwatch_log_delivery_source" "access" {
  count        = var.access_logs_enabled ? 1 : 0
  region       = "us-east-1"
  name         = "${var.prefix}-cdn"
  log_type     = "ACCESS_LOGS"
  resource_arn = aws_cloudfront_distribution.this.arn
}

resource "aws_cloudwatch_log_delivery_destination" "access" {
  count         = var.access_logs_enabled ? 1 : 0
  region        = "us-east-1"
  name          = "${var.prefix}-cdn"
  output_format = "json"

  delivery_destination_configuration {
    destination_resource_arn = aws_s3_bucket.logs[0].arn
  }
}

resource "aws_cloudwatch_log_delivery" "access" {
  count                    = var.access_logs_enabled ? 1 : 0
  region                   = "us-east-1"
  delivery_source_name     = aws_cloudwatch_log_delivery_source.access[0].name
  delivery_destination_arn = aws_cloudwatch_log_delivery_destination.access[0].arn
  depends_on               = [aws_s3_bucket_policy.logs]

  # No cookies and no referrers: both can tell who somebody is.
  record_fields = [
    "date", "time", "x-edge-location", "c-ip", "cs-method", "cs-uri-stem", "sc-status", "sc-bytes", "time-taken",
    "time-to-first-byte", "x-edge-result-type", "x-edge-detailed-result-type", "x-edge-request-id", "cs-protocol-version",
    "cs(User-Agent)", "x-host-header",
  ]

  s3_delivery_configuration = [{
    suffix_path                 = "{yyyy}/{MM}/{dd}/{HH}"
    enable_hive_compatible_path = false
  }]
}
