# Who may reach Redis: the cluster's nodes, on its port. It reaches nobody.

resource "aws_security_group" "this" {
  name        = "${var.prefix}-cache"
  description = "Redis from the cluster nodes; nothing goes out"
  vpc_id      = var.vpc_id
  egress      = []

  tags = { Name = "${var.prefix}-cache" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "nodes" {
  security_group_id            = aws_security_group.this.id
  referenced_security_group_id = var.node_security_group_id
  description                  = "Redis from the cluster nodes"
  ip_protocol                  = "tcp"
  from_port                    = local.port
  to_port                      = local.port
}
