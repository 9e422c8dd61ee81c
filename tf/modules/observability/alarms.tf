# The alarms that look at one figure each. Their thresholds and their words are in alarms_table.tf.

resource "aws_cloudwatch_metric_alarm" "simple" {
  for_each = local.simple_alarms

  alarm_name          = "${var.prefix}-${each.key}"
  alarm_description   = "${each.value.what}. What to do: ${local.runbook}${each.key}"
  actions_enabled     = true
  alarm_actions       = local.topic
  ok_actions          = local.topic
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = startswith(each.value.statistic, "p") ? null : each.value.statistic
  extended_statistic  = startswith(each.value.statistic, "p") ? each.value.statistic : null
  comparison_operator = each.value.comparison
  threshold           = each.value.threshold
  period              = each.value.period
  evaluation_periods  = each.value.periods
  treat_missing_data  = each.value.missing
}

# Redis' figures come from each node by itself: the worst one counts.
resource "aws_cloudwatch_metric_alarm" "cache" {
  for_each = local.cache_alarms

  alarm_name          = "${var.prefix}-${each.key}"
  alarm_description   = "${each.value.what}. What to do: ${local.runbook}${each.key}"
  actions_enabled     = true
  alarm_actions       = local.topic
  ok_actions          = local.topic
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.threshold
  evaluation_periods  = each.value.periods
  treat_missing_data  = "notBreaching"

  metric_query {
    id          = "worst"
    label       = each.value.metric
    expression  = "MAX([${join(", ", [for place, node in var.cache_node_ids : "node${place}"])}])"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = var.cache_node_ids
    content {
      id = "node${metric_query.key}"
      metric {
        namespace   = "AWS/ElastiCache"
        metric_name = each.value.metric
        dimensions  = { CacheClusterId = metric_query.value }
        stat        = each.value.statistic
        period      = 300
      }
    }
  }
}

# Container Insights counts the restarts of a container since it was made: what counts is that the number grows. It tells the
# number about once a minute, in some minutes twice and in others not at all: the highest in five of them is steady.
resource "aws_cloudwatch_metric_alarm" "pod_restarts" {
  alarm_name          = "${var.prefix}-pod-restarts"
  alarm_description   = "Pods of the API restart again and again. What to do: ${local.runbook}pod-restarts"
  actions_enabled     = true
  alarm_actions       = local.topic
  ok_actions          = local.topic
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  # In two of the last three times five minutes: a container that fails again and again is left alone for five minutes at most.
  evaluation_periods  = 3
  datapoints_to_alarm = 2
  treat_missing_data  = "notBreaching"

  metric_query {
    id          = "new"
    label       = "New restarts"
    expression  = "DIFF(restarts)"
    return_data = true
  }

  metric_query {
    id = "restarts"
    metric {
      namespace   = "ContainerInsights"
      metric_name = "pod_number_of_container_restarts"
      dimensions  = { ClusterName = var.cluster_name, Namespace = var.namespace, PodName = var.workload }
      stat        = "Maximum"
      period      = 300
    }
  }
}

# The only one that sees a load balancer nobody reaches: what CloudFront cannot hand on is in no figure of the others. CloudFront's
# figures are in one region, and alarms tell topics of their own: elsewhere there is none.
resource "aws_cloudwatch_metric_alarm" "cdn_errors" {
  count = local.here == local.at_the_cdn ? 1 : 0

  alarm_name          = "${var.prefix}-cdn-errors"
  alarm_description   = "CloudFront answers 5xx. What to do: ${local.runbook}cdn-errors"
  actions_enabled     = true
  alarm_actions       = local.topic
  ok_actions          = local.topic
  namespace           = "AWS/CloudFront"
  metric_name         = "5xxErrorRate"
  dimensions          = { Region = "Global", DistributionId = var.distribution_id }
  statistic           = "Average"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 5
  period              = 300
  evaluation_periods  = 2
  treat_missing_data  = "notBreaching"
}
