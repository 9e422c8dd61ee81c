variable "project" {
  description = "The project: names begin with it."
  type        = string
  default     = "bottega"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,20}$", var.project))
    error_message = "Name the project with 3 to 21 lower-case letters, digits and hyphens, a letter first."
  }
}

variable "region" {
  description = "The region the bucket is in."
  type        = string
  default     = "us-east-1"

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "Give a region by its code, as in us-east-1."
  }
}

variable "lock_table" {
  description = "Also make a DynamoDB table for locks. Terraform locks in the bucket itself since 1.10: only older ones need it."
  type        = bool
  default     = false
}
