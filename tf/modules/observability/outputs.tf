output "alarm_names" {
  description = "Every alarm that tells somebody, without the prefix. The runbook has a heading for each: `alarm-<name>`."
  value       = local.alarm_names
}

output "topic_arn" {
  description = "Where alarms are sent to."
  value       = aws_sns_topic.alarms.arn
}

output "dashboard_name" {
  description = "The dashboard."
  value       = aws_cloudwatch_dashboard.this.dashboard_name
}
