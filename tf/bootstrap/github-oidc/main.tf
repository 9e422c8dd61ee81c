# How GitHub's workflows enter AWS: by a token that says which repository, branch or environment they run for, and never by a
# key that could be stolen. Two roles: one delivers and operates the shop, one applies the infrastructure.

data "aws_caller_identity" "current" {}

locals {
  account = data.aws_caller_identity.current.account_id
  prefix  = "${var.project}-${var.environment}"
  issuer  = "token.actions.githubusercontent.com"

  # Who may take a role: tokens made for AWS, and for exactly these runs of this repository.
  trust = {
    for role, subjects in { ci = var.ci_subjects, infrastructure = var.infrastructure_subjects } : role => jsonencode({
      Version = "2012-10-17"
      Statement = [{
        Effect    = "Allow"
        Principal = { Federated = local.provider_arn }
        Action    = "sts:AssumeRoleWithWebIdentity"
        Condition = {
          StringEquals = {
            "${local.issuer}:aud" = "sts.amazonaws.com"
            "${local.issuer}:sub" = [for subject in subjects : "repo:${var.github_repository}:${subject}"]
          }
        }
      }]
    })
  }
}
