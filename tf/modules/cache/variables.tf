variable "prefix" {
  description = "What every name begins with, and the name of the replication group."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,39}$", var.prefix))
    error_message = "Give a prefix of at most 40 lowercase letters, digits and hyphens, like `bottega-demo`."
  }
}

variable "vpc_id" {
  description = "The network the cache is in."
  type        = string
}

variable "subnet_group_name" {
  description = "The subnet group of the cache."
  type        = string
}

variable "node_security_group_id" {
  description = "The security group of the cluster's nodes: the only ones let in."
  type        = string
}

variable "kms_key_arn" {
  description = "The key that encrypts the disks, the snapshots and the log."
  type        = string
}

variable "auth_token" {
  description = "What every connection has to show."
  type        = string
  sensitive   = true

  validation {
    condition     = can(regex("^[A-Za-z0-9]{32,128}$", var.auth_token))
    error_message = "Give a token of 32 to 128 letters and digits; ElastiCache refuses some other characters."
  }
}

variable "auth_token_update_strategy" {
  description = <<-EOT
    What happens to the old token when there is a new one. A change of tokens takes two applies: with `ROTATE` both are
    accepted, so that pods which still use the old one go on; when all of them use the new one, `SET` ends the old one.
  EOT
  type        = string
  default     = "ROTATE"

  validation {
    condition     = contains(["ROTATE", "SET"], var.auth_token_update_strategy)
    error_message = "Give `ROTATE` to accept the old token too, or `SET` to accept only the new one."
  }
}

variable "engine_version" {
  description = "Valkey's version."
  type        = string
  default     = "8.2"

  validation {
    condition     = can(regex("^8\\.[0-9]+$", var.engine_version))
    error_message = "Give a version 8 of Valkey, like `8.2`; its parameter group is of that family."
  }
}

variable "node_type" {
  description = "How large a node is."
  type        = string
  default     = "cache.t4g.micro"

  validation {
    condition     = startswith(var.node_type, "cache.")
    error_message = "Give a type of ElastiCache, like `cache.t4g.micro`."
  }
}

variable "nodes" {
  description = "How many nodes there are. With more than one they stand in several zones, and one takes over."
  type        = number
  default     = 1

  validation {
    condition     = var.nodes >= 1 && var.nodes <= 6
    error_message = "Give between 1 and 6 nodes."
  }
}

variable "snapshot_window" {
  description = "When the daily snapshot is taken, in UTC."
  type        = string
  default     = "04:00-05:00"
}

variable "snapshot_retention_days" {
  description = "How many days a snapshot is kept."
  type        = number
  default     = 1
}

variable "maintenance_window" {
  description = "When AWS may change what needs a restart, in UTC."
  type        = string
  default     = "sun:05:00-sun:06:00"
}

variable "log_retention_days" {
  description = "How many days the slow log is kept."
  type        = number
  default     = 30
}
