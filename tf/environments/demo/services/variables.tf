variable "region" {
  description = "The region everything is in."
  type        = string
  default     = "us-east-1"

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "Give a region by its code, as in us-east-1."
  }
}

variable "state_bucket" {
  description = "The bucket of the Terraform states: the same that is given to `terraform init`."
  type        = string
}

variable "database" {
  description = "How large PostgreSQL is. `multi_az` has a standby take over, for twice the price."
  type = object({
    engine_version      = optional(string, "17")
    instance_class      = optional(string, "db.t4g.micro")
    multi_az            = optional(bool, false)
    final_snapshot_name = optional(string, "bottega-final")
  })
  default = {}
}

variable "cache" {
  description = "How large Redis is. With two nodes or more, one takes over from another."
  type = object({
    node_type = optional(string, "cache.t4g.micro")
    nodes     = optional(number, 1)
  })
  default = {}
}

variable "secret_generations" {
  description = "Raised by one, each for a new secret: see docs/operations.md for the order of things."
  type = object({
    database = optional(number, 1)
    redis    = optional(number, 1)
    jwt      = optional(number, 1)
  })
  default = {}
}

variable "jwt_strategy" {
  description = "`ANNOUNCE` has pods know the new secret of access tokens, `SIGN` has them sign with it: see the module secrets."
  type        = string
  default     = "SIGN"

  validation {
    condition     = contains(["ANNOUNCE", "SIGN"], var.jwt_strategy)
    error_message = "Give `ANNOUNCE` to have the new secret known, or `SIGN` to sign with it."
  }
}

variable "smtp_url" {
  description = <<-EOT
    The mail server, with the login to it: `smtps://user:password@host:465`. Comes from the environment, as `TF_VAR_smtp_url`, and
    stands in no file. Empty: nobody receives a mail.
  EOT
  type        = string
  sensitive   = true
  default     = ""
}

variable "load_test_bypass" {
  description = "Whether there is a token that lets load tests pass the shop's limits. Off again after them."
  type        = bool
  default     = false
}

variable "redis_token_strategy" {
  description = "`ROTATE` accepts Redis' old token beside the new one, `SET` the new one only: see the module cache."
  type        = string
  default     = "ROTATE"

  validation {
    condition     = contains(["ROTATE", "SET"], var.redis_token_strategy)
    error_message = "Give `ROTATE` to accept the old token too, or `SET` to accept only the new one."
  }
}

variable "domain" {
  description = <<-EOT
    The shop's own names with their certificates: one in us-east-1 for CloudFront, one in this region for the load balancer.
    None: CloudFront's own name, and HTTP inside the network.
  EOT
  type = object({
    aliases                = optional(list(string), [])
    certificate_arn        = optional(string)
    origin_certificate_arn = optional(string)
  })
  default = {}

  validation {
    condition     = var.domain.origin_certificate_arn == null || length(var.domain.aliases) > 0
    error_message = "Give aliases too: the load balancer's certificate has to be for the name visitors use."
  }
}

variable "waf_enabled" {
  description = "Whether a firewall stands in front of CloudFront. It costs by the month: see docs/costs.md."
  type        = bool
  default     = false
}

variable "alarm_emails" {
  description = "Who is told of alarms."
  type        = list(string)
  default     = []
}

variable "protected" {
  description = "Whether database and load balancer refuse to be deleted."
  type        = bool
  default     = true
}

variable "log_retention_days" {
  description = "How many days logs are kept."
  type        = number
  default     = 30
}
