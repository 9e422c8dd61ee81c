output "project" {
  description = "The project."
  value       = var.project
}

output "environment" {
  description = "The environment."
  value       = var.environment
}

output "region" {
  description = "The region everything is in."
  value       = var.region
}

output "vpc_id" {
  description = "The VPC."
  value       = module.network.vpc_id
}

output "vpc_cidr" {
  description = "Its address range."
  value       = module.network.vpc_cidr
}

output "public_subnet_ids" {
  description = "Subnets for load balancers that face the internet."
  value       = module.network.public_subnet_ids
}

output "private_subnet_ids" {
  description = "Subnets for nodes and internal load balancers."
  value       = module.network.private_subnet_ids
}

output "private_subnet_cidrs" {
  description = "Their address ranges."
  value       = module.network.private_subnet_cidrs
}

output "edge_subnet_ids" {
  description = "Subnets for the load balancer that CloudFront reaches."
  value       = module.network.edge_subnet_ids
}

output "database_subnet_ids" {
  description = "Subnets without a way to the internet."
  value       = module.network.database_subnet_ids
}

output "database_subnet_group_name" {
  description = "Where RDS puts databases."
  value       = module.network.database_subnet_group_name
}

output "cache_subnet_group_name" {
  description = "Where ElastiCache puts nodes."
  value       = module.network.cache_subnet_group_name
}

output "cluster_name" {
  description = "The cluster."
  value       = module.eks.cluster_name
}

output "cluster_arn" {
  description = "The cluster for policies."
  value       = module.eks.cluster_arn
}

output "cluster_version" {
  description = "Its minor version of Kubernetes."
  value       = module.eks.cluster_version
}

output "cluster_endpoint" {
  description = "Where its API server answers."
  value       = module.eks.cluster_endpoint
}

output "cluster_security_group_id" {
  description = "The security group that nodes and control plane share."
  value       = module.eks.cluster_security_group_id
}

output "node_security_group_id" {
  description = "The security group under which databases and load balancers know the pods."
  value       = module.eks.node_security_group_id
}

output "repository_urls" {
  description = "Where images are pushed to and pulled from, by repository name."
  value       = module.registry.repository_urls
}

output "repository_arns" {
  description = "The repositories for policies, by name."
  value       = module.registry.repository_arns
}

output "kms_key_arn" {
  description = "The environment's key for logs and secrets."
  value       = aws_kms_key.platform.arn
}

output "pod_identity_role_arns" {
  description = "Roles of the pods that run the cluster, by service account."
  value       = module.eks.pod_identity_role_arns
}

output "ci_role_arn" {
  description = "The role of workflows that deliver and operate."
  value       = local.github.ci_role_arn
}
