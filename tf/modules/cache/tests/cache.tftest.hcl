# What matters of Redis: nobody outside gets in, nothing goes over the wire in clear, and a token can be changed under load.

mock_provider "aws" {}

variables {
  prefix                 = "bottega-demo"
  vpc_id                 = "vpc-1"
  subnet_group_name      = "bottega-demo-cache"
  node_security_group_id = "sg-nodes"
  kms_key_arn            = "arn:aws:kms:us-east-1:123456789012:key/1"
  auth_token             = "0123456789abcdef0123456789abcdef"
}

run "private" {
  assert {
    condition = (aws_vpc_security_group_ingress_rule.nodes.referenced_security_group_id == "sg-nodes"
      && aws_vpc_security_group_ingress_rule.nodes.cidr_ipv4 == null
      && aws_vpc_security_group_ingress_rule.nodes.cidr_ipv6 == null
      && aws_vpc_security_group_ingress_rule.nodes.ip_protocol == "tcp"
      && aws_vpc_security_group_ingress_rule.nodes.from_port == 6379
    && aws_vpc_security_group_ingress_rule.nodes.to_port == 6379)
    error_message = "Others than the nodes are let in, or another port is open."
  }
  assert {
    condition     = length(aws_security_group.this.egress) == 0
    error_message = "Redis may open connections to others."
  }
}

run "encrypted" {
  assert {
    condition = (aws_elasticache_replication_group.this.transit_encryption_enabled
    && aws_elasticache_replication_group.this.transit_encryption_mode == "required")
    error_message = "Connections without TLS are accepted."
  }
  assert {
    condition = (aws_elasticache_replication_group.this.at_rest_encryption_enabled == "true"
    && aws_elasticache_replication_group.this.kms_key_id == var.kms_key_arn)
    error_message = "The disks are not encrypted with the platform's key."
  }
  assert {
    condition     = nonsensitive(aws_elasticache_replication_group.this.auth_token == var.auth_token)
    error_message = "Connections without the token are accepted."
  }
  assert {
    condition = (aws_cloudwatch_log_group.slow.kms_key_id == var.kms_key_arn
    && aws_cloudwatch_log_group.slow.retention_in_days == 30)
    error_message = "The slow log is kept for ever, or without encryption."
  }
}

run "a_full_redis_takes_what_is_new" {
  assert {
    condition     = contains(aws_elasticache_parameter_group.this.parameter, { name = "maxmemory-policy", value = "allkeys-lru" })
    error_message = "A full Redis would refuse writes."
  }
  assert {
    condition     = aws_elasticache_replication_group.this.parameter_group_name == aws_elasticache_parameter_group.this.name
    error_message = "The replication group does not use the parameter group."
  }
}

run "a_token_is_changed_in_two_steps" {
  assert {
    condition     = aws_elasticache_replication_group.this.auth_token_update_strategy == "ROTATE" && aws_elasticache_replication_group.this.apply_immediately
    error_message = "The old token ends while pods still use it, or the new one begins on another day."
  }
}

run "one_node_has_nobody_to_fail_over_to" {
  assert {
    condition     = !aws_elasticache_replication_group.this.automatic_failover_enabled && output.node_ids == ["bottega-demo-001"]
    error_message = "AWS refuses failover with one node."
  }
}

run "two_nodes_stand_in_two_zones" {
  variables {
    nodes = 2
  }
  assert {
    condition = (aws_elasticache_replication_group.this.automatic_failover_enabled
    && aws_elasticache_replication_group.this.multi_az_enabled && length(output.node_ids) == 2)
    error_message = "Two nodes do not take over from each other."
  }
}

run "a_short_token_is_refused" {
  command = plan
  variables {
    auth_token = "short"
  }
  expect_failures = [var.auth_token]
}

run "a_token_is_never_taken_away" {
  command = plan
  variables {
    auth_token_update_strategy = "DELETE"
  }
  expect_failures = [var.auth_token_update_strategy]
}
