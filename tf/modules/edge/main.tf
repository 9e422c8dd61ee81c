# The way from CloudFront to the pods: an internal load balancer without a public address, and the target group the pods
# join by TargetGroupBinding. Terraform makes both, so that CloudFront can be pointed at them before any pod runs.

resource "aws_lb" "this" {
  name               = "${var.prefix}-api"
  load_balancer_type = "application"
  internal           = true
  subnets            = var.subnet_ids
  security_groups    = [aws_security_group.this.id]

  drop_invalid_header_fields = true
  desync_mitigation_mode     = "strictest"
  enable_deletion_protection = var.protected
  # The server keeps its connections for 75 seconds: the load balancer must let go first, or it writes into a closed one.
  idle_timeout = 60
}

resource "aws_lb_target_group" "this" {
  name        = "${var.prefix}-api"
  target_type = "ip"
  vpc_id      = var.vpc_id
  protocol    = "HTTP"
  port        = var.pod_port

  # Requests differ a hundredfold in what they cost; the idlest pod takes the next.
  load_balancing_algorithm_type = "least_outstanding_requests"
  deregistration_delay          = var.deregistration_delay_seconds

  health_check {
    path                = "/ready"
    matcher             = "200"
    interval            = 10
    timeout             = 5
    healthy_threshold   = 2
    unhealthy_threshold = 2
  }
}

# From CloudFront to here a request travels inside AWS' network and into a subnet without a public address. With a
# certificate it is encrypted on that way too. Without a domain of one's own there can be none, hence HTTP then.
resource "aws_lb_listener" "this" {
  load_balancer_arn = aws_lb.this.arn
  port              = local.port
  protocol          = local.encrypted ? "HTTPS" : "HTTP"
  certificate_arn   = var.certificate_arn
  ssl_policy        = local.encrypted ? "ELBSecurityPolicy-TLS13-1-2-2021-06" : null

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this.arn
  }
}

locals {
  encrypted = var.certificate_arn != null
  port      = local.encrypted ? 443 : 80
}
