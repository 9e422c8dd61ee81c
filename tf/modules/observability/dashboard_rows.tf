# What is on the dashboard: rows of three graphs. A metric is a namespace, its name, and names and values of dimensions.

locals {
  here       = data.aws_region.current.region
  at_the_cdn = "us-east-1" # CloudFront's figures are there, wherever the shop is.

  lb      = ["LoadBalancer", var.load_balancer_arn_suffix]
  tg      = ["TargetGroup", var.target_group_arn_suffix, "LoadBalancer", var.load_balancer_arn_suffix]
  db      = ["DBInstanceIdentifier", var.database_identifier]
  cdn     = ["Region", "Global", "DistributionId", var.distribution_id]
  pods    = ["ClusterName", var.cluster_name, "Namespace", var.namespace, "PodName", var.workload]
  service = ["ClusterName", var.cluster_name, "Namespace", var.namespace, "Service", var.workload]
  nodes   = ["ClusterName", var.cluster_name]

  requests  = concat(["AWS/ApplicationELB", "RequestCount"], local.lb)
  latencies = [for stat in ["p50", "p95", "p99"] : concat(["AWS/ApplicationELB", "TargetResponseTime"], local.lb, [{ stat = stat, label = stat }])]
  errors = [
    for name in ["HTTPCode_Target_4XX_Count", "HTTPCode_Target_5XX_Count", "HTTPCode_ELB_5XX_Count"] :
    concat(["AWS/ApplicationELB", name], local.lb)
  ]
  pod_cpu      = concat(["ContainerInsights", "pod_cpu_utilization"], local.pods)
  pod_count    = concat(["ContainerInsights", "service_number_of_running_pods"], local.service)
  node_cpu     = concat(["ContainerInsights", "node_cpu_utilization"], local.nodes)
  node_count   = concat(["ContainerInsights", "cluster_node_count"], local.nodes)
  database_cpu = concat(["AWS/RDS", "CPUUtilization"], local.db)
  cache_cpu    = [for node in var.cache_node_ids : ["AWS/ElastiCache", "EngineCPUUtilization", "CacheClusterId", node]]

  dashboard_rows = [
    { title = "API", graphs = [
      { title = "Requests a minute", region = local.here, stat = "Sum", metrics = [local.requests] },
      { title = "Seconds to an answer", region = local.here, stat = "p95", metrics = local.latencies },
      { title = "Errors a minute", region = local.here, stat = "Sum", metrics = local.errors },
    ] },
    { title = "Load balancer", graphs = [
      { title = "Pods that are ready, and that are not", region = local.here, stat = "Maximum", metrics = [
        concat(["AWS/ApplicationELB", "HealthyHostCount"], local.tg),
        concat(["AWS/ApplicationELB", "UnHealthyHostCount"], local.tg),
      ] },
      { title = "Connections", region = local.here, stat = "Sum", metrics = [
        concat(["AWS/ApplicationELB", "ActiveConnectionCount"], local.lb),
        concat(["AWS/ApplicationELB", "TargetConnectionErrorCount"], local.lb),
      ] },
      { title = "Capacity units", region = local.here, stat = "Sum", metrics = [concat(["AWS/ApplicationELB", "ConsumedLCUs"], local.lb)] },
    ] },
    { title = "PostgreSQL", graphs = [
      { title = "Processor, percent", region = local.here, stat = "Average", metrics = [local.database_cpu] },
      { title = "Connections", region = local.here, stat = "Maximum", metrics = [concat(["AWS/RDS", "DatabaseConnections"], local.db)] },
      { title = "Reads and writes a second", region = local.here, stat = "Average", metrics = [
        concat(["AWS/RDS", "ReadIOPS"], local.db),
        concat(["AWS/RDS", "WriteIOPS"], local.db),
      ] },
    ] },
    { title = "Redis", graphs = [
      { title = "Processor, percent", region = local.here, stat = "Average", metrics = local.cache_cpu },
      { title = "Memory, percent", region = local.here, stat = "Average", metrics = [for node in var.cache_node_ids : ["AWS/ElastiCache", "DatabaseMemoryUsagePercentage", "CacheClusterId", node]] },
      { title = "Found, missed, thrown away a minute", region = local.here, stat = "Sum", metrics = flatten([for node in var.cache_node_ids : [
        for name in ["CacheHits", "CacheMisses", "Evictions"] : { metric = ["AWS/ElastiCache", name, "CacheClusterId", node] }
      ]])[*].metric },
    ] },
    { title = "CDN", graphs = [
      { title = "Requests a minute", region = local.at_the_cdn, stat = "Sum", metrics = [concat(["AWS/CloudFront", "Requests"], local.cdn)] },
      { title = "Errors, percent", region = local.at_the_cdn, stat = "Average", metrics = [
        concat(["AWS/CloudFront", "4xxErrorRate"], local.cdn),
        concat(["AWS/CloudFront", "5xxErrorRate"], local.cdn),
      ] },
      { title = "Bytes sent a minute", region = local.at_the_cdn, stat = "Sum", metrics = [concat(["AWS/CloudFront", "BytesDownloaded"], local.cdn)] },
    ] },
    { title = "Cluster", graphs = [
      { title = "Nodes: processor and memory, percent", region = local.here, stat = "Average", metrics = [
        local.node_cpu,
        concat(["ContainerInsights", "node_memory_utilization"], local.nodes),
      ] },
      { title = "Pods: processor and memory, percent", region = local.here, stat = "Average", metrics = [
        local.pod_cpu,
        concat(["ContainerInsights", "pod_memory_utilization"], local.pods),
      ] },
      { title = "Most restarts of a pod so far", region = local.here, stat = "Maximum", metrics = [concat(["ContainerInsights", "pod_number_of_container_restarts"], local.pods)] },
    ] },
    { title = "Load test: what was asked, and how it was answered", graphs = [
      { title = "Requests a minute", region = local.here, stat = "Sum", metrics = [local.requests] },
      { title = "Seconds to an answer", region = local.here, stat = "p95", metrics = local.latencies },
      { title = "Errors a minute", region = local.here, stat = "Sum", metrics = local.errors },
    ] },
    { title = "Load test: who had to work for it", graphs = [
      { title = "Pods and nodes", region = local.here, stat = "Maximum", metrics = [local.pod_count, local.node_count] },
      { title = "Processors of pods and nodes, percent", region = local.here, stat = "Average", metrics = [local.pod_cpu, local.node_cpu] },
      { title = "Processors of PostgreSQL and Redis, percent", region = local.here, stat = "Average", metrics = concat([local.database_cpu], local.cache_cpu) },
    ] },
  ]
}
