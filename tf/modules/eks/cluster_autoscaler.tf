locals {
  cluster_autoscaler_policy = [
    {
      Sid    = "Look"
      Effect = "Allow"
      Action = [
        "autoscaling:DescribeAutoScalingGroups",
        "autoscaling:DescribeAutoScalingInstances",
        "autoscaling:DescribeLaunchConfigurations",
        "autoscaling:DescribeScalingActivities",
        "autoscaling:DescribeTags",
        "ec2:DescribeImages",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeLaunchTemplateVersions",
        "ec2:GetInstanceTypesFromInstanceRequirements",
      ]
      # wildcard: AWS knows no narrower resource for these actions, all of which only read
      Resource = ["*"]
    },
    {
      Sid      = "LookAtTheNodeGroups"
      Effect   = "Allow"
      Action   = ["eks:DescribeNodegroup"]
      Resource = ["arn:aws:eks:${local.region}:${local.account}:nodegroup/${var.name}/*"]
    },
    {
      Sid      = "ResizeTheClustersOwnGroups"
      Effect   = "Allow"
      Action   = ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"]
      Resource = ["arn:aws:autoscaling:${local.region}:${local.account}:autoScalingGroup:*:autoScalingGroupName/eks-*"]
      # EKS puts these tags on the groups of its node groups.
      Condition = {
        StringEquals = {
          "aws:ResourceTag/k8s.io/cluster-autoscaler/enabled"     = "true"
          "aws:ResourceTag/k8s.io/cluster-autoscaler/${var.name}" = "owned"
        }
      }
    },
  ]
}
