mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111122223333:role/mock" }
  }
}

variables {
  cluster_name    = "bottega-demo"
  cluster_arn     = "arn:aws:eks:us-east-1:111122223333:cluster/bottega-demo"
  namespace       = "bottega"
  service_account = "bottega"
  policies        = { work = "{}" }
}

run "only_the_named_pods_can_take_the_role" {
  assert {
    condition = jsondecode(aws_iam_role.this.assume_role_policy).Statement[0].Condition == {
      StringEquals = {
        "aws:SourceAccount"                         = "111122223333"
        "aws:RequestTag/kubernetes-namespace"       = "bottega"
        "aws:RequestTag/kubernetes-service-account" = "bottega"
      }
      ArnEquals = { "aws:SourceArn" = "arn:aws:eks:us-east-1:111122223333:cluster/bottega-demo" }
    }
    error_message = "The role is for one service account of one namespace of one cluster of this account."
  }
  assert {
    condition     = jsondecode(aws_iam_role.this.assume_role_policy).Statement[0].Principal == { Service = "pods.eks.amazonaws.com" }
    error_message = "Only Pod Identity hands the role out."
  }
  assert {
    condition     = aws_eks_pod_identity_association.this.role_arn == aws_iam_role.this.arn && aws_eks_pod_identity_association.this.namespace == "bottega"
    error_message = "The association gives the role to the same pods."
  }
}

run "a_pattern_is_refused" {
  command = plan
  variables {
    service_account = "*"
  }
  expect_failures = [var.service_account]
}
