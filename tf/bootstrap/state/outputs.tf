output "bucket" {
  description = "The bucket, for `-backend-config=\"bucket=…\"` of every other folder."
  value       = aws_s3_bucket.state.bucket
}

output "kms_key_arn" {
  description = "The key that encrypts the states: whoever reads or writes them must be allowed to use it."
  value       = aws_kms_key.state.arn
}

output "lock_table" {
  description = "The table of locks, where one was asked for."
  value       = one(aws_dynamodb_table.locks[*].name)
}
