# The pods that run the cluster, and what each may do in AWS. The shop's own role is made where its distribution is.

locals {
  workloads = {
    external-secrets = {
      namespace = "external-secrets"
      policies  = { read-secrets = local.external_secrets_policy }
      managed   = []
    }
    aws-load-balancer-controller = {
      namespace = "kube-system"
      policies  = { balance-load = local.load_balancer_controller_policy }
      managed   = []
    }
    cluster-autoscaler = {
      namespace = "kube-system"
      policies  = { resize-nodes = local.cluster_autoscaler_policy }
      managed   = []
    }
    cloudwatch-agent = {
      namespace = "amazon-cloudwatch"
      policies  = {}
      managed   = ["CloudWatchAgentServerPolicy", "AWSXrayWriteOnlyAccess"]
    }
    xray-daemon = {
      namespace = "xray-daemon"
      policies  = {}
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
  policies            = { for name, statements in each.value.policies : name => jsonencode({ Version = "2012-10-17", Statement = statements }) }
  managed_policy_arns = [for name in each.value.managed : "arn:aws:iam::aws:policy/${name}"]
}
