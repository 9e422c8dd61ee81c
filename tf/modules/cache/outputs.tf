output "replication_group_id" {
  description = "The name of the replication group."
  value       = aws_elasticache_replication_group.this.id
}

output "node_ids" {
  description = "The names of the nodes, for metrics. ElastiCache numbers them from 001."
  value       = [for number in range(1, var.nodes + 1) : format("%s-%03d", var.prefix, number)]
}

output "host" {
  description = "The host to connect to: whichever node takes writes."
  value       = aws_elasticache_replication_group.this.primary_endpoint_address
}

output "port" {
  description = "The port to connect to, with TLS."
  value       = local.port
}

output "security_group_id" {
  description = "The cache's security group."
  value       = aws_security_group.this.id
}
