output "load_balancer_arn" {
  description = "The load balancer, for CloudFront's VPC origin."
  value       = aws_lb.this.arn
  # CloudFront takes no requests to a load balancer nobody listens on.
  depends_on = [aws_lb_listener.this]
}

output "load_balancer_dns_name" {
  description = "The load balancer's name inside the network."
  value       = aws_lb.this.dns_name
}

output "load_balancer_arn_suffix" {
  description = "The load balancer as metrics name it."
  value       = aws_lb.this.arn_suffix
}

output "encrypted" {
  description = "Whether the load balancer speaks TLS."
  value       = local.encrypted
}

output "target_group_arn" {
  description = "What the pods join by TargetGroupBinding."
  value       = aws_lb_target_group.this.arn
}

output "target_group_arn_suffix" {
  description = "The target group as metrics name it."
  value       = aws_lb_target_group.this.arn_suffix
}

output "security_group_id" {
  description = "The load balancer's security group."
  value       = aws_security_group.this.id
}
