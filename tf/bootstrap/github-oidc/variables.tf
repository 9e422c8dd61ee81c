variable "project" {
  description = "The project: names begin with it."
  type        = string
  default     = "bottega"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,20}$", var.project))
    error_message = "Name the project with 3 to 21 lower-case letters, digits and hyphens, a letter first."
  }
}

variable "environment" {
  description = "The environment the roles are for."
  type        = string
  default     = "demo"

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{1,9}$", var.environment))
    error_message = "Name the environment with 2 to 10 lower-case letters and digits, a letter first."
  }
}

variable "region" {
  description = "The region everything is in."
  type        = string
  default     = "us-east-1"

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "Give a region by its code, as in us-east-1."
  }
}

variable "github_repository" {
  description = "The repository whose workflows may take the roles, as its tokens name it: owner/name, or owner@id/name@id where they carry ids, as those of repositories made since July 2026 do."
  type        = string

  validation {
    condition     = can(regex("^([A-Za-z0-9-]+/[A-Za-z0-9._-]+|[A-Za-z0-9-]+@[0-9]+/[A-Za-z0-9._-]+@[0-9]+)$", var.github_repository))
    error_message = "Give one repository as owner/name or owner@id/name@id, without patterns."
  }
}

variable "create_provider" {
  description = "Whether to make the identity provider. There can be one in an account: false uses the one that is there."
  type        = bool
  default     = true
}

variable "ci_subjects" {
  description = "Which runs may deliver and operate the shop: ref:refs/… for a branch or tag, environment:… for a protected environment, which must itself be limited to the main branch."
  type        = list(string)
  default     = ["ref:refs/heads/main", "environment:production"]

  validation {
    condition     = length(var.ci_subjects) > 0 && alltrue([for subject in var.ci_subjects : can(regex("^(ref:refs/(heads|tags)/|environment:)[A-Za-z0-9._/-]+$", subject))])
    error_message = "Name branches and environments one by one, as in ref:refs/heads/main or environment:production: patterns would let any branch or pull request in."
  }
}

variable "infrastructure_subjects" {
  description = "Which runs may apply the infrastructure: protected environments only, so that somebody approves each."
  type        = list(string)
  default     = ["environment:demo-platform", "environment:demo-services"]

  validation {
    condition     = length(var.infrastructure_subjects) > 0 && alltrue([for subject in var.infrastructure_subjects : can(regex("^environment:[A-Za-z0-9._-]+$", subject))])
    error_message = "Name protected environments one by one, as in environment:demo-platform: a branch alone asks nobody for approval."
  }
}

variable "repository" {
  description = "The image repository that CI pushes to."
  type        = string
  default     = "bottega"
}

variable "state_bucket" {
  description = "The bucket of the Terraform states."
  type        = string
}

variable "state_key_arn" {
  description = "The key that encrypts the states."
  type        = string

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.state_key_arn))
    error_message = "Give the full ARN of the key: it is the output kms_key_arn of bootstrap/state."
  }
}

variable "distribution_ids" {
  description = "CloudFront distributions whose copies CI may invalidate. Known after the services layer is applied; none until then."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for id in var.distribution_ids : can(regex("^E[A-Z0-9]+$", id))])
    error_message = "Give distribution ids, as in E2QWRUHAPOMQZL."
  }
}

variable "storefront_bucket" {
  description = "The bucket that CI puts the built storefront into. Known after the services layer is applied; null until then."
  type        = string
  default     = null
}
