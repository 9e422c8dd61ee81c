output "cluster_name" {
  description = "The cluster's name."
  value       = aws_eks_cluster.this.name
}

output "cluster_arn" {
  description = "The cluster for policies."
  value       = aws_eks_cluster.this.arn
}

output "cluster_version" {
  description = "Its minor version of Kubernetes."
  value       = aws_eks_cluster.this.version
}

output "cluster_endpoint" {
  description = "Where its API server answers."
  value       = aws_eks_cluster.this.endpoint
}

output "cluster_security_group_id" {
  description = "The group that nodes and control plane share."
  value       = aws_eks_cluster.this.vpc_config[0].cluster_security_group_id
}

output "node_security_group_id" {
  description = "The group under which databases and load balancers know the pods."
  value       = aws_security_group.nodes.id
}

output "pod_identity_role_arns" {
  description = "Roles of the pods that run the cluster, by service account."
  value       = { for service_account, workload in module.workload : service_account => workload.role_arn }
}
