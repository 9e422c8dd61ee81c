# The Kubernetes cluster: control plane, nodes, add-ons, who may enter, and the roles of the pods that run it.

data "aws_region" "current" {}

data "aws_caller_identity" "current" {}

locals {
  account = data.aws_caller_identity.current.account_id
  region  = data.aws_region.current.region
}
