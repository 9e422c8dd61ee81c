variable "project" {
  description = "The project: names begin with it, and the image repository is called so."
  type        = string
  default     = "bottega"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,20}$", var.project))
    error_message = "Name the project with 3 to 21 lower-case letters, digits and hyphens, a letter first."
  }
}

variable "environment" {
  description = "The environment: the second half of every name."
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

variable "state_bucket" {
  description = "The bucket of the Terraform states: the same that is given to `terraform init`."
  type        = string
}

variable "vpc_cidr" {
  description = "The address range of the VPC, a /16."
  type        = string
  default     = "10.0.0.0/16"
}

variable "az_count" {
  description = "How many availability zones to use: 2 or 3."
  type        = number
  default     = 2
}

variable "single_nat_gateway" {
  description = "One NAT gateway for all zones, or one in each."
  type        = bool
  default     = true
}

variable "kubernetes_version" {
  description = "Minor version of Kubernetes, in EKS's standard support."
  type        = string
  default     = "1.35"
}

variable "public_access_cidrs" {
  description = "Address ranges from which the API server can be reached over the internet. None: runners must be inside the VPC."
  type        = set(string)
  default     = []
}

variable "admin_arns" {
  description = "IAM roles or users that administer the cluster, besides the role that applies the infrastructure."
  type        = set(string)
  default     = []
}

variable "nodes" {
  description = "What the nodes are, and how many."
  type = object({
    instance_types = optional(list(string), ["t3.medium"])
    capacity_type  = optional(string, "ON_DEMAND")
    ami_type       = optional(string, "AL2023_x86_64_STANDARD")
    disk_gib       = optional(number, 30)
    min            = optional(number, 2)
    desired        = optional(number, 3)
    max            = optional(number, 5)
  })
  default = {}
}

variable "container_insights" {
  description = "Whether to install the CloudWatch add-on: metrics, logs and traces of the containers."
  type        = bool
  default     = true
}

variable "log_retention_days" {
  description = "How long logs of network, control plane and containers are kept."
  type        = number
  default     = 30
}
