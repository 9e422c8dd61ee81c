output "arns" {
  description = "The secrets by what they are for: database, redis, jwt; mail and load-test where wanted."
  value       = { for name, secret in aws_secretsmanager_secret.this : name => secret.arn }
}

output "names" {
  description = "The secrets' names by what they are for."
  value       = { for name, secret in aws_secretsmanager_secret.this : name => secret.name }
}

output "redis_auth_token" {
  description = "The token Redis is to ask for."
  value       = random_password.redis.result
  sensitive   = true
}
