# What the AWS Load Balancer Controller's documentation asks for (docs/install/iam_policy.json), narrowed to this account and
# region, to this cluster's tags where it only asks for any cluster's, and without what is not used here: Cognito, Shield,
# addresses of customers' own, classic WAF.

locals {
  elb           = "arn:aws:elasticloadbalancing:${local.region}:${local.account}"
  own_tag       = "elbv2.k8s.aws/cluster"
  own_resource  = { StringEquals = { "aws:ResourceTag/${local.own_tag}" = var.name } }
  own_request   = { StringEquals = { "aws:RequestTag/${local.own_tag}" = var.name } }
  own_retagging = merge(local.own_resource, { Null = { "aws:RequestTag/${local.own_tag}" = "true" } })

  load_balancer_controller_policy = [
    {
      Sid      = "LetElasticLoadBalancingWork"
      Effect   = "Allow"
      Action   = ["iam:CreateServiceLinkedRole"]
      Resource = ["arn:aws:iam::${local.account}:role/aws-service-role/elasticloadbalancing.amazonaws.com/*"]
      Condition = {
        StringEquals = { "iam:AWSServiceName" = "elasticloadbalancing.amazonaws.com" }
      }
    },
    {
      Sid    = "Look"
      Effect = "Allow"
      Action = [
        "acm:DescribeCertificate",
        "acm:ListCertificates",
        "ec2:DescribeAccountAttributes",
        "ec2:DescribeAddresses",
        "ec2:DescribeAvailabilityZones",
        "ec2:DescribeInstances",
        "ec2:DescribeInternetGateways",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeRouteTables",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeTags",
        "ec2:DescribeVpcPeeringConnections",
        "ec2:DescribeVpcs",
        "ec2:GetSecurityGroupsForVpc",
        "elasticloadbalancing:DescribeCapacityReservation",
        "elasticloadbalancing:DescribeListenerAttributes",
        "elasticloadbalancing:DescribeListenerCertificates",
        "elasticloadbalancing:DescribeListeners",
        "elasticloadbalancing:DescribeLoadBalancerAttributes",
        "elasticloadbalancing:DescribeLoadBalancers",
        "elasticloadbalancing:DescribeRules",
        "elasticloadbalancing:DescribeSSLPolicies",
        "elasticloadbalancing:DescribeTags",
        "elasticloadbalancing:DescribeTargetGroupAttributes",
        "elasticloadbalancing:DescribeTargetGroups",
        "elasticloadbalancing:DescribeTargetHealth",
        "elasticloadbalancing:DescribeTrustStores",
        "iam:GetServerCertificate",
        "iam:ListServerCertificates",
        "wafv2:GetWebACL",
        "wafv2:GetWebACLForResource",
      ]
      # wildcard: most of these actions know no narrower resource, and all of them only read
      Resource = ["*"]
    },
    {
      Sid      = "ProtectLoadBalancers"
      Effect   = "Allow"
      Action   = ["wafv2:AssociateWebACL", "wafv2:DisassociateWebACL", "elasticloadbalancing:SetWebAcl"]
      Resource = ["${local.elb}:loadbalancer/app/*", "arn:aws:wafv2:${local.region}:${local.account}:regional/webacl/*"]
    },
    {
      Sid      = "MakeSecurityGroups"
      Effect   = "Allow"
      Action   = ["ec2:CreateSecurityGroup"]
      Resource = ["arn:aws:ec2:${local.region}:${local.account}:security-group/*", "arn:aws:ec2:${local.region}:${local.account}:vpc/${var.vpc_id}"]
    },
    {
      Sid       = "TagNewSecurityGroups"
      Effect    = "Allow"
      Action    = ["ec2:CreateTags"]
      Resource  = ["arn:aws:ec2:${local.region}:${local.account}:security-group/*"]
      Condition = { StringEquals = merge(local.own_request.StringEquals, { "ec2:CreateAction" = "CreateSecurityGroup" }) }
    },
    {
      Sid       = "RetagOwnSecurityGroups"
      Effect    = "Allow"
      Action    = ["ec2:CreateTags", "ec2:DeleteTags"]
      Resource  = ["arn:aws:ec2:${local.region}:${local.account}:security-group/*"]
      Condition = local.own_retagging
    },
    {
      # Also on groups it did not make: it lets load balancers through to the nodes' group.
      Sid       = "OpenAndClosePorts"
      Effect    = "Allow"
      Action    = ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"]
      Resource  = ["arn:aws:ec2:${local.region}:${local.account}:security-group/*"]
      Condition = { ArnEquals = { "ec2:Vpc" = "arn:aws:ec2:${local.region}:${local.account}:vpc/${var.vpc_id}" } }
    },
    {
      Sid       = "DeleteOwnSecurityGroups"
      Effect    = "Allow"
      Action    = ["ec2:DeleteSecurityGroup"]
      Resource  = ["arn:aws:ec2:${local.region}:${local.account}:security-group/*"]
      Condition = local.own_resource
    },
    {
      Sid       = "MakeLoadBalancers"
      Effect    = "Allow"
      Action    = ["elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup"]
      Resource  = ["${local.elb}:loadbalancer/*", "${local.elb}:targetgroup/*"]
      Condition = local.own_request
    },
    {
      Sid    = "TagNewLoadBalancers"
      Effect = "Allow"
      Action = ["elasticloadbalancing:AddTags"]
      Resource = [
        "${local.elb}:loadbalancer/*",
        "${local.elb}:targetgroup/*",
      ]
      Condition = {
        StringEquals = merge(local.own_request.StringEquals, {
          "elasticloadbalancing:CreateAction" = ["CreateTargetGroup", "CreateLoadBalancer"]
        })
      }
    },
    {
      Sid       = "RetagOwnLoadBalancers"
      Effect    = "Allow"
      Action    = ["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"]
      Resource  = ["${local.elb}:loadbalancer/*", "${local.elb}:targetgroup/*"]
      Condition = local.own_retagging
    },
    {
      Sid      = "TagListeners"
      Effect   = "Allow"
      Action   = ["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"]
      Resource = ["${local.elb}:listener/*", "${local.elb}:listener-rule/*"]
    },
    {
      Sid    = "KeepListeners"
      Effect = "Allow"
      Action = [
        "elasticloadbalancing:AddListenerCertificates",
        "elasticloadbalancing:CreateListener",
        "elasticloadbalancing:CreateRule",
        "elasticloadbalancing:DeleteListener",
        "elasticloadbalancing:DeleteRule",
        "elasticloadbalancing:ModifyListener",
        "elasticloadbalancing:ModifyRule",
        "elasticloadbalancing:RemoveListenerCertificates",
        "elasticloadbalancing:SetRulePriorities",
      ]
      Resource = ["${local.elb}:loadbalancer/*", "${local.elb}:listener/*", "${local.elb}:listener-rule/*"]
    },
    {
      Sid    = "KeepOwnLoadBalancers"
      Effect = "Allow"
      Action = [
        "elasticloadbalancing:DeleteLoadBalancer",
        "elasticloadbalancing:DeleteTargetGroup",
        "elasticloadbalancing:ModifyCapacityReservation",
        "elasticloadbalancing:ModifyIpPools",
        "elasticloadbalancing:ModifyListenerAttributes",
        "elasticloadbalancing:ModifyLoadBalancerAttributes",
        "elasticloadbalancing:ModifyTargetGroup",
        "elasticloadbalancing:ModifyTargetGroupAttributes",
        "elasticloadbalancing:SetIpAddressType",
        "elasticloadbalancing:SetSecurityGroups",
        "elasticloadbalancing:SetSubnets",
      ]
      Resource  = ["${local.elb}:loadbalancer/*", "${local.elb}:listener/*", "${local.elb}:targetgroup/*"]
      Condition = local.own_resource
    },
    {
      # Also into target groups it did not make: the shop's is made with its load balancer.
      Sid      = "RegisterPods"
      Effect   = "Allow"
      Action   = ["elasticloadbalancing:RegisterTargets", "elasticloadbalancing:DeregisterTargets"]
      Resource = ["${local.elb}:targetgroup/*"]
    },
  ]
}
