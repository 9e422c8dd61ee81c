variable "cluster_name" {
  description = "The cluster the pods run in. The role's name begins with it."
  type        = string
}

variable "cluster_arn" {
  description = "The same cluster as an ARN: the role refuses every other."
  type        = string
}

variable "namespace" {
  description = "Namespace of the service account."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", var.namespace))
    error_message = "Name one namespace: a role is for one service account, and patterns are not possible."
  }
}

variable "service_account" {
  description = "The service account whose pods may take the role."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$", var.service_account))
    error_message = "Name one service account: a role is for one, and patterns are not possible."
  }
}

variable "role_name" {
  description = "What follows the cluster's name in the role's name, where that is not the service account."
  type        = string
  default     = null
}

variable "policies" {
  description = "What the pods may do: policy documents in JSON, by name."
  type        = map(string)
  default     = {}
}

variable "managed_policy_arns" {
  description = "Policies kept by AWS that say what the pods may do."
  type        = set(string)
  default     = []
}
