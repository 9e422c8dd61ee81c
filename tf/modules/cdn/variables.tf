variable "prefix" {
  description = "What every name begins with."
  type        = string
}

variable "load_balancer_arn" {
  description = "The internal load balancer in front of the API."
  type        = string
}

variable "load_balancer_dns_name" {
  description = "The load balancer's name inside the network."
  type        = string
}

variable "load_balancer_encrypted" {
  description = "Whether the load balancer speaks TLS. Without a certificate it cannot: see the module edge."
  type        = bool
}

variable "aliases" {
  description = "The names visitors know the shop by, like `shop.example.com`. None: CloudFront's own name."
  type        = list(string)
  default     = []
}

variable "certificate_arn" {
  description = "A certificate in us-east-1 for the aliases."
  type        = string
  default     = null

  validation {
    condition     = var.certificate_arn == null || can(regex("^arn:aws[a-z-]*:acm:us-east-1:", var.certificate_arn))
    error_message = "CloudFront takes certificates from us-east-1 only: ask ACM for one there."
  }

  validation {
    condition     = (var.certificate_arn == null) == (length(var.aliases) == 0)
    error_message = "Give aliases and their certificate together, or neither."
  }
}

variable "price_class" {
  description = "From which of its locations CloudFront answers."
  type        = string
  default     = "PriceClass_100"

  validation {
    condition     = contains(["PriceClass_100", "PriceClass_200", "PriceClass_All"], var.price_class)
    error_message = "Give `PriceClass_100` (North America, Europe), `PriceClass_200` (most) or `PriceClass_All`."
  }
}

variable "access_logs_enabled" {
  description = "Whether every request is logged into a bucket."
  type        = bool
  default     = true
}

variable "access_logs_retention_days" {
  description = "After how many days the access logs, which have visitors' addresses in them, are deleted."
  type        = number
  default     = 30

  validation {
    condition     = var.access_logs_retention_days >= 1 && var.access_logs_retention_days <= 400
    error_message = "Give between 1 and 400 days."
  }
}

variable "waf_enabled" {
  description = "Whether a firewall stands in front. It costs by the month: see docs/costs.md."
  type        = bool
  default     = false
}

variable "waf_requests_per_5_minutes" {
  description = "From how many requests in five minutes on the firewall refuses an address. Well above the API's own limits."
  type        = number
  default     = 5000

  validation {
    condition     = var.waf_requests_per_5_minutes >= 3500
    error_message = "The API itself allows 700 a minute: give 3500 or more, so that it says when somebody asks too often."
  }
}
