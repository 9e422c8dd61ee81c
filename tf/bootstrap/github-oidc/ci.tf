# Delivers and operates. It cannot read secrets or states, nor change what AWS resources are. What it may do inside the cluster
# is said there, to the group of its access entry.

locals {
  ci_policy = concat(
    [
      {
        Sid    = "LogInToTheRegistry"
        Effect = "Allow"
        Action = ["ecr:GetAuthorizationToken"]
        # wildcard: the action knows no resource; what the login is good for is said below
        Resource = ["*"]
      },
      {
        Sid    = "PushAndPullTheOneImage"
        Effect = "Allow"
        Action = [
          "ecr:BatchCheckLayerAvailability",
          "ecr:BatchGetImage",
          "ecr:CompleteLayerUpload",
          "ecr:DescribeImages",
          "ecr:DescribeImageScanFindings",
          "ecr:GetDownloadUrlForLayer",
          "ecr:InitiateLayerUpload",
          "ecr:PutImage",
          "ecr:UploadLayerPart",
        ]
        Resource = ["arn:aws:ecr:${var.region}:${local.account}:repository/${var.repository}"]
      },
      {
        Sid      = "FindTheCluster"
        Effect   = "Allow"
        Action   = ["eks:DescribeCluster"]
        Resource = ["arn:aws:eks:${var.region}:${local.account}:cluster/${local.prefix}"]
      },
    ],
    length(var.distribution_ids) == 0 ? [] : [
      {
        Sid      = "InvalidateCopies"
        Effect   = "Allow"
        Action   = ["cloudfront:CreateInvalidation", "cloudfront:GetInvalidation"]
        Resource = [for id in var.distribution_ids : "arn:aws:cloudfront::${local.account}:distribution/${id}"]
      },
    ],
    var.storefront_bucket == null ? [] : [
      {
        Sid      = "ListTheStorefront"
        Effect   = "Allow"
        Action   = ["s3:ListBucket"]
        Resource = ["arn:aws:s3:::${var.storefront_bucket}"]
      },
      {
        Sid      = "ReplaceTheStorefront"
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
        Resource = ["arn:aws:s3:::${var.storefront_bucket}/*"]
      },
    ],
  )
}

resource "aws_iam_role" "ci" {
  name                 = "${local.prefix}-ci"
  description          = "Workflows that deliver and operate ${local.prefix}"
  assume_role_policy   = local.trust.ci
  max_session_duration = 3600
}

resource "aws_iam_role_policy" "ci" {
  name   = "deliver"
  role   = aws_iam_role.ci.id
  policy = jsonencode({ Version = "2012-10-17", Statement = local.ci_policy })
}
