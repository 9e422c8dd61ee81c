output "role_arn" {
  description = "The role."
  value       = aws_iam_role.this.arn
}

output "role_name" {
  description = "Its name, to attach more to it."
  value       = aws_iam_role.this.name
}
