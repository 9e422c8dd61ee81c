# Who may enter. Only what stands here: making the cluster gives nobody any right in it.

resource "aws_eks_access_entry" "admin" {
  for_each      = var.admin_arns
  cluster_name  = aws_eks_cluster.this.name
  principal_arn = each.key
}

resource "aws_eks_access_policy_association" "admin" {
  for_each      = var.admin_arns
  cluster_name  = aws_eks_cluster.this.name
  principal_arn = aws_eks_access_entry.admin[each.key].principal_arn
  policy_arn    = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"

  access_scope {
    type = "cluster"
  }
}

# No access policy of AWS fits the operators: the one that may restart pods may read secrets too, and none knows Argo CD's
# applications. They enter as a group without any right, and a chart binds to it exactly what the operations do.
resource "aws_eks_access_entry" "operator" {
  for_each          = var.operator_arns
  cluster_name      = aws_eks_cluster.this.name
  principal_arn     = each.key
  kubernetes_groups = [var.operator_group]
}
