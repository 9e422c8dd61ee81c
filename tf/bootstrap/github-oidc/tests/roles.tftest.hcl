mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }
  mock_data "aws_iam_openid_connect_provider" {
    defaults = { arn = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }
  }
  mock_resource "aws_iam_openid_connect_provider" {
    defaults = { arn = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111122223333:role/mock" }
  }
}

variables {
  github_repository = "example/bottega"
  state_bucket      = "bottega-terraform-state-111122223333"
  state_key_arn     = "arn:aws:kms:us-east-1:111122223333:key/state"
  distribution_ids  = ["E2QWRUHAPOMQZL"]
  storefront_bucket = "bottega-demo-storefront"
}

run "the_demo" {
  assert {
    condition = alltrue([
      for role in [aws_iam_role.ci, aws_iam_role.infrastructure] :
      jsondecode(role.assume_role_policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:aud"] == "sts.amazonaws.com"
    ])
    error_message = "Tokens must have been made for AWS."
  }
  assert {
    condition = jsondecode(aws_iam_role.ci.assume_role_policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:sub"] == [
      "repo:example/bottega:ref:refs/heads/main", "repo:example/bottega:environment:production",
    ]
    error_message = "The main branch and the production environment may deliver, and no other run."
  }
  assert {
    condition = alltrue([
      for subject in jsondecode(aws_iam_role.infrastructure.assume_role_policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:sub"] :
      startswith(subject, "repo:example/bottega:environment:")
    ])
    error_message = "Only protected environments may apply the infrastructure."
  }
  assert {
    condition     = alltrue([for role in [aws_iam_role.ci, aws_iam_role.infrastructure] : !strcontains(role.assume_role_policy, "*") && !strcontains(role.assume_role_policy, "StringLike")])
    error_message = "There are no patterns in whom the roles trust."
  }
}

run "a_repository_whose_tokens_carry_ids" {
  variables {
    github_repository = "example@1234/bottega@56789"
  }
  assert {
    condition     = strcontains(aws_iam_role.ci.assume_role_policy, "\"repo:example@1234/bottega@56789:environment:production\"")
    error_message = "A subject is compared as a whole, so the ids belong to it."
  }
}

run "ci_delivers_and_does_nothing_else" {
  assert {
    condition = length([
      for statement in local.ci_policy : statement
      if anytrue([for action in statement.Action : can(regex("^(secretsmanager|kms|iam|sts|ec2|rds|ssm):|\\*", action))])
    ]) == 0
    error_message = "CI can neither read secrets nor change identities or machines."
  }
  assert {
    condition = [for statement in local.ci_policy : statement.Resource if contains(statement.Action, "ecr:PutImage")] == [
      ["arn:aws:ecr:us-east-1:111122223333:repository/bottega"]
    ]
    error_message = "CI pushes to the one repository."
  }
  assert {
    condition = [for statement in local.ci_policy : statement.Resource if contains(statement.Action, "cloudfront:CreateInvalidation")] == [
      ["arn:aws:cloudfront::111122223333:distribution/E2QWRUHAPOMQZL"]
    ]
    error_message = "CI invalidates copies of the named distributions only."
  }
  assert {
    condition = alltrue([
      for statement in local.ci_policy : statement.Action == ["ecr:GetAuthorizationToken"] if contains(statement.Resource, "*")
    ])
    error_message = "Nothing but the registry's login is for every resource."
  }
  assert {
    condition     = !strcontains(jsonencode(local.ci_policy), var.state_bucket)
    error_message = "States hold secrets: CI cannot read them."
  }
}

run "before_the_services_there_is_nothing_of_theirs_to_reach" {
  variables {
    distribution_ids  = []
    storefront_bucket = null
  }
  assert {
    condition     = !strcontains(aws_iam_role_policy.ci.policy, "cloudfront:") && !strcontains(aws_iam_role_policy.ci.policy, "s3:")
    error_message = "Without distribution and bucket CI has no right to any."
  }
}

run "the_infrastructure_role_cannot_widen_itself" {
  assert {
    condition = one([
      for statement in local.infrastructure_policy : statement if statement.Effect == "Deny"
      ]).Resource == [
      "arn:aws:iam::111122223333:role/bottega-demo-ci",
      "arn:aws:iam::111122223333:role/bottega-demo-infrastructure",
      "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com",
    ]
    error_message = "It cannot change the roles and the provider through which workflows enter."
  }
  assert {
    condition = alltrue([
      for statement in local.infrastructure_policy :
      alltrue([for resource in statement.Resource : startswith(resource, "arn:aws:iam::111122223333:role/")])
      if statement.Effect == "Allow" && anytrue([for action in try(statement.Action, []) : startswith(action, "iam:")])
    ])
    error_message = "It makes roles of this environment, and neither users nor policies."
  }
  assert {
    condition     = !anytrue([for arn in local.attachable_policies : can(regex("Administrator|PowerUser|IAMFull", arn))])
    error_message = "It attaches no policy that allows everything."
  }
  assert {
    condition = alltrue([
      for statement in local.infrastructure_policy :
      length(setsubtract(statement.Action, ["kms:Decrypt", "kms:GenerateDataKey"])) == 0 && can(statement.Condition.StringEquals["kms:ViaService"])
      if contains(try(statement.Action, []), "kms:Decrypt")
    ])
    error_message = "It decrypts secrets and states only, through the services that keep them."
  }
  assert {
    condition     = length(aws_iam_role_policy.infrastructure.policy) <= 10240
    error_message = "IAM takes 10,240 characters of policies in a role, and no more."
  }
  assert {
    condition     = !anytrue([for statement in local.infrastructure_policy : contains(try(statement.Action, []), "*")])
    error_message = "It does not have every action."
  }
}

run "node_groups_and_repositories_can_be_made" {
  assert {
    condition = anytrue([
      for statement in local.infrastructure_policy :
      contains(try(statement.Action, []), "iam:GetRole") && contains(statement.Resource, "arn:aws:iam::111122223333:role/aws-service-role/*")
    ])
    error_message = "EKS refuses a node group of somebody who may not see the role of node groups."
  }
  assert {
    condition = alltrue([
      for action in ["kms:CreateGrant", "kms:DescribeKey", "kms:RetireGrant"] : anytrue([
        for statement in local.infrastructure_policy : statement.Effect == "Allow" && contains(try(statement.Action, []), action)
      ])
    ])
    error_message = "ECR and RDS take their keys by grants of whoever has them made, and give them back."
  }
}

run "an_existing_provider_is_used" {
  variables {
    create_provider = false
  }
  assert {
    condition     = length(aws_iam_openid_connect_provider.github) == 0 && output.provider_arn == data.aws_iam_openid_connect_provider.github[0].arn
    error_message = "A second provider of the same address would be refused."
  }
}

run "any_branch_is_refused" {
  command = plan
  variables {
    ci_subjects = ["*"]
  }
  expect_failures = [var.ci_subjects]
}

run "pull_requests_are_refused" {
  command = plan
  variables {
    ci_subjects = ["pull_request"]
  }
  expect_failures = [var.ci_subjects]
}

run "applying_without_approval_is_refused" {
  command = plan
  variables {
    infrastructure_subjects = ["ref:refs/heads/main"]
  }
  expect_failures = [var.infrastructure_subjects]
}

run "one_id_alone_is_refused" {
  command = plan
  variables {
    github_repository = "example@1234/bottega"
  }
  expect_failures = [var.github_repository]
}

run "many_repositories_are_refused" {
  command = plan
  variables {
    github_repository = "example@1234/*"
  }
  expect_failures = [var.github_repository]
}
