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

variable "kept_images" {
  description = "How many tagged images are kept. Each commit on main makes one, and the registry does not know which of them is deployed: were that one gone, no new node could pull it."
  type        = number
  default     = 100

  validation {
    condition     = var.kept_images >= 20
    error_message = "Keep at least 20 images: so many commits may follow the deployed one, and the one before it to roll back to."
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
