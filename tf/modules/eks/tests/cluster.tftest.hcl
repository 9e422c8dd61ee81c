mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name               = "bottega-demo"
  vpc_id             = "vpc-mock"
  private_subnet_ids = ["subnet-a", "subnet-b"]
  admin_arns         = ["arn:aws:iam::111122223333:role/bottega-demo-infrastructure"]
  operator_arns      = ["arn:aws:iam::111122223333:role/bottega-demo-ci"]
  kms_key_arn        = "arn:aws:kms:us-east-1:111122223333:key/platform"
  secrets_prefix     = "bottega-demo"
}

run "the_version_is_in_standard_support" {
  assert {
    condition     = aws_eks_cluster.this.version == "1.35" && aws_eks_cluster.this.upgrade_policy[0].support_type == "STANDARD"
    error_message = "The cluster runs a supported version, and never slips into extended support."
  }
  assert {
    condition     = aws_eks_node_group.this.version == aws_eks_cluster.this.version
    error_message = "Nodes run the control plane's version."
  }
}

run "by_default_the_api_server_is_private" {
  assert {
    condition     = aws_eks_cluster.this.vpc_config[0].endpoint_private_access && !aws_eks_cluster.this.vpc_config[0].endpoint_public_access
    error_message = "Without ranges the API server is reached from inside the VPC only."
  }
}

run "given_ranges_and_no_others_reach_it" {
  variables {
    public_access_cidrs = ["198.51.100.7/32"]
  }
  assert {
    condition     = aws_eks_cluster.this.vpc_config[0].endpoint_public_access && toset(aws_eks_cluster.this.vpc_config[0].public_access_cidrs) == toset(["198.51.100.7/32"])
    error_message = "The API server is reached from the ranges that were given."
  }
  assert {
    condition     = aws_eks_cluster.this.vpc_config[0].endpoint_private_access
    error_message = "Nodes still reach it inside the VPC."
  }
}

run "secrets_are_encrypted" {
  assert {
    condition = (
      toset(aws_eks_cluster.this.encryption_config[0].resources) == toset(["secrets"])
      && aws_eks_cluster.this.encryption_config[0].provider[0].key_arn == aws_kms_key.secrets.arn
    )
    error_message = "Kubernetes secrets are encrypted with the cluster's own key."
  }
  assert {
    condition     = aws_kms_key.secrets.enable_key_rotation
    error_message = "That key is rotated."
  }
}

run "everything_the_control_plane_does_is_logged" {
  assert {
    condition     = toset(aws_eks_cluster.this.enabled_cluster_log_types) == toset(["api", "audit", "authenticator", "controllerManager", "scheduler"])
    error_message = "All five logs are on."
  }
  assert {
    condition = alltrue([
      for group in concat([aws_cloudwatch_log_group.control_plane], values(aws_cloudwatch_log_group.containers)) :
      group.retention_in_days == 30 && group.kms_key_id == var.kms_key_arn
    ])
    error_message = "Logs are encrypted, and kept for 30 days."
  }
}

run "only_who_is_named_may_enter" {
  assert {
    condition = (
      aws_eks_cluster.this.access_config[0].authentication_mode == "API"
      && !aws_eks_cluster.this.access_config[0].bootstrap_cluster_creator_admin_permissions
    )
    error_message = "Rights come from access entries, and not from having made the cluster."
  }
  assert {
    condition     = keys(aws_eks_access_policy_association.admin) == ["arn:aws:iam::111122223333:role/bottega-demo-infrastructure"]
    error_message = "Only the named administrators administer."
  }
  assert {
    condition     = alltrue([for entry in aws_eks_access_entry.operator : toset(entry.kubernetes_groups) == toset(["bottega-operators"])])
    error_message = "Operators enter as their group, whose rights a RoleBinding says."
  }
  assert {
    condition     = length(setintersection(keys(aws_eks_access_policy_association.admin), keys(aws_eks_access_entry.operator))) == 0
    error_message = "No operator is an administrator."
  }
}

run "network_policies_are_enforced" {
  assert {
    condition     = jsondecode(aws_eks_addon.before_nodes["vpc-cni"].configuration_values).enableNetworkPolicy == "true"
    error_message = "Without enableNetworkPolicy the NetworkPolicies do nothing."
  }
  assert {
    condition = toset(concat(keys(aws_eks_addon.before_nodes), keys(aws_eks_addon.after_nodes))) == toset([
      "vpc-cni", "kube-proxy", "eks-pod-identity-agent", "coredns", "amazon-cloudwatch-observability",
    ])
    error_message = "All add-ons are declared here."
  }
  assert {
    condition = jsondecode(
      aws_eks_addon.after_nodes["amazon-cloudwatch-observability"].configuration_values
    ).agent.config.logs.metrics_collected.kubernetes.enhanced_container_insights
    error_message = "Container Insights is on."
  }
}

run "containers_are_watched_under_the_names_that_alarms_ask_for" {
  assert {
    condition = (
      jsondecode(aws_eks_addon.after_nodes["amazon-cloudwatch-observability"].configuration_values).containerInsights.enabled
      && !jsondecode(aws_eks_addon.after_nodes["amazon-cloudwatch-observability"].configuration_values).otelContainerInsights.enabled
    )
    error_message = "OpenTelemetry's figures have other names, which no alarm looks at."
  }
  assert {
    condition = (
      !jsondecode(aws_eks_addon.after_nodes["amazon-cloudwatch-observability"].configuration_values).applicationSignals.enabled
      && !jsondecode(aws_eks_addon.after_nodes["amazon-cloudwatch-observability"].configuration_values).manager.applicationSignals.autoMonitor.monitorAllServices
    )
    error_message = "The add-on would put agents of its own into other pods."
  }
  assert {
    condition = jsondecode(aws_eks_addon.after_nodes["amazon-cloudwatch-observability"].configuration_values).agent.config.traces.traces_collected == {
      otlp = { grpc_endpoint = "0.0.0.0:4317", http_endpoint = "0.0.0.0:4318" }
      xray = { bind_address = "0.0.0.0:2000" }
    }
    error_message = "Spans are taken where the chart's NetworkPolicy lets them go."
  }
}

run "an_add_on_that_is_told_what_it_does_not_know_is_refused" {
  command = plan
  variables {
    addon_versions = { amazon-cloudwatch-observability = "v8.0.0-eksbuild.1" }
  }
  expect_failures = [var.addon_versions]
}

run "container_insights_can_be_left_out" {
  variables {
    container_insights = false
  }
  assert {
    condition     = keys(aws_eks_addon.after_nodes) == ["coredns"] && length(aws_cloudwatch_log_group.containers) == 0
    error_message = "Without Container Insights there is neither its add-on nor its log groups."
  }
}

run "the_whole_internet_is_refused" {
  command = plan
  variables {
    public_access_cidrs = ["0.0.0.0/0"]
  }
  expect_failures = [var.public_access_cidrs]
}

run "its_halves_are_refused_too" {
  command = plan
  variables {
    public_access_cidrs = ["0.0.0.0/1", "128.0.0.0/1"]
  }
  expect_failures = [var.public_access_cidrs]
}

run "a_version_in_extended_support_is_refused" {
  command = plan
  variables {
    kubernetes_version = "1.32"
  }
  expect_failures = [var.kubernetes_version]
}

run "a_cluster_without_administrator_is_refused" {
  command = plan
  variables {
    admin_arns = []
  }
  expect_failures = [var.admin_arns]
}

run "operators_cannot_call_themselves_masters" {
  command = plan
  variables {
    operator_group = "system:masters"
  }
  expect_failures = [var.operator_group]
}
