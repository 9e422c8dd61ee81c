variable "prefix" {
  description = "What every name begins with."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,27}$", var.prefix))
    error_message = "Give a prefix of at most 28 lowercase letters, digits and hyphens: a load balancer's name ends at 32."
  }
}

variable "vpc_id" {
  description = "The network the load balancer is in."
  type        = string
}

variable "subnet_ids" {
  description = "Subnets in two zones or more, in which nothing else is: whoever is in them is let in to the pods."
  type        = list(string)

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "A load balancer needs subnets in two zones: give two or more."
  }
}

variable "node_security_group_id" {
  description = "The security group of the cluster's nodes, which their pods have too."
  type        = string
}

variable "pod_port" {
  description = "The port the pods listen on."
  type        = number
  default     = 4000
}

variable "deregistration_delay_seconds" {
  description = "How long a pod that leaves may go on answering what it has. Less than the pods' termination grace period."
  type        = number
  default     = 20

  validation {
    condition     = var.deregistration_delay_seconds >= 5 && var.deregistration_delay_seconds <= 30
    error_message = "Give between 5 and 30 seconds: a pod that leaves is stopped soon after."
  }
}

variable "certificate_arn" {
  description = <<-EOT
    A certificate in this region for the shop's domain, so that CloudFront speaks TLS to the load balancer too. It must be
    for the name visitors use: CloudFront hands that on as the host, and compares the certificate with it.
  EOT
  type        = string
  default     = null

  validation {
    condition     = var.certificate_arn == null || can(regex("^arn:aws[a-z-]*:acm:", var.certificate_arn))
    error_message = "Give the ARN of a certificate in ACM, or null for none."
  }
}

variable "protected" {
  description = "Whether the load balancer refuses to be deleted."
  type        = bool
  default     = true
}
