# What the shop's own pods may do at AWS: ask CloudFront to forget what has changed. Their secrets come from External Secrets.

module "application" {
  source = "../../../modules/pod-identity"

  cluster_name    = local.platform.cluster_name
  cluster_arn     = local.platform.cluster_arn
  namespace       = "bottega"
  service_account = "bottega"
  policies        = { purge = local.application_policy }
}

locals {
  application_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "ForgetWhatHasChanged"
      Effect   = "Allow"
      Action   = ["cloudfront:CreateInvalidation"]
      Resource = [module.cdn.distribution_arn]
    }]
  })
}
