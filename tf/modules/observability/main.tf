# What tells people how the shop is: one dashboard, alarms that name the page of the runbook, and the topic that sends them.

resource "aws_sns_topic" "alarms" {
  name              = "${var.prefix}-alarms"
  display_name      = "${var.prefix} alarms"
  kms_master_key_id = var.kms_key_arn
}

# CloudWatch may send, for alarms of this account. (The key's policy has to let CloudWatch use the key.)
resource "aws_sns_topic_policy" "alarms" {
  arn = aws_sns_topic.alarms.arn

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "AlarmsAreSent"
      Effect    = "Allow"
      Principal = { Service = "cloudwatch.amazonaws.com" }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.alarms.arn
      Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }
    }]
  })
}

# Each receives a mail from AWS first, and nothing more until its link has been followed.
resource "aws_sns_topic_subscription" "emails" {
  for_each = toset(var.alarm_emails)

  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = each.key
}

locals {
  # Where an alarm is explained. Its name there is the name here.
  runbook = "docs/operations.md#alarm-"
  topic   = [aws_sns_topic.alarms.arn]

  alarm_names = sort(concat(
    [for name in keys(local.budget_alarms) : name],
    keys(local.simple_alarms),
    keys(local.cache_alarms),
    ["pod-restarts"],
    [for alarm in aws_cloudwatch_metric_alarm.cdn_errors : "cdn-errors"],
  ))
}

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}
