# What stands on the demo's ground: database, cache, secrets, the way in from CloudFront, and what watches over all of it. The
# ground itself (network, cluster, image repository) is the layer `platform`, which is applied before this one.

data "terraform_remote_state" "platform" {
  backend = "s3"

  config = {
    bucket = var.state_bucket
    key    = "demo/platform.tfstate"
    region = var.region
  }
}

locals {
  platform = data.terraform_remote_state.platform.outputs
  prefix   = "${local.platform.project}-${local.platform.environment}"
}

module "database" {
  source = "../../../modules/database"

  prefix                 = local.prefix
  vpc_id                 = local.platform.vpc_id
  subnet_group_name      = local.platform.database_subnet_group_name
  node_security_group_id = local.platform.node_security_group_id
  kms_key_arn            = local.platform.kms_key_arn
  engine_version         = var.database.engine_version
  instance_class         = var.database.instance_class
  multi_az               = var.database.multi_az
  final_snapshot_name    = var.database.final_snapshot_name
  protected              = var.protected
  log_retention_days     = var.log_retention_days
}

module "cache" {
  source = "../../../modules/cache"

  prefix                     = local.prefix
  vpc_id                     = local.platform.vpc_id
  subnet_group_name          = local.platform.cache_subnet_group_name
  node_security_group_id     = local.platform.node_security_group_id
  kms_key_arn                = local.platform.kms_key_arn
  auth_token                 = module.secrets.redis_auth_token
  auth_token_update_strategy = var.redis_token_strategy
  node_type                  = var.cache.node_type
  nodes                      = var.cache.nodes
  log_retention_days         = var.log_retention_days
}

module "secrets" {
  source = "../../../modules/secrets"

  prefix               = local.prefix
  kms_key_arn          = local.platform.kms_key_arn
  recovery_window_days = 7
  database_generation  = var.secret_generations.database
  redis_generation     = var.secret_generations.redis
  jwt_generation       = var.secret_generations.jwt
  jwt_strategy         = var.jwt_strategy
  smtp_url             = var.smtp_url
  load_test_bypass     = var.load_test_bypass

  database = {
    host     = module.database.address
    port     = module.database.port
    name     = module.database.database_name
    username = "bottega_app"
  }
  redis = {
    host = module.cache.host
    port = module.cache.port
  }
}

module "edge" {
  source = "../../../modules/edge"

  prefix                 = local.prefix
  vpc_id                 = local.platform.vpc_id
  subnet_ids             = local.platform.edge_subnet_ids
  node_security_group_id = local.platform.node_security_group_id
  certificate_arn        = var.domain.origin_certificate_arn
  protected              = var.protected
}

module "cdn" {
  source = "../../../modules/cdn"

  prefix                  = local.prefix
  load_balancer_arn       = module.edge.load_balancer_arn
  load_balancer_dns_name  = module.edge.load_balancer_dns_name
  load_balancer_encrypted = module.edge.encrypted
  aliases                 = var.domain.aliases
  certificate_arn         = var.domain.certificate_arn
  waf_enabled             = var.waf_enabled
}

module "observability" {
  source = "../../../modules/observability"

  prefix                   = local.prefix
  kms_key_arn              = local.platform.kms_key_arn
  alarm_emails             = var.alarm_emails
  cluster_name             = local.platform.cluster_name
  load_balancer_arn_suffix = module.edge.load_balancer_arn_suffix
  target_group_arn_suffix  = module.edge.target_group_arn_suffix
  database_identifier      = module.database.identifier
  cache_node_ids           = module.cache.node_ids
  distribution_id          = module.cdn.distribution_id
}
