# Applies the layers `platform` and `services`. It has the services those layers are made of, and no others, in their regions.
#
# It makes roles, and writes their policies: in the end it can do what the roles of this account can do, and nothing short of
# another account would change that. What holds it is that only approved runs of protected environments can take it, that it
# reaches only roles of this environment, attaches only the policies of AWS that are named here, and cannot change itself, the
# role of CI, or the provider that lets both in.

locals {
  own_roles     = "arn:aws:iam::${local.account}:role/${local.prefix}-*"
  trusted_roles = [for role in ["ci", "infrastructure"] : "arn:aws:iam::${local.account}:role/${local.prefix}-${role}"]
  secrets       = "arn:aws:secretsmanager:${var.region}:${local.account}:secret"

  attachable_policies = [
    for name in [
      "AmazonEKSClusterPolicy",
      "AmazonEKSWorkerNodePolicy",
      "AmazonEKS_CNI_Policy",
      "AmazonEC2ContainerRegistryPullOnly",
      "CloudWatchAgentServerPolicy",
      "AWSXrayWriteOnlyAccess",
      "AWSXRayDaemonWriteAccess",
      "service-role/AmazonRDSEnhancedMonitoringRole",
    ] : "arn:aws:iam::aws:policy/${name}"
  ]

  infrastructure_policy = concat(local.build_policy, local.identity_policy, local.secrets_policy, local.state_policy)
}

resource "aws_iam_role" "infrastructure" {
  name                 = "${local.prefix}-infrastructure"
  description          = "Workflows that apply the infrastructure of ${local.prefix}"
  assume_role_policy   = local.trust.infrastructure
  max_session_duration = 7200
}

resource "aws_iam_role_policy" "infrastructure" {
  name   = "apply"
  role   = aws_iam_role.infrastructure.id
  policy = jsonencode({ Version = "2012-10-17", Statement = local.infrastructure_policy })
}
