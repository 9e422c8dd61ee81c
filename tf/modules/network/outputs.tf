output "vpc_id" {
  description = "The VPC."
  value       = aws_vpc.this.id
}

output "vpc_cidr" {
  description = "Its address range."
  value       = aws_vpc.this.cidr_block
}

output "public_subnet_ids" {
  description = "Subnets for load balancers, one in each zone."
  value       = values(aws_subnet.public)[*].id
}

output "private_subnet_ids" {
  description = "Subnets for nodes and internal load balancers, one in each zone."
  value       = values(aws_subnet.private)[*].id
}

output "private_subnet_cidrs" {
  description = "Address ranges of the private subnets."
  value       = values(aws_subnet.private)[*].cidr_block
}

output "edge_subnet_ids" {
  description = "Subnets for the load balancer that CloudFront reaches, one in each zone."
  value       = values(aws_subnet.edge)[*].id
}

output "database_subnet_ids" {
  description = "Subnets without a way to the internet, one in each zone."
  value       = values(aws_subnet.database)[*].id
}

output "database_subnet_group_name" {
  description = "Where RDS puts databases."
  value       = aws_db_subnet_group.this.name
}

output "cache_subnet_group_name" {
  description = "Where ElastiCache puts nodes."
  value       = aws_elasticache_subnet_group.this.name
}
