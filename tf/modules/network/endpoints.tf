# AWS services reached without leaving the VPC: cheaper than NAT for images and logs, and out of anybody's sight.

locals {
  interface_services = {
    "ecr.api"        = "image manifests and logins"
    "ecr.dkr"        = "image layers, together with the S3 gateway"
    "logs"           = "logs of pods and nodes"
    "secretsmanager" = "what External Secrets reads"
    "sts"            = "sessions of roles"
    "eks-auth"       = "credentials for pods, through the Pod Identity agent"
  }
}

resource "aws_vpc_endpoint" "s3" {
  vpc_id            = aws_vpc.this.id
  service_name      = "com.amazonaws.${data.aws_region.current.region}.s3"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = values(aws_route_table.private)[*].id

  tags = { Name = "${var.prefix}-s3" }
}

resource "aws_vpc_endpoint" "interface" {
  for_each            = local.interface_services
  vpc_id              = aws_vpc.this.id
  service_name        = "com.amazonaws.${data.aws_region.current.region}.${each.key}"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = values(aws_subnet.private)[*].id
  security_group_ids  = [aws_security_group.endpoints.id]
  private_dns_enabled = true

  tags = {
    Name    = "${var.prefix}-${each.key}"
    Purpose = each.value
  }
}

resource "aws_security_group" "endpoints" {
  name        = "${var.prefix}-endpoints"
  description = "Who may call AWS services through the interface endpoints"
  vpc_id      = aws_vpc.this.id

  tags = { Name = "${var.prefix}-endpoints" }
}

resource "aws_vpc_security_group_ingress_rule" "endpoints" {
  for_each          = aws_subnet.private
  security_group_id = aws_security_group.endpoints.id
  description       = "HTTPS from the private subnet of ${each.key}"
  cidr_ipv4         = each.value.cidr_block
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}
