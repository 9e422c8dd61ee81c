# Where Terraform keeps what it knows: one bucket for the states of all layers. It is the first thing to be made, so its own
# state begins on the disk of whoever makes it; `backend.tf.example` says how it then moves into the bucket.

data "aws_caller_identity" "current" {}

locals {
  account = data.aws_caller_identity.current.account_id
  # Bucket names are shared by all of AWS: the account makes this one ours.
  bucket = "${var.project}-terraform-state-${local.account}"
}
