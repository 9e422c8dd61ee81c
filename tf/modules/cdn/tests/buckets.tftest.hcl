# What matters of the buckets: private, encrypted, asked over TLS by those alone who must, and not kept for ever.

mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_resource "aws_cloudfront_distribution" {
    defaults = { arn = "arn:aws:cloudfront::123456789012:distribution/SHOP" }
  }
  mock_resource "aws_s3_bucket" {
    defaults = { arn = "arn:aws:s3:::bucket" }
  }
  mock_resource "aws_wafv2_web_acl" {
    defaults = { arn = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/shop/1" }
  }
}

variables {
  prefix                  = "bottega-demo"
  load_balancer_arn       = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/bottega-demo-api/1"
  load_balancer_dns_name  = "internal-bottega-demo-api.example"
  load_balancer_encrypted = false
}

run "private" {
  assert {
    condition = alltrue([for block in concat([aws_s3_bucket_public_access_block.storefront], aws_s3_bucket_public_access_block.logs) :
    block.block_public_acls && block.block_public_policy && block.ignore_public_acls && block.restrict_public_buckets])
    error_message = "A bucket can be opened to the public."
  }
  assert {
    condition = alltrue([for controls in concat([aws_s3_bucket_ownership_controls.storefront], aws_s3_bucket_ownership_controls.logs) :
    controls.rule[0].object_ownership == "BucketOwnerEnforced"])
    error_message = "Access lists can open single files."
  }
  assert {
    condition     = aws_cloudfront_origin_access_control.storefront.signing_behavior == "always"
    error_message = "CloudFront asks the bucket without a signature."
  }
}

run "encrypted" {
  assert {
    condition = alltrue([for encryption in concat([aws_s3_bucket_server_side_encryption_configuration.storefront],
      aws_s3_bucket_server_side_encryption_configuration.logs) :
    one(one(encryption.rule).apply_server_side_encryption_by_default).sse_algorithm == "AES256"])
    error_message = "A bucket is not encrypted."
  }
  assert {
    condition = alltrue([for policy in [aws_s3_bucket_policy.storefront.policy, aws_s3_bucket_policy.logs[0].policy] :
      anytrue([for statement in jsondecode(policy).Statement : statement.Effect == "Deny" && statement.Principal == "*" && statement.Action == "s3:*" && length(statement.Resource) == 2
    && try(statement.Condition.Bool["aws:SecureTransport"], "") == "false"])])
    error_message = "A bucket answers without TLS."
  }
}

run "cloudfront_alone_reads" {
  assert {
    condition = alltrue([for statement in jsondecode(aws_s3_bucket_policy.storefront.policy).Statement :
      statement.Effect == "Deny" || (statement.Principal == { Service = "cloudfront.amazonaws.com" }
    && try(statement.Condition.StringEquals["AWS:SourceArn"], "") == "arn:aws:cloudfront::123456789012:distribution/SHOP")])
    error_message = "Others than this distribution read the bucket."
  }
  assert {
    condition = toset([for statement in jsondecode(aws_s3_bucket_policy.storefront.policy).Statement :
    statement.Action if statement.Effect == "Allow"]) == toset(["s3:GetObject", "s3:ListBucket"])
    error_message = "CloudFront may do more than read."
  }
  assert {
    condition = alltrue([for statement in jsondecode(aws_s3_bucket_policy.logs[0].policy).Statement :
      statement.Effect == "Deny" || (statement.Principal == { Service = "delivery.logs.amazonaws.com" }
        && statement.Action == "s3:PutObject"
        && try(statement.Condition.StringEquals["aws:SourceAccount"], "") == "123456789012"
    && try(statement.Condition.ArnEquals["aws:SourceArn"], "") == aws_cloudwatch_log_delivery_source.access[0].arn)])
    error_message = "Others than the delivery of this account's logs write into the bucket."
  }
}

run "old_things_are_forgotten" {
  assert {
    condition     = aws_s3_bucket_versioning.storefront.versioning_configuration[0].status == "Enabled"
    error_message = "A release that was overwritten is gone."
  }
  assert {
    condition     = aws_s3_bucket_lifecycle_configuration.storefront.rule[0].noncurrent_version_expiration[0].noncurrent_days == 90
    error_message = "Every release is kept for ever."
  }
  assert {
    condition     = aws_s3_bucket_lifecycle_configuration.logs[0].rule[0].expiration[0].days == 30
    error_message = "Visitors' addresses are kept for ever."
  }
}

run "logged" {
  assert {
    condition = (aws_cloudwatch_log_delivery_source.access[0].log_type == "ACCESS_LOGS"
    && toset([aws_cloudwatch_log_delivery_source.access[0].region, aws_cloudwatch_log_delivery_destination.access[0].region, aws_cloudwatch_log_delivery.access[0].region]) == toset(["us-east-1"]))
    error_message = "Access logs are not delivered: CloudFront's come from us-east-1."
  }
  assert {
    condition = alltrue([for field in aws_cloudwatch_log_delivery.access[0].record_fields :
    !contains(["cs(Cookie)", "cs(Referer)", "cs-uri-query"], field)])
    error_message = "The access log tells who somebody is."
  }
}

run "no_firewall_unless_asked_for" {
  assert {
    condition     = length(aws_wafv2_web_acl.this) == 0
    error_message = "The firewall is on."
  }
}

run "with_a_firewall" {
  variables {
    waf_enabled = true
  }
  assert {
    condition     = aws_cloudfront_distribution.this.web_acl_id == aws_wafv2_web_acl.this[0].arn
    error_message = "The firewall stands beside the distribution."
  }
  assert {
    condition     = aws_wafv2_web_acl.this[0].scope == "CLOUDFRONT" && aws_wafv2_web_acl.this[0].region == "us-east-1"
    error_message = "CloudFront takes firewalls from us-east-1 only."
  }
  assert {
    condition = anytrue([for rule in jsondecode(aws_wafv2_web_acl.this[0].rule_json) :
    try(rule.Statement.RateBasedStatement.Limit, 0) == 5000 && can(rule.Action.Block)])
    error_message = "Who asks far too often is not refused."
  }
  assert {
    condition = toset([for rule in jsondecode(aws_wafv2_web_acl.this[0].rule_json) :
      rule.Statement.ManagedRuleGroupStatement.Name if can(rule.Statement.ManagedRuleGroupStatement) && can(rule.OverrideAction.None)]) == toset([
      "AWSManagedRulesAmazonIpReputationList", "AWSManagedRulesKnownBadInputsRuleSet", "AWSManagedRulesCommonRuleSet",
    ])
    error_message = "AWS' rules are others, or only count what they should refuse."
  }
}

run "a_rate_below_the_apis_own_is_refused" {
  command = plan
  variables {
    waf_enabled                = true
    waf_requests_per_5_minutes = 1000
  }
  expect_failures = [var.waf_requests_per_5_minutes]
}
