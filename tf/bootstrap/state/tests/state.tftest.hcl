mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }
  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:us-east-1:111122223333:key/mock" }
  }
  mock_resource "aws_s3_bucket" {
    defaults = { arn = "arn:aws:s3:::bottega-terraform-state-111122223333" }
  }
}

run "the_demo" {
  # A plan: applied, what must not be destroyed would stop the test from tidying up.
  command = plan

  override_resource {
    target          = aws_kms_key.state
    override_during = plan
    values          = { arn = "arn:aws:kms:us-east-1:111122223333:key/mock" }
  }
  override_resource {
    target          = aws_s3_bucket.state
    override_during = plan
    values          = { arn = "arn:aws:s3:::bottega-terraform-state-111122223333" }
  }

  assert {
    condition     = aws_s3_bucket.state.bucket == "bottega-terraform-state-111122223333"
    error_message = "The bucket's name holds the account, and is nobody else's."
  }
  assert {
    condition     = aws_s3_bucket_versioning.state.versioning_configuration[0].status == "Enabled"
    error_message = "A state that was overwritten can be had back."
  }
  assert {
    condition = alltrue([
      for rule in aws_s3_bucket_server_side_encryption_configuration.state.rule :
      rule.bucket_key_enabled && rule.apply_server_side_encryption_by_default[0].sse_algorithm == "aws:kms"
    ])
    error_message = "States are encrypted with the key, with a bucket key."
  }
  assert {
    condition     = aws_kms_key.state.enable_key_rotation
    error_message = "That key is rotated."
  }
  assert {
    condition = (
      aws_s3_bucket_public_access_block.state.block_public_acls && aws_s3_bucket_public_access_block.state.block_public_policy
      && aws_s3_bucket_public_access_block.state.ignore_public_acls && aws_s3_bucket_public_access_block.state.restrict_public_buckets
    )
    error_message = "The bucket cannot become public."
  }
  assert {
    condition = (
      jsondecode(aws_s3_bucket_policy.state.policy).Statement[0].Effect == "Deny"
      && jsondecode(aws_s3_bucket_policy.state.policy).Statement[0].Condition.Bool["aws:SecureTransport"] == "false"
    )
    error_message = "Without TLS the bucket refuses everything."
  }
  assert {
    condition = [
      for statement in jsondecode(aws_s3_bucket_policy.state.policy).Statement : statement.Condition
      if statement.Effect == "Deny" && statement.Action == "s3:PutObject"
      ] == [{
        Null            = { "s3:x-amz-server-side-encryption" = "false" }
        StringNotEquals = { "s3:x-amz-server-side-encryption" = "aws:kms" }
    }]
    error_message = "What is to be encrypted otherwise than by the key is refused; what says nothing is encrypted by it."
  }
  assert {
    condition = (
      aws_s3_bucket_lifecycle_configuration.state.rule[0].noncurrent_version_expiration[0].noncurrent_days == 90
      && aws_s3_bucket_lifecycle_configuration.state.rule[0].abort_incomplete_multipart_upload[0].days_after_initiation == 7
    )
    error_message = "Old versions go after 90 days, uploads that broke off after 7."
  }
  assert {
    condition = [
      for rule in aws_s3_bucket_lifecycle_configuration.state.rule : rule.expiration[0].days if length(rule.expiration) > 0
    ] == [30] && aws_s3_bucket_lifecycle_configuration.state.rule[1].filter[0].prefix == "demo/plans/"
    error_message = "Plans go after 30 days, and nothing but plans: states stay."
  }
  assert {
    condition     = length(aws_dynamodb_table.locks) == 0
    error_message = "There is no lock table unless one is asked for."
  }
}

run "a_lock_table_can_be_had" {
  command = plan
  variables {
    lock_table = true
  }
  assert {
    condition = (
      aws_dynamodb_table.locks[0].hash_key == "LockID" && aws_dynamodb_table.locks[0].billing_mode == "PAY_PER_REQUEST"
      && aws_dynamodb_table.locks[0].point_in_time_recovery[0].enabled && aws_dynamodb_table.locks[0].deletion_protection_enabled
    )
    error_message = "The lock table is what Terraform expects, and can be had back."
  }
}
