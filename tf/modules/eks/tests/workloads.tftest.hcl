mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name               = "bottega-demo"
  vpc_id             = "vpc-mock"
  private_subnet_ids = ["subnet-a", "subnet-b"]
  admin_arns         = ["arn:aws:iam::111122223333:role/bottega-demo-infrastructure"]
  kms_key_arn        = "arn:aws:kms:us-east-1:111122223333:key/platform"
  secrets_prefix     = "bottega-demo"
}

run "each_workload_has_a_role_of_its_own" {
  assert {
    condition = toset(keys(module.workload)) == toset([
      "external-secrets", "aws-load-balancer-controller", "cluster-autoscaler", "cloudwatch-agent", "xray-daemon",
    ])
    error_message = "Five workloads have roles."
  }
  assert {
    condition = { for name, workload in local.workloads : name => workload.namespace } == {
      external-secrets             = "external-secrets"
      aws-load-balancer-controller = "kube-system"
      cluster-autoscaler           = "kube-system"
      cloudwatch-agent             = "amazon-cloudwatch"
      xray-daemon                  = "xray-daemon"
    }
    error_message = "Each role is for the namespace its workload runs in."
  }
  assert {
    condition     = toset(keys(output.pod_identity_role_arns)) == toset(keys(local.workloads))
    error_message = "The roles are told by service account."
  }
}

run "external_secrets_reads_only_this_environment" {
  assert {
    condition     = toset(local.external_secrets_policy[0].Action) == toset(["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"])
    error_message = "External Secrets reads, and does nothing else."
  }
  assert {
    condition = toset(local.external_secrets_policy[0].Resource) == toset([
      "arn:aws:secretsmanager:us-east-1:111122223333:secret:bottega-demo/*",
      "arn:aws:secretsmanager:us-east-1:111122223333:secret:rds!db-*",
    ])
    error_message = "It reads secrets below the prefix, and the one RDS keeps."
  }
  assert {
    condition = (
      local.external_secrets_policy[1].Resource == [var.kms_key_arn]
      && local.external_secrets_policy[1].Condition.StringEquals["kms:ViaService"] == "secretsmanager.us-east-1.amazonaws.com"
    )
    error_message = "It decrypts with one key, and only what comes out of Secrets Manager."
  }
}

run "the_autoscaler_resizes_only_this_cluster" {
  assert {
    condition = alltrue([
      for statement in local.cluster_autoscaler_policy :
      alltrue([for action in statement.Action : can(regex("^[a-z0-9]+:(Describe|Get)", action))]) || try(
        statement.Condition.StringEquals["aws:ResourceTag/k8s.io/cluster-autoscaler/bottega-demo"] == "owned", false
      )
    ])
    error_message = "Whatever it changes carries this cluster's tag."
  }
}

run "the_load_balancer_controller_keeps_to_its_own" {
  assert {
    condition = alltrue([
      for statement in local.load_balancer_controller_policy :
      try(statement.Condition.StringEquals["aws:ResourceTag/elbv2.k8s.aws/cluster"] == "bottega-demo", false)
      if anytrue([for action in statement.Action : can(regex(":Delete(LoadBalancer|TargetGroup|SecurityGroup)$", action))])
    ])
    error_message = "It deletes only what carries this cluster's tag."
  }
  assert {
    condition = alltrue([
      for statement in local.load_balancer_controller_policy :
      alltrue([for action in statement.Action : can(regex("^[a-z0-9-]+:(Describe|Get|List)", action))])
      if contains(statement.Resource, "*")
    ])
    error_message = "On everything it may only look."
  }
}

run "iam_takes_the_policies" {
  assert {
    condition = alltrue([
      for statements in [local.external_secrets_policy, local.cluster_autoscaler_policy, local.load_balancer_controller_policy] :
      length(jsonencode({ Version = "2012-10-17", Statement = statements })) <= 10240
    ])
    error_message = "IAM takes 10,240 characters of policies in a role, and no more."
  }
}

run "no_workload_may_touch_identities" {
  assert {
    condition = length([
      for statement in concat(local.external_secrets_policy, local.cluster_autoscaler_policy, local.load_balancer_controller_policy) : statement
      if anytrue([for action in statement.Action : startswith(action, "iam:") && !can(regex("^iam:(Get|List|CreateServiceLinkedRole$)", action))])
    ]) == 0
    error_message = "No pod may change roles or policies."
  }
}
