# The network everything lives in: one VPC in four tiers. Public subnets hold load balancers and NAT gateways, private
# ones the nodes and their pods, database ones what must never reach the internet, edge ones the API's load balancer alone.

data "aws_region" "current" {}

data "aws_caller_identity" "current" {}

# Zones open to everybody: local and wavelength zones can hold neither a control plane nor a NAT gateway. In the excluded ones
# EKS places no control plane. They go by id, for which name a zone has is another matter in each account.
data "aws_availability_zones" "available" {
  state            = "available"
  exclude_zone_ids = ["use1-az3", "usw1-az2", "cac1-az3"]

  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }
}

locals {
  # Zone name to its place, which decides the address ranges of its subnets.
  zones = { for place, name in slice(data.aws_availability_zones.available.names, 0, var.az_count) : name => place }

  # The zones that have a NAT gateway, and for each zone the one it uses.
  nat_zones   = var.single_nat_gateway ? [keys(local.zones)[0]] : keys(local.zones)
  nat_zone_of = { for name in keys(local.zones) : name => var.single_nat_gateway ? local.nat_zones[0] : name }
}
