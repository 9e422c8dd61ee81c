# The objective: 99.9 % of a month's requests are answered, so one in a thousand may fail. These alarms say how fast that
# budget is being used up. Each looks at two windows: the long one that it matters, the short one that it goes on.
#
# fast: 14.4 times as fast as a month allows, over an hour: 2 % of the budget are gone.  Somebody gets up.
# slow: 6 times as fast, over six hours: 5 % are gone.                                   Somebody looks today.

locals {
  objective      = 0.999
  allowed_errors = 1 - local.objective

  budget_alarms = {
    error-budget-fast = {
      what    = "Requests fail 14 times as often as the objective of 99.9 % allows"
      rate    = 14.4
      windows = { long = 3600, short = 300 }
    }
    error-budget-slow = {
      what    = "Requests fail 6 times as often as the objective of 99.9 % allows, for hours"
      rate    = 6
      windows = { long = 21600, short = 1800 }
    }
  }

  budget_windows = merge([for name, alarm in local.budget_alarms : {
    for window, seconds in alarm.windows : "${name}-${window}" => { alarm = name, rate = alarm.rate, seconds = seconds }
  }]...)
}

# One window of one alarm. It tells nobody: the composite below does.
resource "aws_cloudwatch_metric_alarm" "budget_window" {
  for_each = local.budget_windows

  alarm_name          = "${var.prefix}-${each.key}"
  alarm_description   = "A window of ${each.value.alarm}: see ${local.runbook}${each.value.alarm}"
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.rate * local.allowed_errors
  evaluation_periods  = 1
  # Nobody asked for anything: nothing failed.
  treat_missing_data = "notBreaching"

  metric_query {
    id          = "share"
    label       = "Share of requests that failed"
    expression  = "IF(total > 0, failed / total, 0)"
    return_data = true
  }

  # What no pod took is not among the requests that were counted as handed on.
  metric_query {
    id         = "total"
    expression = "FILL(requests, 0) + FILL(refused, 0)"
  }

  metric_query {
    id         = "failed"
    expression = "FILL(errors, 0) + FILL(refused, 0)"
  }

  dynamic "metric_query" {
    for_each = local.request_metrics
    content {
      id = metric_query.key
      metric {
        namespace   = "AWS/ApplicationELB"
        metric_name = metric_query.value
        dimensions  = { LoadBalancer = var.load_balancer_arn_suffix }
        stat        = "Sum"
        period      = each.value.seconds
      }
    }
  }
}

resource "aws_cloudwatch_composite_alarm" "budget" {
  for_each = local.budget_alarms

  alarm_name        = "${var.prefix}-${each.key}"
  alarm_description = "${each.value.what}. What to do: ${local.runbook}${each.key}"
  actions_enabled   = true
  alarm_actions     = local.topic
  ok_actions        = local.topic
  alarm_rule = join(" AND ", [
    for window in keys(each.value.windows) :
    "ALARM(\"${aws_cloudwatch_metric_alarm.budget_window["${each.key}-${window}"].alarm_name}\")"
  ])
}

locals {
  request_metrics = {
    requests = "RequestCount"
    errors   = "HTTPCode_Target_5XX_Count"
    refused  = "HTTPCode_ELB_5XX_Count"
  }
}
