mock_provider "aws" {
  source = "./tests/mocks"
}

override_data {
  target = data.terraform_remote_state.github_oidc
  values = {
    outputs = {
      ci_role_arn             = "arn:aws:iam::111122223333:role/bottega-demo-ci"
      infrastructure_role_arn = "arn:aws:iam::111122223333:role/bottega-demo-infrastructure"
    }
  }
}

variables {
  state_bucket = "bottega-terraform-state-111122223333"
}

run "the_demo" {
  assert {
    condition     = output.cluster_name == "bottega-demo" && output.vpc_cidr == "10.0.0.0/16"
    error_message = "Everything is called after project and environment."
  }
  assert {
    condition     = length(output.public_subnet_ids) == 2 && length(output.private_subnet_ids) == 2 && length(output.database_subnet_ids) == 2 && length(output.edge_subnet_ids) == 2
    error_message = "The services layer finds four tiers of two subnets."
  }
  assert {
    condition     = keys(output.repository_urls) == ["bottega"] && keys(output.repository_arns) == ["bottega"]
    error_message = "There is one repository, called like the project."
  }
  assert {
    condition     = output.ci_role_arn == "arn:aws:iam::111122223333:role/bottega-demo-ci"
    error_message = "CI's role is the one that bootstrap made."
  }
  assert {
    condition = toset(keys(output.pod_identity_role_arns)) == toset([
      "external-secrets", "aws-load-balancer-controller", "cluster-autoscaler", "cloudwatch-agent", "xray-daemon",
    ])
    error_message = "Each workload of the cluster has its role."
  }
  assert {
    condition     = output.cluster_version == "1.35"
    error_message = "The charts are checked against the version that runs."
  }
}

run "the_environments_key_is_for_who_needs_it" {
  assert {
    condition     = aws_kms_key.platform.enable_key_rotation
    error_message = "The key is rotated."
  }
  assert {
    condition = alltrue([
      for statement in jsondecode(aws_kms_key.platform.policy).Statement : can(statement.Condition) if can(statement.Principal.Service)
    ])
    error_message = "Services of AWS use the key for this account only."
  }
  assert {
    condition = [
      for statement in jsondecode(aws_kms_key.platform.policy).Statement : statement.Principal if can(statement.Principal.AWS)
    ] == [{ AWS = "arn:aws:iam::111122223333:root" }]
    error_message = "No other account may use the key."
  }
}
