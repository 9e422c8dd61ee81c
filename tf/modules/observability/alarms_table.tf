# When an alarm goes off, and in which words. Each name is a heading of the runbook: docs/operations.md#alarm-<name>.
#
# `missing` is what no figure means. A load balancer without any pod has no healthy one to count: that is the outage itself.

locals {
  load_balancer = { LoadBalancer = var.load_balancer_arn_suffix }
  target_group  = { LoadBalancer = var.load_balancer_arn_suffix, TargetGroup = var.target_group_arn_suffix }
  database      = { DBInstanceIdentifier = var.database_identifier }
  cluster       = { ClusterName = var.cluster_name }

  simple_alarms = {
    api-down = {
      what      = "No pod of the API is ready"
      namespace = "AWS/ApplicationELB", metric = "HealthyHostCount", dimensions = local.target_group
      statistic = "Maximum", comparison = "LessThanThreshold", threshold = 1
      period    = 60, periods = 2, missing = "breaching"
    }
    api-errors = {
      what      = "The API answers 5xx"
      namespace = "AWS/ApplicationELB", metric = "HTTPCode_Target_5XX_Count", dimensions = local.load_balancer
      statistic = "Sum", comparison = "GreaterThanThreshold", threshold = 10
      period    = 300, periods = 1, missing = "notBreaching"
    }
    api-latency = {
      what      = "One request in twenty takes longer than half a second"
      namespace = "AWS/ApplicationELB", metric = "TargetResponseTime", dimensions = local.load_balancer
      statistic = "p95", comparison = "GreaterThanThreshold", threshold = 0.5
      period    = 300, periods = 2, missing = "notBreaching"
    }
    api-unhealthy = {
      what      = "A pod of the API stays unready"
      namespace = "AWS/ApplicationELB", metric = "UnHealthyHostCount", dimensions = local.target_group
      statistic = "Minimum", comparison = "GreaterThanThreshold", threshold = 0
      period    = 60, periods = 5, missing = "notBreaching"
    }
    database-cpu = {
      what      = "The database computes without pause"
      namespace = "AWS/RDS", metric = "CPUUtilization", dimensions = local.database
      statistic = "Average", comparison = "GreaterThanThreshold", threshold = 80
      period    = 300, periods = 3, missing = "notBreaching"
    }
    database-credits = {
      what      = "The database soon computes above its share at a price"
      namespace = "AWS/RDS", metric = "CPUCreditBalance", dimensions = local.database
      statistic = "Minimum", comparison = "LessThanThreshold", threshold = 20
      period    = 300, periods = 2, missing = "notBreaching"
    }
    database-connections = {
      what      = "The database has nearly as many connections as it takes"
      namespace = "AWS/RDS", metric = "DatabaseConnections", dimensions = local.database
      statistic = "Maximum", comparison = "GreaterThanThreshold", threshold = var.database_connections_limit
      period    = 300, periods = 2, missing = "notBreaching"
    }
    # RDS enlarges it when a tenth is left, of the smallest storage 2 GB.
    database-storage = {
      what      = "The database has less than 1.5 GB left, and RDS did not enlarge it"
      namespace = "AWS/RDS", metric = "FreeStorageSpace", dimensions = local.database
      statistic = "Minimum", comparison = "LessThanThreshold", threshold = 1.5 * 1024 * 1024 * 1024
      period    = 300, periods = 3, missing = "notBreaching"
    }
    node-cpu = {
      what      = "The nodes compute without pause, and no new one helps"
      namespace = "ContainerInsights", metric = "node_cpu_utilization", dimensions = local.cluster
      statistic = "Average", comparison = "GreaterThanThreshold", threshold = 85
      period    = 300, periods = 3, missing = "notBreaching"
    }
    node-memory = {
      what      = "The nodes have hardly any memory left"
      namespace = "ContainerInsights", metric = "node_memory_utilization", dimensions = local.cluster
      statistic = "Average", comparison = "GreaterThanThreshold", threshold = 85
      period    = 300, periods = 3, missing = "notBreaching"
    }
  }

  cache_alarms = {
    cache-cpu = {
      what   = "Redis computes without pause"
      metric = "EngineCPUUtilization", statistic = "Average", threshold = 75, periods = 2
    }
    cache-memory = {
      what   = "Redis is nearly full"
      metric = "DatabaseMemoryUsagePercentage", statistic = "Average", threshold = 80, periods = 2
    }
    cache-evictions = {
      what   = "Redis throws away what is still good, because it is full"
      metric = "Evictions", statistic = "Sum", threshold = 1000, periods = 2
    }
  }
}
