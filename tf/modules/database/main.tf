# The shop's PostgreSQL on RDS: private, encrypted, reachable from the cluster's nodes alone, and restorable to any
# moment of the last days. Its master is for migrations; the application signs in with a role of its own.

resource "aws_db_instance" "this" {
  identifier = var.prefix

  engine                      = "postgres"
  engine_version              = var.engine_version
  auto_minor_version_upgrade  = true
  allow_major_version_upgrade = false
  instance_class              = var.instance_class
  multi_az                    = var.multi_az

  db_name  = var.database_name
  username = var.master_username
  port     = local.port

  storage_type          = "gp3"
  allocated_storage     = var.storage_gb
  max_allocated_storage = var.storage_max_gb
  storage_encrypted     = true
  kms_key_id            = var.kms_key_arn

  # RDS makes the master's password, keeps it in Secrets Manager and changes it: it never is in this state.
  manage_master_user_password         = true
  master_user_secret_kms_key_id       = var.kms_key_arn
  iam_database_authentication_enabled = false

  db_subnet_group_name   = var.subnet_group_name
  vpc_security_group_ids = [aws_security_group.this.id]
  publicly_accessible    = false
  # The authority whose certificates are in the image at /etc/ssl/certs/rds.pem.
  ca_cert_identifier   = "rds-ca-rsa2048-g1"
  parameter_group_name = aws_db_parameter_group.this.name

  # Point-in-time recovery: RDS ships the write-ahead log every five minutes, which is the RPO of 5 minutes. A restore
  # makes a new instance, in less than the RTO of 30 minutes for a database of this size.
  backup_retention_period  = var.backup_retention_days
  backup_window            = var.backup_window
  maintenance_window       = var.maintenance_window
  copy_tags_to_snapshot    = true
  delete_automated_backups = !var.protected

  deletion_protection       = var.protected
  skip_final_snapshot       = !var.protected
  final_snapshot_identifier = var.protected ? var.final_snapshot_name : null

  database_insights_mode                = "standard"
  performance_insights_enabled          = true
  performance_insights_kms_key_id       = var.kms_key_arn
  performance_insights_retention_period = 7
  monitoring_interval                   = 60
  monitoring_role_arn                   = aws_iam_role.monitoring.arn
  enabled_cloudwatch_logs_exports       = local.exported_logs

  # RDS would make the groups itself, without an end to what they keep; and it refuses a role that cannot write yet.
  depends_on = [aws_cloudwatch_log_group.exported, aws_iam_role_policy_attachment.monitoring]
}

# RDS changes the password of a secret it manages every seven days of its own accord. Said here, so that the interval is
# a decision. Nobody but a migration signs in with it, and that reads it when it begins.
resource "aws_secretsmanager_secret_rotation" "master" {
  secret_id          = local.master_secret_arn
  rotate_immediately = false

  rotation_rules {
    automatically_after_days = var.master_rotation_days
  }
}

locals {
  port              = 5432
  exported_logs     = ["postgresql", "upgrade"]
  master_secret_arn = aws_db_instance.this.master_user_secret[0].secret_arn
}
