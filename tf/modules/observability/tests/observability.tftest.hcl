# What matters of being told: every alarm is on, reaches somebody, and says where it is explained.

mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_region" {
    defaults = { region = "eu-west-1" }
  }
  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:eu-west-1:123456789012:bottega-demo-alarms" }
  }
}

variables {
  prefix                   = "bottega-demo"
  kms_key_arn              = "arn:aws:kms:eu-west-1:123456789012:key/1"
  alarm_emails             = ["operations@example.com"]
  cluster_name             = "bottega-demo"
  load_balancer_arn_suffix = "app/bottega-demo-api/1"
  target_group_arn_suffix  = "targetgroup/bottega-demo-api/1"
  database_identifier      = "bottega-demo"
  cache_node_ids           = ["bottega-demo-001", "bottega-demo-002"]
  distribution_id          = "SHOP"
}

run "alarms_are_on_and_reach_somebody" {
  assert {
    condition     = length(output.alarm_names) >= 8 && length(output.alarm_names) == length(distinct(output.alarm_names))
    error_message = "There are fewer than eight alarms, or two of one name."
  }
  assert {
    condition = alltrue([for alarm in concat(values(aws_cloudwatch_metric_alarm.simple), values(aws_cloudwatch_metric_alarm.cache),
      [aws_cloudwatch_metric_alarm.pod_restarts], values(aws_cloudwatch_composite_alarm.budget)) :
    alarm.actions_enabled && alarm.alarm_actions == toset([aws_sns_topic.alarms.arn]) && alarm.ok_actions == toset([aws_sns_topic.alarms.arn])])
    error_message = "An alarm is off, or tells nobody, or does not tell when it is over."
  }
  assert {
    condition     = aws_sns_topic_subscription.emails["operations@example.com"].topic_arn == aws_sns_topic.alarms.arn
    error_message = "Nobody is subscribed."
  }
}

run "alarms_say_where_they_are_explained" {
  assert {
    condition = toset([for alarm in concat(values(aws_cloudwatch_metric_alarm.simple), values(aws_cloudwatch_metric_alarm.cache),
      [aws_cloudwatch_metric_alarm.pod_restarts], values(aws_cloudwatch_composite_alarm.budget)) :
    trimprefix(alarm.alarm_name, "bottega-demo-")]) == toset(output.alarm_names)
    error_message = "The list of alarms lacks one, or has one that is not there."
  }
  assert {
    condition = alltrue([for alarm in concat(values(aws_cloudwatch_metric_alarm.simple), values(aws_cloudwatch_metric_alarm.cache),
      [aws_cloudwatch_metric_alarm.pod_restarts], values(aws_cloudwatch_composite_alarm.budget)) :
    endswith(alarm.alarm_description, "docs/operations.md#alarm-${trimprefix(alarm.alarm_name, "bottega-demo-")}")])
    error_message = "An alarm does not say where the runbook explains it."
  }
}

run "what_is_sent_is_encrypted_and_sent_by_cloudwatch_alone" {
  assert {
    condition     = aws_sns_topic.alarms.kms_master_key_id == var.kms_key_arn
    error_message = "What is sent is not encrypted with the platform's key."
  }
  assert {
    condition = alltrue([for statement in jsondecode(aws_sns_topic_policy.alarms.policy).Statement :
      statement.Principal == { Service = "cloudwatch.amazonaws.com" } && statement.Action == "sns:Publish"
    && statement.Condition.StringEquals["aws:SourceAccount"] == "123456789012"])
    error_message = "Others than this account's CloudWatch may send."
  }
}

run "the_error_budget_is_watched_over_two_windows_each" {
  assert {
    condition = { for name, alarm in aws_cloudwatch_metric_alarm.budget_window : name => format("%.5f", alarm.threshold) } == {
      error-budget-fast-long = "0.01440", error-budget-fast-short = "0.01440"
      error-budget-slow-long = "0.00600", error-budget-slow-short = "0.00600"
    }
    error_message = "The rates are not 14.4 and 6 times what 99.9 % allows."
  }
  assert {
    condition = { for name, alarm in aws_cloudwatch_metric_alarm.budget_window : name =>
      join(" ", distinct([for query in alarm.metric_query : query.metric[0].period if length(query.metric) > 0])) } == {
      error-budget-fast-long = "3600", error-budget-fast-short = "300"
      error-budget-slow-long = "21600", error-budget-slow-short = "1800"
    }
    error_message = "The windows are not 1 h with 5 min, and 6 h with 30 min."
  }
  assert {
    condition     = aws_cloudwatch_composite_alarm.budget["error-budget-fast"].alarm_rule == "ALARM(\"bottega-demo-error-budget-fast-long\") AND ALARM(\"bottega-demo-error-budget-fast-short\")"
    error_message = "The alarm does not need both of its windows."
  }
  assert {
    condition = alltrue([for alarm in aws_cloudwatch_metric_alarm.budget_window :
    contains([for query in alarm.metric_query : query.expression], "FILL(errors, 0) + FILL(refused, 0)")])
    error_message = "Requests that no pod took do not count as failed."
  }
}

run "an_outage_is_no_missing_figure" {
  assert {
    condition     = aws_cloudwatch_metric_alarm.simple["api-down"].treat_missing_data == "breaching"
    error_message = "A target group without pods is taken for a healthy one."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.simple["api-latency"].extended_statistic == "p95" && aws_cloudwatch_metric_alarm.simple["api-latency"].threshold == 0.5
    error_message = "The slowest twentieth is not held to half a second."
  }
  assert {
    condition = alltrue([for alarm in aws_cloudwatch_metric_alarm.cache :
    length([for query in alarm.metric_query : query if length(query.metric) > 0]) == 2])
    error_message = "A node of Redis is not watched."
  }
}

run "what_the_load_balancer_never_sees_is_told_by_cloudfront" {
  override_data {
    target = data.aws_region.current
    values = { region = "us-east-1" }
  }
  assert {
    condition = (aws_cloudwatch_metric_alarm.cdn_errors[0].namespace == "AWS/CloudFront" && aws_cloudwatch_metric_alarm.cdn_errors[0].metric_name == "5xxErrorRate"
    && aws_cloudwatch_metric_alarm.cdn_errors[0].dimensions == tomap({ Region = "Global", DistributionId = "SHOP" }))
    error_message = "CloudFront tells its errors under another name."
  }
  assert {
    condition = (contains(output.alarm_names, "cdn-errors") && aws_cloudwatch_metric_alarm.cdn_errors[0].alarm_actions == toset([aws_sns_topic.alarms.arn])
    && endswith(aws_cloudwatch_metric_alarm.cdn_errors[0].alarm_description, "docs/operations.md#alarm-cdn-errors"))
    error_message = "Nobody is told, or not where it is explained."
  }
}

run "where_cloudfront_has_no_figures_there_is_no_alarm" {
  assert {
    condition     = length(aws_cloudwatch_metric_alarm.cdn_errors) == 0 && !contains(output.alarm_names, "cdn-errors")
    error_message = "An alarm that can never go off is taken for one."
  }
}

run "an_alarm_leaves_aws_its_time" {
  assert {
    condition     = aws_cloudwatch_metric_alarm.simple["database-storage"].threshold < 20 * 1024 * 1024 * 1024 / 10
    error_message = "RDS enlarges 20 GB when a tenth is left: before that there is nothing to do."
  }
  assert {
    condition = alltrue([for query in aws_cloudwatch_metric_alarm.pod_restarts.metric_query :
    query.metric[0].stat == "Maximum" && query.metric[0].period == 300 if length(query.metric) > 0])
    error_message = "A number told twice in a minute is taken for a restart."
  }
}

run "the_dashboard_shows_every_part" {
  assert {
    condition = alltrue([for title in ["API", "Load balancer", "PostgreSQL", "Redis", "CDN", "Cluster"] :
    strcontains(aws_cloudwatch_dashboard.this.dashboard_body, "## ${title}")])
    error_message = "A part of the shop is not on the dashboard."
  }
  assert {
    condition     = length(regexall("## Load test", aws_cloudwatch_dashboard.this.dashboard_body)) == 2
    error_message = "Load tests have no section."
  }
  assert {
    condition = alltrue([for widget in jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets :
      widget.type != "metric" || try(length(widget.properties.metrics) > 0 && alltrue([
        for metric in widget.properties.metrics : (metric[0] == "AWS/CloudFront") == (widget.properties.region == "us-east-1")
    ]), false)])
    error_message = "A graph is empty, or looks for its figures in another region."
  }
  assert {
    condition = length(distinct([for widget in jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets :
    "${widget.x}/${widget.y}"])) == length(jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets)
    error_message = "Two graphs are in the same place."
  }
}

run "what_is_no_address_is_refused" {
  command = plan
  variables {
    alarm_emails = ["operations"]
  }
  expect_failures = [var.alarm_emails]
}
