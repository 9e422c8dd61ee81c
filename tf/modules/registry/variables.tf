variable "repositories" {
  description = "Names of the image repositories."
  type        = set(string)
  default     = ["bottega"]

  validation {
    condition     = alltrue([for name in var.repositories : can(regex("^[a-z0-9]+([._/-][a-z0-9]+)*$", name))])
    error_message = "Name repositories with lower-case letters, digits and single separators (. _ / -), as ECR wants it."
  }
}

variable "kms_key_arn" {
  description = "The key that encrypts the images."
  type        = string
}

variable "kept_releases" {
  description = "How many tagged images are kept: as far back as one can roll back."
  type        = number
  default     = 10

  validation {
    condition     = var.kept_releases >= 2
    error_message = "Keep at least 2 releases: with fewer there is none to roll back to."
  }
}

variable "untagged_days" {
  description = "After how many days an image without a tag is deleted."
  type        = number
  default     = 7

  validation {
    condition     = var.untagged_days >= 1
    error_message = "Give at least 1 day: a push that is under way has no tag yet."
  }
}
