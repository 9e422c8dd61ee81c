variable "prefix" {
  description = "What the names begin with: `bottega-demo` makes `bottega-demo/jwt`."
  type        = string
}

variable "kms_key_arn" {
  description = "The key that encrypts the secrets."
  type        = string
}

variable "recovery_window_days" {
  description = "For how many days a deleted secret can be brought back, and its name stays taken."
  type        = number
  default     = 30

  validation {
    condition     = var.recovery_window_days >= 7 && var.recovery_window_days <= 30
    error_message = "Give between 7 and 30 days: a secret deleted at once cannot be brought back."
  }
}

variable "database" {
  description = "Where the database is, and which role the application signs in with."
  type = object({
    host     = string
    port     = number
    name     = string
    username = string
  })

  validation {
    condition     = !endswith(var.database.username, "_admin")
    error_message = "Give the application a role of its own: the owner of the tables is for migrations."
  }
}

variable "redis" {
  description = "Where Redis is."
  type = object({
    host = string
    port = number
  })
}

variable "database_generation" {
  description = "Raised by one for a new password of the application's database role."
  type        = number
  default     = 1

  validation {
    condition     = var.database_generation >= 1 && floor(var.database_generation) == var.database_generation
    error_message = "Generations are whole numbers from 1 on."
  }
}

variable "redis_generation" {
  description = "Raised by one for a new token of Redis."
  type        = number
  default     = 1

  validation {
    condition     = var.redis_generation >= 1 && floor(var.redis_generation) == var.redis_generation
    error_message = "Generations are whole numbers from 1 on."
  }
}

variable "jwt_generation" {
  description = "Raised by one for a new secret to sign access tokens with. The one before stays good."
  type        = number
  default     = 1

  validation {
    condition     = var.jwt_generation >= 1 && floor(var.jwt_generation) == var.jwt_generation
    error_message = "Generations are whole numbers from 1 on."
  }
}

variable "jwt_strategy" {
  description = <<-EOT
    Which of two generations signs access tokens. Pods read a new secret at different moments, and refuse what is signed with
    one they do not know. So a change takes two applies: with `ANNOUNCE` all learn the new one while the old one signs; when
    they have, `SIGN` has them sign with the new one.
  EOT
  type        = string
  default     = "SIGN"

  validation {
    condition     = contains(["ANNOUNCE", "SIGN"], var.jwt_strategy)
    error_message = "Give `ANNOUNCE` to have the new secret known, or `SIGN` to sign with it."
  }

  validation {
    condition     = var.jwt_strategy == "SIGN" || var.jwt_generation >= 2
    error_message = "Announce generation 2 or a later one: before the first there is none that could sign."
  }
}

variable "smtp_url" {
  description = "The mail server as the shop's `SMTP_URL` has it. Empty: no secret, and mails are written to a folder of the pod."
  type        = string
  sensitive   = true
  default     = ""

  validation {
    condition     = var.smtp_url == "" || can(regex("^(smtps://|smtp://.*[?&]tls=required)", var.smtp_url))
    error_message = "Give `smtps://…`, or `smtp://…?tls=required`: passwords and mails travel encrypted."
  }
}

variable "load_test_bypass" {
  description = "Whether there is a token that lets load tests pass the shop's limits."
  type        = bool
  default     = false
}
