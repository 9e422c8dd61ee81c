variable "name" {
  description = "The cluster's name. The names of its roles begin with it."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,30}[a-z0-9]$", var.name))
    error_message = "Name the cluster with 4 to 32 lower-case letters, digits and hyphens, a letter first."
  }
}

variable "kubernetes_version" {
  description = "Minor version of Kubernetes. 1.35 is in EKS's standard support until 27 March 2027; the cluster-autoscaler's image is of the same minor version."
  type        = string
  default     = "1.35"

  validation {
    condition     = can(regex("^1\\.[0-9]{2}$", var.kubernetes_version)) && tonumber(try(split(".", var.kubernetes_version)[1], "0")) >= 35
    error_message = "Give a minor version from 1.35 on, as in 1.35: earlier ones are, or soon will be, in extended support, which costs six times as much."
  }
}

variable "vpc_id" {
  description = "The VPC of the subnets."
  type        = string
}

variable "private_subnet_ids" {
  description = "Where nodes and the control plane's network interfaces are placed."
  type        = list(string)

  validation {
    condition     = length(var.private_subnet_ids) >= 2
    error_message = "Give subnets of at least two zones: EKS needs them."
  }
}

variable "public_access_cidrs" {
  description = "Address ranges from which the API server can be reached over the internet. None: from inside the VPC only, so that runners outside need a way in."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for cidr in var.public_access_cidrs : can(cidrnetmask(cidr)) && tonumber(try(split("/", cidr)[1], "0")) >= 8])
    error_message = "Give the IPv4 ranges of your offices and runners, as in 198.51.100.7/32: 0.0.0.0/0, or anything wider than a /8, would open the API server to everybody."
  }
}

variable "admin_arns" {
  description = "IAM roles or users that administer the cluster, such as the role that applies the infrastructure."
  type        = set(string)

  validation {
    condition     = length(var.admin_arns) > 0 && alltrue([for arn in var.admin_arns : can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:(role|user)/[^*]+$", arn))])
    error_message = "Name at least one IAM role or user by its full ARN: whoever makes the cluster is not its administrator by that."
  }
}

variable "operator_arns" {
  description = "IAM roles that run the operations. What they may do is said in Kubernetes, to their group."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for arn in var.operator_arns : can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:(role|user)/[^*]+$", arn))])
    error_message = "Name IAM roles or users by their full ARNs."
  }
}

variable "operator_group" {
  description = "The Kubernetes group of the operators, to which a RoleBinding gives their rights."
  type        = string
  default     = "bottega-operators"

  validation {
    condition     = !startswith(var.operator_group, "system:")
    error_message = "Choose a name that does not begin with system: — Kubernetes keeps those, and EKS refuses them."
  }
}

variable "nodes" {
  description = "What the nodes are, and how many. The autoscaler moves between min and max."
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

  validation {
    condition     = var.nodes.min >= 1 && var.nodes.min <= var.nodes.desired && var.nodes.desired <= var.nodes.max
    error_message = "Let 1 <= min <= desired <= max: for a night without nodes there is a script."
  }

  validation {
    condition     = contains(["ON_DEMAND", "SPOT"], var.nodes.capacity_type)
    error_message = "Choose ON_DEMAND or SPOT."
  }

  validation {
    condition     = startswith(var.nodes.ami_type, "AL2023_")
    error_message = "Choose an image of Amazon Linux 2023, as in AL2023_x86_64_STANDARD."
  }
}

variable "log_retention_days" {
  description = "How long the control plane's and the containers' logs are kept."
  type        = number
  default     = 30

  validation {
    condition     = contains([7, 14, 30, 60, 90, 180, 365], var.log_retention_days)
    error_message = "Keep logs for 7, 14, 30, 60, 90, 180 or 365 days: CloudWatch Logs accepts no other number, and for ever is not wanted."
  }
}

variable "kms_key_arn" {
  description = "The key that encrypts logs and application secrets. Its policy must let CloudWatch Logs use it."
  type        = string
}

variable "secrets_prefix" {
  description = "External Secrets may read the secrets whose names begin with this and a slash."
  type        = string
}

variable "container_insights" {
  description = "Whether to install the CloudWatch add-on: metrics and logs of containers, and the receiver of traces."
  type        = bool
  default     = true
}

variable "addon_versions" {
  description = "Versions of add-ons by name. Where none is given, the one EKS holds to be right for the Kubernetes version. CloudWatch's is given: before 6.2 it does not know all it is told here, and from 8.0 on it opens the ports for spans itself."
  type        = map(string)
  default     = { amazon-cloudwatch-observability = "v6.6.0-eksbuild.1" }

  validation {
    condition     = can(regex("^v[67]\\.", var.addon_versions["amazon-cloudwatch-observability"]))
    error_message = "Give a version 6 or 7 of amazon-cloudwatch-observability, as in v6.6.0-eksbuild.1: see what it is told in addons.tf."
  }
}
