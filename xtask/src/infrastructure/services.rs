//! Which service of AWS a type of resource belongs to.

/// Beginnings of types; the longest that fits decides.
const SERVICES: [(&str, &str); 31] = [
    ("aws_cloudfront_", "CloudFront"),
    ("aws_cloudwatch_", "CloudWatch"),
    ("aws_cloudwatch_log_", "CloudWatch Logs"),
    ("aws_db_", "RDS"),
    ("aws_default_security_group", "VPC"),
    ("aws_dynamodb_", "DynamoDB"),
    ("aws_ecr_", "ECR"),
    ("aws_eip", "VPC"),
    ("aws_eks_", "EKS"),
    ("aws_elasticache_", "ElastiCache"),
    ("aws_flow_log", "VPC"),
    ("aws_iam_", "IAM"),
    ("aws_internet_gateway", "VPC"),
    ("aws_kms_", "KMS"),
    ("aws_launch_template", "EC2"),
    ("aws_lb", "Elastic Load Balancing"),
    ("aws_nat_gateway", "VPC"),
    ("aws_network_acl", "VPC"),
    ("aws_rds_", "RDS"),
    ("aws_route", "VPC"),
    ("aws_route53_", "Route 53"),
    ("aws_s3_", "S3"),
    ("aws_secretsmanager_", "Secrets Manager"),
    ("aws_security_group", "VPC"),
    ("aws_sns_", "SNS"),
    ("aws_subnet", "VPC"),
    ("aws_vpc", "VPC"),
    ("aws_wafv2_", "WAF"),
    ("aws_xray_", "X-Ray"),
    ("random_", "none (chance, kept in the state)"),
    ("terraform_data", "none (Terraform itself)"),
];

pub(super) fn service_of(resource: &str) -> Option<&'static str> {
    SERVICES
        .iter()
        .filter(|(beginning, _)| resource.starts_with(beginning))
        .max_by_key(|(beginning, _)| beginning.len())
        .map(|(_, service)| *service)
}

#[cfg(test)]
mod tests {
    use super::service_of;

    #[test]
    fn the_longest_beginning_decides() {
        assert_eq!(service_of("aws_cloudwatch_metric_alarm"), Some("CloudWatch"));
        assert_eq!(service_of("aws_cloudwatch_log_group"), Some("CloudWatch Logs"));
        assert_eq!(service_of("aws_route53_record"), Some("Route 53"));
        assert_eq!(service_of("aws_route_table"), Some("VPC"));
        assert_eq!(service_of("aws_teapot"), None);
    }
}
