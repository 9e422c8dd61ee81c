mock_provider "aws" {
  mock_data "aws_region" {
    defaults = { region = "us-east-1" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:us-east-1:111122223333:log-group:mock" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111122223333:role/mock" }
  }
  mock_data "aws_availability_zones" {
    defaults = { names = ["us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d"] }
  }
}

variables {
  prefix       = "bottega-demo"
  cluster_name = "bottega-demo"
  kms_key_arn  = "arn:aws:kms:us-east-1:111122223333:key/mock"
}

run "four_tiers_in_two_zones" {
  assert {
    condition     = length(aws_subnet.public) == 2 && length(aws_subnet.private) == 2 && length(aws_subnet.database) == 2 && length(aws_subnet.edge) == 2
    error_message = "By default there are four tiers of two subnets."
  }
  assert {
    condition = length(distinct(concat(
      values(aws_subnet.public)[*].cidr_block, values(aws_subnet.private)[*].cidr_block, values(aws_subnet.database)[*].cidr_block,
      values(aws_subnet.edge)[*].cidr_block,
    ))) == 8
    error_message = "No two subnets may share a range."
  }
  assert {
    condition     = aws_subnet.private["us-east-1b"].cidr_block == "10.0.80.0/20"
    error_message = "A subnet's range follows from its tier and its zone."
  }
  assert {
    condition     = alltrue([for subnet in aws_subnet.public : !subnet.map_public_ip_on_launch])
    error_message = "Nothing that starts in a public subnet may get a public address by itself."
  }
  assert {
    condition     = aws_vpc.this.enable_dns_support && aws_vpc.this.enable_dns_hostnames
    error_message = "Private names of the endpoints need both DNS settings."
  }
}

run "eks_takes_the_zones" {
  assert {
    condition     = toset(data.aws_availability_zones.available.exclude_zone_ids) == toset(["use1-az3", "usw1-az2", "cac1-az3"])
    error_message = "EKS refuses subnets in these zones, and any account may know one of them as its first."
  }
}

run "load_balancers_find_their_subnets" {
  assert {
    condition     = alltrue([for subnet in aws_subnet.public : subnet.tags["kubernetes.io/role/elb"] == "1"])
    error_message = "Public subnets carry the tag of internet-facing load balancers."
  }
  assert {
    condition     = alltrue([for subnet in aws_subnet.private : subnet.tags["kubernetes.io/role/internal-elb"] == "1"])
    error_message = "Private subnets carry the tag of internal load balancers."
  }
  assert {
    condition = alltrue([
      for subnet in concat(values(aws_subnet.database), values(aws_subnet.edge)) : length([for key in keys(subnet.tags) : key if startswith(key, "kubernetes.io/")]) == 0
    ])
    error_message = "No load balancer of Kubernetes may be put into the database tier, or beside the API's."
  }
}

run "the_database_tier_has_no_way_out" {
  assert {
    condition = length(setintersection(
      toset(concat([aws_route.public_internet.route_table_id], values(aws_route.private_internet)[*].route_table_id)),
      toset(concat([aws_route_table.edge.id], values(aws_route_table.database)[*].id)),
    )) == 0
    error_message = "A route to the internet stands in a table of the database tier, or of the load balancer's."
  }
  assert {
    condition = alltrue([
      for zone, association in aws_route_table_association.database :
      association.route_table_id == aws_route_table.database[zone].id && association.subnet_id == aws_subnet.database[zone].id
    ])
    error_message = "Each database subnet uses a table of its own tier."
  }
  assert {
    condition     = toset(aws_db_subnet_group.this.subnet_ids) == toset(values(aws_subnet.database)[*].id)
    error_message = "RDS is placed in the database tier, and nowhere else."
  }
  assert {
    condition     = toset(aws_elasticache_subnet_group.this.subnet_ids) == toset(values(aws_subnet.database)[*].id)
    error_message = "ElastiCache is placed in the database tier, and nowhere else."
  }
}

run "one_nat_gateway_serves_all_zones" {
  assert {
    condition     = length(aws_nat_gateway.this) == 1
    error_message = "By default there is a single NAT gateway."
  }
  assert {
    condition     = alltrue([for route in aws_route.private_internet : route.nat_gateway_id == aws_nat_gateway.this["us-east-1a"].id])
    error_message = "Every private subnet goes out through it."
  }
}

run "each_zone_can_have_its_own" {
  variables {
    az_count           = 3
    single_nat_gateway = false
  }
  assert {
    condition     = length(aws_nat_gateway.this) == 3
    error_message = "Three zones have three NAT gateways."
  }
  assert {
    condition     = alltrue([for zone, route in aws_route.private_internet : route.nat_gateway_id == aws_nat_gateway.this[zone].id])
    error_message = "Each zone goes out through its own NAT gateway."
  }
}

run "aws_services_are_reached_inside" {
  assert {
    condition     = aws_vpc_endpoint.s3.vpc_endpoint_type == "Gateway" && aws_vpc_endpoint.s3.service_name == "com.amazonaws.us-east-1.s3"
    error_message = "S3 is reached through a gateway endpoint."
  }
  assert {
    condition = (
      toset(keys(aws_vpc_endpoint.interface)) == toset(["ecr.api", "ecr.dkr", "logs", "secretsmanager", "sts", "eks-auth"])
      && alltrue([for endpoint in aws_vpc_endpoint.interface : endpoint.private_dns_enabled && endpoint.vpc_endpoint_type == "Interface"])
    )
    error_message = "ECR, logs, secrets and pods' credentials are reached through interface endpoints under their ordinary names."
  }
  assert {
    condition = alltrue([
      for zone, rule in aws_vpc_security_group_ingress_rule.endpoints :
      rule.cidr_ipv4 == aws_subnet.private[zone].cidr_block && rule.ip_protocol == "tcp" && rule.from_port == 443 && rule.to_port == 443
    ])
    error_message = "Only the private subnets may call the endpoints, by HTTPS."
  }
}

run "traffic_is_recorded" {
  assert {
    condition     = aws_flow_log.this.traffic_type == "ALL" && aws_flow_log.this.vpc_id == aws_vpc.this.id
    error_message = "Flow logs record what was refused and what was not."
  }
  assert {
    condition     = aws_cloudwatch_log_group.flow.kms_key_id == var.kms_key_arn && aws_cloudwatch_log_group.flow.retention_in_days == 30
    error_message = "Flow logs are encrypted, and kept for 30 days."
  }
  assert {
    condition     = jsondecode(aws_iam_role.flow.assume_role_policy).Statement[0].Condition.StringEquals["aws:SourceAccount"] == "111122223333"
    error_message = "The flow logs' role works for this account only."
  }
  assert {
    condition = {
      for statement in jsondecode(aws_iam_role_policy.flow.policy).Statement : statement.Resource => statement.Action
      } == {
      "${aws_cloudwatch_log_group.flow.arn}:*"          = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"]
      "arn:aws:logs:us-east-1:111122223333:log-group:*" = ["logs:DescribeLogGroups"]
    }
    error_message = "The flow logs' role finds its own log group, and writes to no other."
  }
}

run "what_forgets_its_security_group_is_cut_off" {
  assert {
    condition     = length(aws_default_security_group.closed.ingress) == 0 && length(aws_default_security_group.closed.egress) == 0
    error_message = "The default security group lets nothing in or out."
  }
}

run "one_zone_is_refused" {
  command = plan
  variables {
    az_count = 1
  }
  expect_failures = [var.az_count]
}

run "a_small_range_is_refused" {
  command = plan
  variables {
    vpc_cidr = "10.0.0.0/20"
  }
  expect_failures = [var.vpc_cidr]
}

run "logs_are_not_kept_for_ever" {
  command = plan
  variables {
    flow_log_retention_days = 0
  }
  expect_failures = [var.flow_log_retention_days]
}
