# What the layers are made of.

locals {
  build_policy = [
    {
      Sid    = "BuildInTheRegion"
      Effect = "Allow"
      Action = [
        # wildcard: networks, gateways, endpoints, security groups and launch templates have no names before they exist
        "ec2:*",
        # wildcard: the cluster, its nodes, add-ons, entries and associations are all of this service
        "eks:*",
        # wildcard: the repositories with their rules are all of this service
        "ecr:*",
        # wildcard: the database, its parameters, subnets and snapshots are all of this service
        "rds:*",
        # wildcard: the cache, its parameters and subnets are all of this service
        "elasticache:*",
        # wildcard: the load balancer, its listeners and target groups are all of this service
        "elasticloadbalancing:*",
        # wildcard: log groups, filters and resource policies are all of this service
        "logs:*",
        # wildcard: alarms and dashboards are all of this service
        "cloudwatch:*",
        # wildcard: topics and subscriptions are all of this service
        "sns:*",
        # wildcard: the web ACL and its associations are all of this service
        "wafv2:*",
        "acm:DescribeCertificate",
        "acm:ListCertificates",
        "acm:ListTagsForCertificate",
        "autoscaling:DescribeAutoScalingGroups",
      ]
      # wildcard: most of what is made here gets its id when it is made
      Resource = ["*"]
      # What belongs to CloudFront is in us-east-1, wherever the rest is.
      Condition = { StringEquals = { "aws:RequestedRegion" = distinct([var.region, "us-east-1"]) } }
    },
    {
      Sid    = "BuildTheDistribution"
      Effect = "Allow"
      Action = [
        # wildcard: the distribution, its policies, functions, origin access and VPC origin are all of this service
        "cloudfront:*",
      ]
      # wildcard: CloudFront gives ids when it makes things, and is of no region
      Resource = ["*"]
    },
    {
      Sid    = "BuildBuckets"
      Effect = "Allow"
      Action = [
        # wildcard: Terraform reads every aspect of a bucket to compare it; the names below are what limits this
        "s3:*",
      ]
      Resource = ["arn:aws:s3:::${local.prefix}-*"]
    },
    {
      Sid    = "BuildKeys"
      Effect = "Allow"
      Action = [
        "kms:CreateAlias",
        "kms:CreateGrant",
        "kms:CreateKey",
        "kms:DeleteAlias",
        "kms:DescribeKey",
        "kms:EnableKeyRotation",
        "kms:GetKeyPolicy",
        "kms:GetKeyRotationStatus",
        "kms:ListAliases",
        "kms:ListResourceTags",
        "kms:PutKeyPolicy",
        "kms:RetireGrant",
        "kms:ScheduleKeyDeletion",
        "kms:TagResource",
        "kms:UntagResource",
        "kms:UpdateAlias",
        "kms:UpdateKeyDescription",
      ]
      # wildcard: keys get their ids when they are made; using them to decrypt is not among the actions
      Resource = ["*"]
    },
  ]
}
