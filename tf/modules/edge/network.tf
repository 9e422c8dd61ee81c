# Who may talk to whom: CloudFront to the load balancer, the load balancer to the pods, and nothing else.

resource "aws_security_group" "this" {
  name        = "${var.prefix}-edge"
  description = "From CloudFront to the pods of the API"
  vpc_id      = var.vpc_id

  tags = { Name = "${var.prefix}-edge" }

  lifecycle {
    create_before_destroy = true
  }
}

# AWS' own list of the addresses CloudFront comes from. The security group that CloudFront makes for its VPC origins would
# be narrower, but exists only after the first one was made, and one apply has to suffice. Nobody else's distribution gets
# in by it: a VPC origin leads only into networks of its own account, and there is no other way to an internal address.
data "aws_ec2_managed_prefix_list" "cloudfront" {
  name = "com.amazonaws.global.cloudfront.origin-facing"
}

resource "aws_vpc_security_group_ingress_rule" "cloudfront" {
  security_group_id = aws_security_group.this.id
  prefix_list_id    = data.aws_ec2_managed_prefix_list.cloudfront.id
  description       = "CloudFront"
  ip_protocol       = "tcp"
  from_port         = local.port
  to_port           = local.port
}

resource "aws_vpc_security_group_egress_rule" "pods" {
  security_group_id            = aws_security_group.this.id
  referenced_security_group_id = var.node_security_group_id
  description                  = "The pods of the API"
  ip_protocol                  = "tcp"
  from_port                    = var.pod_port
  to_port                      = var.pod_port
}

# Pods have the security group of their node.
resource "aws_vpc_security_group_ingress_rule" "pods" {
  security_group_id            = var.node_security_group_id
  referenced_security_group_id = aws_security_group.this.id
  description                  = "The load balancer to the pods of the API"
  ip_protocol                  = "tcp"
  from_port                    = var.pod_port
  to_port                      = var.pod_port
}
