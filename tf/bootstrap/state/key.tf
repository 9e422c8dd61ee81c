# States hold secrets in plain text: they are encrypted with a key of their own, so that reading them can be denied.

resource "aws_kms_key" "state" {
  description             = "Terraform states of ${var.project}"
  enable_key_rotation     = true
  deletion_window_in_days = 30

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "TheAccountDecidesByIam"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${local.account}:root" }
      # wildcard: without its account as owner a key could never be changed again; IAM says who in it may do what
      Action = "kms:*"
      # wildcard: in a key's own policy this is that key
      Resource = "*"
    }]
  })

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_kms_alias" "state" {
  name          = "alias/${var.project}-terraform-state"
  target_key_id = aws_kms_key.state.key_id
}
