# What matters of the database: nobody outside gets in, nothing is readable without the key, and it can be restored.

mock_provider "aws" {
  mock_resource "aws_db_instance" {
    defaults = {
      master_user_secret = [{ secret_arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:rds!db-1" }]
    }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
}

variables {
  prefix                 = "bottega-demo"
  vpc_id                 = "vpc-1"
  subnet_group_name      = "bottega-demo-database"
  node_security_group_id = "sg-nodes"
  kms_key_arn            = "arn:aws:kms:us-east-1:123456789012:key/1"
}

run "private" {
  assert {
    condition     = !aws_db_instance.this.publicly_accessible
    error_message = "The database has a public address."
  }
  assert {
    condition     = aws_db_instance.this.db_subnet_group_name == "bottega-demo-database"
    error_message = "The database is not in the database tier."
  }
  assert {
    condition = (aws_vpc_security_group_ingress_rule.nodes.referenced_security_group_id == "sg-nodes"
      && aws_vpc_security_group_ingress_rule.nodes.cidr_ipv4 == null
      && aws_vpc_security_group_ingress_rule.nodes.cidr_ipv6 == null
    && aws_vpc_security_group_ingress_rule.nodes.prefix_list_id == null)
    error_message = "Others than the nodes are let in."
  }
  assert {
    condition = (aws_vpc_security_group_ingress_rule.nodes.ip_protocol == "tcp"
      && aws_vpc_security_group_ingress_rule.nodes.from_port == 5432
    && aws_vpc_security_group_ingress_rule.nodes.to_port == 5432)
    error_message = "Another port than 5432 is open."
  }
  assert {
    condition     = length(aws_security_group.this.egress) == 0
    error_message = "The database may open connections to others."
  }
}

run "encrypted" {
  assert {
    condition     = aws_db_instance.this.storage_encrypted && aws_db_instance.this.kms_key_id == var.kms_key_arn
    error_message = "The storage is not encrypted with the platform's key."
  }
  assert {
    condition     = contains(aws_db_parameter_group.this.parameter, { name = "rds.force_ssl", value = "1", apply_method = "immediate" })
    error_message = "Connections without TLS are accepted."
  }
  assert {
    condition     = aws_db_instance.this.parameter_group_name == aws_db_parameter_group.this.name
    error_message = "The instance does not use the parameter group."
  }
  assert {
    condition     = aws_db_instance.this.ca_cert_identifier == "rds-ca-rsa2048-g1" && !aws_db_instance.this.iam_database_authentication_enabled
    error_message = "The instance shows a certificate of an authority that is not in the image, or knows a second way in."
  }
  assert {
    condition     = aws_db_parameter_group.this.family == "postgres17"
    error_message = "The parameter group is for another version."
  }
  assert {
    condition     = aws_db_instance.this.performance_insights_kms_key_id == var.kms_key_arn
    error_message = "Database Insights keeps statements outside the platform's key."
  }
}

run "the_master_is_managed" {
  assert {
    condition     = aws_db_instance.this.manage_master_user_password && aws_db_instance.this.password == null
    error_message = "The master's password is in the state."
  }
  assert {
    condition     = aws_db_instance.this.master_user_secret_kms_key_id == var.kms_key_arn
    error_message = "The master's secret is not encrypted with the platform's key."
  }
  assert {
    condition     = aws_secretsmanager_secret_rotation.master.rotation_rules[0].automatically_after_days == 7
    error_message = "The master's password is not changed every week."
  }
  assert {
    condition     = output.master_secret_arn == aws_secretsmanager_secret_rotation.master.secret_id
    error_message = "The secret that is named is not the one that is rotated."
  }
}

run "recoverable" {
  assert {
    condition     = aws_db_instance.this.backup_retention_period == 7
    error_message = "Backups are not kept for seven days."
  }
  assert {
    condition = (aws_db_instance.this.deletion_protection && !aws_db_instance.this.skip_final_snapshot
    && aws_db_instance.this.final_snapshot_identifier != null && !aws_db_instance.this.delete_automated_backups)
    error_message = "The database can be deleted with all it holds."
  }
  assert {
    condition     = output.recovery_targets.rto_minutes == 30 && output.recovery_targets.rpo_minutes == 5
    error_message = "The targets of a restore have changed."
  }
  assert {
    condition = (aws_db_instance.this.allocated_storage == 20 && aws_db_instance.this.max_allocated_storage == 100
    && aws_db_instance.this.storage_type == "gp3")
    error_message = "The storage is not gp3 from 20 to 100 GB."
  }
}

run "watched" {
  assert {
    condition     = aws_db_instance.this.database_insights_mode == "standard" && aws_db_instance.this.performance_insights_enabled
    error_message = "Database Insights is off."
  }
  assert {
    condition = {
      for parameter in aws_db_parameter_group.this.parameter : parameter.name => parameter.value if startswith(parameter.name, "log_")
    } == { log_connections = "1", log_disconnections = "1", log_duration = "1", log_min_duration_statement = "1000" }
    error_message = "The log does not say who came, who went and what was slow."
  }
  assert {
    condition     = aws_db_instance.this.monitoring_interval == 60
    error_message = "Enhanced monitoring is off."
  }
  assert {
    condition = alltrue([for name in aws_db_instance.this.enabled_cloudwatch_logs_exports :
      aws_cloudwatch_log_group.exported[name].retention_in_days == 30
    && aws_cloudwatch_log_group.exported[name].kms_key_id == var.kms_key_arn])
    error_message = "An exported log is kept for ever, or without encryption."
  }
  assert {
    condition = jsondecode(aws_iam_role.monitoring.assume_role_policy).Statement == [{
      Effect    = "Allow"
      Principal = { Service = "monitoring.rds.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = "123456789012" } }
    }]
    error_message = "The monitoring role can be taken by others than RDS, or for another account."
  }
}

run "unprotected_only_when_asked" {
  variables {
    protected = false
  }
  assert {
    condition     = !aws_db_instance.this.deletion_protection && aws_db_instance.this.skip_final_snapshot
    error_message = "`protected = false` does not let the database go."
  }
}

run "old_versions_are_refused" {
  command = plan
  variables {
    engine_version = "14.20"
  }
  expect_failures = [var.engine_version]
}

run "backups_cannot_be_switched_off" {
  command = plan
  variables {
    backup_retention_days = 0
  }
  expect_failures = [var.backup_retention_days]
}
