variable "prefix" {
  description = "What every name begins with: project and environment, as in bottega-demo."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,30}[a-z0-9]$", var.prefix))
    error_message = "Give a prefix of 4 to 32 lower-case letters, digits and hyphens that begins with a letter."
  }
}

variable "cluster_name" {
  description = "The EKS cluster that will use these subnets: load balancers find them by tags that name it."
  type        = string
}

variable "vpc_cidr" {
  description = "The address range of the VPC. Each subnet takes a sixteenth of it."
  type        = string
  default     = "10.0.0.0/16"

  validation {
    condition     = can(cidrnetmask(var.vpc_cidr)) && endswith(var.vpc_cidr, "/16")
    error_message = "Give an IPv4 range of 65,536 addresses, as in 10.0.0.0/16: the subnets are cut out of a /16."
  }
}

variable "az_count" {
  description = "How many availability zones to use."
  type        = number
  default     = 2

  validation {
    condition     = contains([2, 3], var.az_count)
    error_message = "Use 2 or 3 zones: EKS needs two, and the address plan has room for three."
  }
}

variable "single_nat_gateway" {
  description = "One NAT gateway for all zones (cheaper), or one in each (outgoing traffic survives the loss of a zone)."
  type        = bool
  default     = true
}

variable "kms_key_arn" {
  description = "The key that encrypts the flow logs. Its policy must let CloudWatch Logs use it."
  type        = string
}

variable "flow_log_retention_days" {
  description = "How long flow logs are kept."
  type        = number
  default     = 30

  validation {
    condition     = contains([7, 14, 30, 60, 90, 180, 365], var.flow_log_retention_days)
    error_message = "Keep flow logs for 7, 14, 30, 60, 90, 180 or 365 days: CloudWatch Logs accepts no other number, and for ever is not wanted."
  }
}
