output "ci_role_arn" {
  description = "The role of workflows that deliver and operate."
  value       = aws_iam_role.ci.arn
}

output "infrastructure_role_arn" {
  description = "The role of workflows that apply the infrastructure."
  value       = aws_iam_role.infrastructure.arn
}

output "provider_arn" {
  description = "The identity provider of GitHub."
  value       = local.provider_arn
}
