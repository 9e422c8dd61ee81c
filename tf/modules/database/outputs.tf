output "identifier" {
  description = "The instance's name, for metrics and for the scripts that stop and start it."
  value       = aws_db_instance.this.identifier
}

output "address" {
  description = "The host to connect to."
  value       = aws_db_instance.this.address
}

output "port" {
  description = "The port to connect to."
  value       = local.port
}

output "database_name" {
  description = "The name of the shop's database."
  value       = var.database_name
}

output "master_secret_arn" {
  description = "The secret of the owning role, JSON with username and password. RDS makes it and changes it."
  value       = local.master_secret_arn
}

output "security_group_id" {
  description = "The database's security group."
  value       = aws_security_group.this.id
}

output "recovery_targets" {
  description = "What a restore must keep: how long it may take, and how much may be lost, in minutes."
  value       = { rto_minutes = 30, rpo_minutes = 5 }
}
