locals {
  # Without network, proxy and credentials a node would never become ready.
  addons_before_nodes = {
    # Without enableNetworkPolicy NetworkPolicies are accepted, and do nothing.
    vpc-cni                = { enableNetworkPolicy = "true" }
    kube-proxy             = {}
    eks-pod-identity-agent = {}
  }

  # These need nodes to run on.
  addons_after_nodes = merge(
    { coredns = {} },
    var.container_insights ? { amazon-cloudwatch-observability = local.cloudwatch } : {},
  )

  cloudwatch = {
    # Figures under the names that alarms and dashboard ask for, and not another time under OpenTelemetry's.
    containerInsights     = { enabled = true }
    otelContainerInsights = { enabled = false }
    # Nobody's pods are changed: this would put agents for languages the shop is not written in beside its program.
    applicationSignals = { enabled = false }
    manager            = { applicationSignals = { autoMonitor = { monitorAllServices = false } } }

    # Besides, two receivers: for spans by OTLP, and for segments as the X-Ray daemon takes them.
    agent = {
      config = {
        logs = { metrics_collected = { kubernetes = { enhanced_container_insights = true } } }
        traces = {
          traces_collected = {
            otlp = { grpc_endpoint = "0.0.0.0:4317", http_endpoint = "0.0.0.0:4318" }
            xray = { bind_address = "0.0.0.0:2000" }
          }
        }
      }
    }
  }
}

resource "aws_eks_addon" "before_nodes" {
  for_each                    = local.addons_before_nodes
  cluster_name                = aws_eks_cluster.this.name
  addon_name                  = each.key
  addon_version               = lookup(var.addon_versions, each.key, null)
  configuration_values        = jsonencode(each.value)
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"
}

resource "aws_eks_addon" "after_nodes" {
  for_each                    = local.addons_after_nodes
  cluster_name                = aws_eks_cluster.this.name
  addon_name                  = each.key
  addon_version               = lookup(var.addon_versions, each.key, null)
  configuration_values        = jsonencode(each.value)
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"

  # Pods get their role when they start: the agent's must be there before it.
  depends_on = [aws_eks_node_group.this, module.workload, aws_cloudwatch_log_group.containers]
}

# Made before the add-on, which would otherwise make them without encryption or end.
resource "aws_cloudwatch_log_group" "containers" {
  for_each          = toset(var.container_insights ? ["application", "dataplane", "host", "performance"] : [])
  name              = "/aws/containerinsights/${var.name}/${each.key}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
}
