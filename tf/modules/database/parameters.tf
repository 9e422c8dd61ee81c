# How the server behaves: TLS or nothing, and a log that says who came, who went and what was slow.

resource "aws_db_parameter_group" "this" {
  name_prefix = "${var.prefix}-"
  description = "TLS for every connection; connections and slow statements logged"
  # The family belongs to the major version: `postgres17` to 17 and to 17.9.
  family = "postgres${split(".", var.engine_version)[0]}"

  dynamic "parameter" {
    for_each = local.parameters
    content {
      name         = parameter.key
      value        = parameter.value
      apply_method = "immediate"
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}

locals {
  parameters = {
    "rds.force_ssl"      = "1"
    "log_connections"    = "1"
    "log_disconnections" = "1"
    "log_duration"       = "1"
    # Statements that take a second or more are logged with their text.
    "log_min_duration_statement" = "1000"
  }
}
