# The shop's Redis on ElastiCache (Valkey): TLS and a token for every connection, encrypted on disk, reachable from the
# cluster's nodes alone. It holds answers and counters, nothing that could not be made again.

resource "aws_elasticache_replication_group" "this" {
  replication_group_id = var.prefix
  description          = "Answers kept and requests counted for ${var.prefix}"

  # Valkey 8 speaks Redis' protocol, and a node costs a fifth less than one of Redis OSS.
  engine                     = "valkey"
  engine_version             = var.engine_version
  auto_minor_version_upgrade = true
  node_type                  = var.node_type
  port                       = local.port
  parameter_group_name       = aws_elasticache_parameter_group.this.name

  num_cache_clusters         = var.nodes
  automatic_failover_enabled = var.nodes > 1
  multi_az_enabled           = var.nodes > 1

  transit_encryption_enabled = true
  transit_encryption_mode    = "required"
  at_rest_encryption_enabled = true
  kms_key_id                 = var.kms_key_arn
  auth_token                 = var.auth_token
  auth_token_update_strategy = var.auth_token_update_strategy

  subnet_group_name  = var.subnet_group_name
  security_group_ids = [aws_security_group.this.id]

  maintenance_window       = var.maintenance_window
  snapshot_window          = var.snapshot_window
  snapshot_retention_limit = var.snapshot_retention_days
  # A new token has to be in force when the apply ends, not in next Sunday's window.
  apply_immediately = true

  log_delivery_configuration {
    destination      = aws_cloudwatch_log_group.slow.name
    destination_type = "cloudwatch-logs"
    log_format       = "json"
    log_type         = "slow-log"
  }
}

resource "aws_elasticache_parameter_group" "this" {
  name        = "${var.prefix}-valkey8"
  description = "What is least used makes room for what is new"
  family      = "valkey8"

  # Everything in it can be made again, and everything expires. With `volatile-lru` or `noeviction` a full Redis would
  # refuse what is new, the counters of the rate limits among it; so whatever was not read for longest may go.
  parameter {
    name  = "maxmemory-policy"
    value = "allkeys-lru"
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudwatch_log_group" "slow" {
  name              = "/aws/elasticache/${var.prefix}/slow-log"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
}

locals {
  port = 6379
}
