# The pods that run the cluster, and what each may do in AWS. The shop's own role is made where its distribution is.

locals {
  workloads = {
    external-secrets = {
      namespace = "external-secrets"
      policy    = local.external_secrets_policy
    }
    aws-load-balancer-controller = {
      namespace = "kube-system"
      policy    = local.load_balancer_controller_policy
    }
    cluster-autoscaler = {
      namespace = "kube-system"
      policy    = local.cluster_autoscaler_policy
    }
    cloudwatch-agent = {
      namespace = "amazon-cloudwatch"
      managed   = ["CloudWatchAgentServerPolicy", "AWSXrayWriteOnlyAccess"]
    }
    xray-daemon = {
      namespace = "xray-daemon"
      managed   = ["AWSXRayDaemonWriteAccess"]
    }
  }
}

module "workload" {
  source   = "../pod-identity"
  for_each = local.workloads

  cluster_name        = aws_eks_cluster.this.name
  cluster_arn         = aws_eks_cluster.this.arn
  namespace           = each.value.namespace
  service_account     = each.key
  policy              = try(jsonencode({ Version = "2012-10-17", Statement = each.value.policy }), null)
  managed_policy_arns = [for name in try(each.value.managed, []) : "arn:aws:iam::aws:policy/${name}"]
}
