# The ground of the demo: network, image repository, cluster. What stands on it (database, cache, CDN) is the layer `services`,
# which reads the outputs of this one and is applied after it.

data "aws_caller_identity" "current" {}

# Who of GitHub's workflows operates the cluster, and who administers it.
data "terraform_remote_state" "github_oidc" {
  backend = "s3"

  config = {
    bucket = var.state_bucket
    key    = "bootstrap/github-oidc.tfstate"
    region = var.region
  }
}

locals {
  account = data.aws_caller_identity.current.account_id
  prefix  = "${var.project}-${var.environment}"
  github  = data.terraform_remote_state.github_oidc.outputs
}

module "network" {
  source = "../../../modules/network"

  prefix                  = local.prefix
  cluster_name            = local.prefix
  vpc_cidr                = var.vpc_cidr
  az_count                = var.az_count
  single_nat_gateway      = var.single_nat_gateway
  kms_key_arn             = aws_kms_key.platform.arn
  flow_log_retention_days = var.log_retention_days
}

module "registry" {
  source = "../../../modules/registry"

  repositories = [var.project]
  kms_key_arn  = aws_kms_key.platform.arn
}

module "eks" {
  source = "../../../modules/eks"

  name                = local.prefix
  kubernetes_version  = var.kubernetes_version
  vpc_id              = module.network.vpc_id
  private_subnet_ids  = module.network.private_subnet_ids
  public_access_cidrs = var.public_access_cidrs
  admin_arns          = setunion(var.admin_arns, [local.github.infrastructure_role_arn])
  operator_arns       = [local.github.ci_role_arn]
  nodes               = var.nodes
  container_insights  = var.container_insights
  log_retention_days  = var.log_retention_days
  kms_key_arn         = aws_kms_key.platform.arn
  secrets_prefix      = local.prefix
}
