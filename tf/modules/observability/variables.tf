variable "prefix" {
  description = "What every name begins with, and the name of the dashboard."
  type        = string
}

variable "kms_key_arn" {
  description = "The key that encrypts what is sent. Its policy has to let CloudWatch use it."
  type        = string
}

variable "alarm_emails" {
  description = "Who is told of alarms."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for address in var.alarm_emails : can(regex("^[^@ ]+@[^@ ]+\\.[^@ ]+$", address))])
    error_message = "Give addresses of mail, like `operations@example.com`."
  }
}

variable "cluster_name" {
  description = "The cluster, as Container Insights names it."
  type        = string
}

variable "namespace" {
  description = "The namespace of the shop's pods."
  type        = string
  default     = "bottega"
}

variable "workload" {
  description = "The name of the shop's Deployment and of its Service."
  type        = string
  default     = "bottega"
}

variable "load_balancer_arn_suffix" {
  description = "The load balancer as metrics name it: `app/<name>/<id>`."
  type        = string
}

variable "target_group_arn_suffix" {
  description = "The target group as metrics name it: `targetgroup/<name>/<id>`."
  type        = string
}

variable "database_identifier" {
  description = "The database's instance."
  type        = string
}

variable "database_connections_limit" {
  description = "From how many connections on to tell. An instance of 1 GB takes about 80; the pods open 66 at most."
  type        = number
  default     = 70

  validation {
    condition     = var.database_connections_limit > 0
    error_message = "Give a number of connections above 0."
  }
}

variable "cache_node_ids" {
  description = "Redis' nodes."
  type        = list(string)

  validation {
    condition     = length(var.cache_node_ids) >= 1 && length(var.cache_node_ids) <= 6
    error_message = "Give the names of one to six nodes."
  }
}

variable "distribution_id" {
  description = "CloudFront's distribution."
  type        = string
}
