output "url" {
  description = "The address visitors know the shop by: `PUBLIC_URL`."
  value       = module.cdn.url
}

output "distribution_id" {
  description = "CloudFront's distribution: `CDN_DISTRIBUTION_ID`."
  value       = module.cdn.distribution_id
}

output "domain_name" {
  description = "CloudFront's own name for the shop, for the DNS records of its aliases."
  value       = module.cdn.domain_name
}

output "storefront_bucket" {
  description = "Where the storefront is uploaded to. The module cdn says with which metadata."
  value       = module.cdn.bucket
}

output "target_group_arn" {
  description = "What the pods join: the chart's TargetGroupBinding names it."
  value       = module.edge.target_group_arn
}

output "load_balancer_security_group_id" {
  description = "Who may ask the pods."
  value       = module.edge.security_group_id
}

output "database_identifier" {
  description = "The database's instance, for the night's shutdown."
  value       = module.database.identifier
}

output "database_address" {
  description = "PostgreSQL's host."
  value       = module.database.address
}

output "database_master_secret_arn" {
  description = "The owner's secret, JSON with username and password, for migrations. RDS makes it and changes it."
  value       = module.database.master_secret_arn
}

output "redis_host" {
  description = "Redis' host: `REDIS_HOST`."
  value       = module.cache.host
}

output "secret_arns" {
  description = "The application's secrets by what they are for: database, redis, jwt; mail and load-test where wanted."
  value       = module.secrets.arns
}

output "secret_names" {
  description = "Their names: what `externalSecrets` of the chart's values says."
  value       = module.secrets.names
}

output "application_role_arn" {
  description = "The role of the shop's pods."
  value       = module.application.role_arn
}

output "alarm_names" {
  description = "Every alarm that tells somebody, without the prefix: headings of docs/operations.md."
  value       = module.observability.alarm_names
}

output "dashboard_name" {
  description = "The dashboard."
  value       = module.observability.dashboard_name
}

output "recovery_targets" {
  description = "How long a restore may take, and how much may be lost, in minutes."
  value       = module.database.recovery_targets
}
