# The roles that the layers make for services and pods.

locals {
  identity_policy = [
    {
      Sid    = "MakeRolesOfThisEnvironment"
      Effect = "Allow"
      Action = [
        "iam:CreateRole",
        "iam:DeleteRole",
        "iam:DeleteRolePolicy",
        "iam:GetRole",
        "iam:GetRolePolicy",
        "iam:ListAttachedRolePolicies",
        "iam:ListInstanceProfilesForRole",
        "iam:ListRolePolicies",
        "iam:ListRoleTags",
        "iam:PutRolePolicy",
        "iam:TagRole",
        "iam:UntagRole",
        "iam:UpdateAssumeRolePolicy",
        "iam:UpdateRole",
        "iam:UpdateRoleDescription",
      ]
      Resource = [local.own_roles]
    },
    {
      Sid       = "AttachOnlyKnownPolicies"
      Effect    = "Allow"
      Action    = ["iam:AttachRolePolicy", "iam:DetachRolePolicy"]
      Resource  = [local.own_roles]
      Condition = { ArnEquals = { "iam:PolicyARN" = local.attachable_policies } }
    },
    {
      Sid      = "HandRolesToServices"
      Effect   = "Allow"
      Action   = ["iam:PassRole"]
      Resource = [local.own_roles]
      Condition = {
        StringEquals = {
          "iam:PassedToService" = [
            "eks.amazonaws.com",
            "ec2.amazonaws.com",
            "pods.eks.amazonaws.com",
            "monitoring.rds.amazonaws.com",
            "vpc-flow-logs.amazonaws.com",
          ]
        }
      }
    },
    {
      # EKS looks, in our name, whether the role of node groups is there already.
      Sid      = "LetServicesMakeTheirOwnRoles"
      Effect   = "Allow"
      Action   = ["iam:CreateServiceLinkedRole", "iam:GetRole"]
      Resource = ["arn:aws:iam::${local.account}:role/aws-service-role/*"]
    },
    {
      Sid       = "LeaveTheEntranceAlone"
      Effect    = "Deny"
      NotAction = ["iam:GetRole", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:ListRolePolicies", "iam:ListRoleTags"]
      Resource  = concat(local.trusted_roles, [local.provider_arn])
    },
  ]
}
