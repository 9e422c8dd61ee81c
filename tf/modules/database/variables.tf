variable "prefix" {
  description = "What every name begins with, and the name of the instance."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,40}$", var.prefix))
    error_message = "Give a prefix of lowercase letters, digits and hyphens, like `bottega-demo`."
  }
}

variable "vpc_id" {
  description = "The network the database is in."
  type        = string
}

variable "subnet_group_name" {
  description = "The subnet group of the database tier."
  type        = string
}

variable "node_security_group_id" {
  description = "The security group of the cluster's nodes: the only ones let in."
  type        = string
}

variable "kms_key_arn" {
  description = "The key that encrypts storage, snapshots, the master's secret and the logs."
  type        = string
}

variable "engine_version" {
  description = "PostgreSQL's version. With only the major version, RDS chooses and keeps up the minor one."
  type        = string
  default     = "17"

  validation {
    condition     = can(regex("^1[5-9](\\.[0-9]+)?$", var.engine_version))
    error_message = "The shop needs PostgreSQL 15 or newer: give `17`, or a minor version of it that RDS offers."
  }
}

variable "instance_class" {
  description = "How large the instance is."
  type        = string
  default     = "db.t4g.micro"

  validation {
    condition     = startswith(var.instance_class, "db.")
    error_message = "Give a class of RDS, like `db.t4g.micro` or `db.t3.micro`."
  }
}

variable "multi_az" {
  description = "Whether a standby in another zone takes over. It doubles the price of the instance."
  type        = bool
  default     = false
}

variable "storage_gb" {
  description = "How much storage there is at first, in GB."
  type        = number
  default     = 20

  validation {
    condition     = var.storage_gb >= 20
    error_message = "gp3 begins at 20 GB: give 20 or more."
  }
}

variable "storage_max_gb" {
  description = "Up to how much RDS enlarges the storage by itself, in GB."
  type        = number
  default     = 100

  validation {
    condition     = var.storage_max_gb >= var.storage_gb * 1.1
    error_message = "Give at least a tenth more than storage_gb, or RDS cannot enlarge the storage."
  }
}

variable "database_name" {
  description = "The name of the shop's database."
  type        = string
  default     = "bottega"
}

variable "master_username" {
  description = "The role that owns the tables. Migrations use it, the application does not."
  type        = string
  default     = "bottega_admin"
}

variable "master_rotation_days" {
  description = "After how many days the master's password is changed."
  type        = number
  default     = 7

  validation {
    condition     = var.master_rotation_days >= 1 && var.master_rotation_days <= 30
    error_message = "Give between 1 and 30 days."
  }
}

variable "backup_retention_days" {
  description = "How many days back the database can be restored to any moment. 0 would switch backups off."
  type        = number
  default     = 7

  validation {
    condition     = var.backup_retention_days >= 7 && var.backup_retention_days <= 35
    error_message = "Give between 7 and 35 days."
  }
}

variable "backup_window" {
  description = "When the daily snapshot is taken, in UTC."
  type        = string
  default     = "03:00-04:00"
}

variable "maintenance_window" {
  description = "When AWS may change what needs a restart, in UTC."
  type        = string
  default     = "sun:04:00-sun:05:00"
}

variable "protected" {
  description = "Whether the instance refuses to be deleted, and leaves a snapshot and its backups behind when it is."
  type        = bool
  default     = true
}

variable "final_snapshot_name" {
  description = "The name of the last snapshot. Give another one where an earlier instance has left its own."
  type        = string
  default     = "bottega-final"
}

variable "log_retention_days" {
  description = "How many days the logs are kept."
  type        = number
  default     = 30
}
