# What matters of the way to the pods: no public address, nobody but CloudFront, and no request cut off.

mock_provider "aws" {
  mock_data "aws_ec2_managed_prefix_list" {
    defaults = { id = "pl-cloudfront" }
  }
}

variables {
  prefix                 = "bottega-demo"
  vpc_id                 = "vpc-1"
  subnet_ids             = ["subnet-a", "subnet-b"]
  node_security_group_id = "sg-nodes"
}

run "only_cloudfront_gets_in" {
  assert {
    condition     = aws_lb.this.internal
    error_message = "The load balancer has a public address."
  }
  assert {
    condition = (aws_vpc_security_group_ingress_rule.cloudfront.prefix_list_id == "pl-cloudfront"
      && aws_vpc_security_group_ingress_rule.cloudfront.ip_protocol == "tcp"
      && aws_vpc_security_group_ingress_rule.cloudfront.from_port == 80 && aws_vpc_security_group_ingress_rule.cloudfront.to_port == 80
      && aws_vpc_security_group_ingress_rule.cloudfront.cidr_ipv4 == null
    && aws_vpc_security_group_ingress_rule.cloudfront.cidr_ipv6 == null)
    error_message = "Others than CloudFront are let in."
  }
  assert {
    condition     = data.aws_ec2_managed_prefix_list.cloudfront.name == "com.amazonaws.global.cloudfront.origin-facing"
    error_message = "The list is not the one of CloudFront's origin-facing addresses."
  }
}

run "only_the_pods_are_reached" {
  assert {
    condition = (aws_vpc_security_group_egress_rule.pods.referenced_security_group_id == "sg-nodes"
      && aws_vpc_security_group_egress_rule.pods.ip_protocol == "tcp" && aws_vpc_security_group_egress_rule.pods.cidr_ipv4 == null
    && aws_vpc_security_group_egress_rule.pods.from_port == 4000 && aws_vpc_security_group_egress_rule.pods.to_port == 4000)
    error_message = "The load balancer reaches more than the API's port on the nodes."
  }
  assert {
    condition = (aws_vpc_security_group_ingress_rule.pods.security_group_id == "sg-nodes"
      && aws_vpc_security_group_ingress_rule.pods.referenced_security_group_id == aws_security_group.this.id
      && aws_vpc_security_group_ingress_rule.pods.ip_protocol == "tcp"
    && aws_vpc_security_group_ingress_rule.pods.from_port == 4000 && aws_vpc_security_group_ingress_rule.pods.to_port == 4000)
    error_message = "The nodes do not let the load balancer in on the API's port alone."
  }
}

run "pods_join_and_leave_without_a_lost_request" {
  assert {
    condition = (aws_lb_target_group.this.name == "bottega-demo-api" && aws_lb_target_group.this.target_type == "ip"
    && aws_lb_target_group.this.port == 4000)
    error_message = "The chart's TargetGroupBinding is for another target group."
  }
  assert {
    condition     = aws_lb_target_group.this.health_check[0].path == "/ready" && aws_lb_target_group.this.health_check[0].matcher == "200"
    error_message = "A pod is given requests before it is ready."
  }
  assert {
    condition = (aws_lb_target_group.this.health_check[0].interval * aws_lb_target_group.this.health_check[0].unhealthy_threshold <= 20
    && aws_lb_target_group.this.health_check[0].timeout < aws_lb_target_group.this.health_check[0].interval)
    error_message = "A pod that does not answer is asked for longer than 20 seconds."
  }
  assert {
    condition     = tonumber(aws_lb_target_group.this.deregistration_delay) <= 30
    error_message = "A pod is given requests until it is killed."
  }
  assert {
    condition     = aws_lb.this.idle_timeout < 75
    error_message = "The load balancer would write into connections that the server has closed."
  }
}

run "hardened" {
  assert {
    condition     = aws_lb.this.drop_invalid_header_fields && aws_lb.this.desync_mitigation_mode == "strictest"
    error_message = "Ambiguous requests reach the pods."
  }
  assert {
    condition     = aws_lb.this.enable_deletion_protection
    error_message = "The load balancer can be deleted by mistake."
  }
}

run "without_a_certificate" {
  assert {
    condition     = aws_lb_listener.this.protocol == "HTTP" && aws_lb_listener.this.port == 80 && !output.encrypted
    error_message = "A listener for TLS needs a certificate."
  }
}

run "with_a_certificate" {
  variables {
    certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/1"
  }
  assert {
    condition = (aws_lb_listener.this.protocol == "HTTPS" && aws_lb_listener.this.port == 443
    && aws_lb_listener.this.ssl_policy == "ELBSecurityPolicy-TLS13-1-2-2021-06" && output.encrypted)
    error_message = "The listener does not speak TLS 1.2 and 1.3 alone."
  }
  assert {
    condition     = aws_vpc_security_group_ingress_rule.cloudfront.from_port == 443 && aws_vpc_security_group_ingress_rule.cloudfront.to_port == 443
    error_message = "CloudFront is let in on another port than the listener's."
  }
}

run "one_zone_is_refused" {
  command = plan
  variables {
    subnet_ids = ["subnet-a"]
  }
  expect_failures = [var.subnet_ids]
}
