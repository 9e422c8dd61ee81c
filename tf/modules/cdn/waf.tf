# A firewall in front of CloudFront: AWS' rules against known attacks, and an end to who asks far too often. Optional, for
# it costs by the month: the API has rate limits and checks of its own.

resource "aws_wafv2_web_acl" "this" {
  count       = var.waf_enabled ? 1 : 0
  region      = "us-east-1"
  name        = "${var.prefix}-cdn"
  description = "Known attacks, and far too many requests"
  scope       = "CLOUDFRONT"

  default_action {
    allow {}
  }

  rule_json = jsonencode(concat([local.waf_rate_rule], local.waf_managed_rules))

  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "${var.prefix}-cdn"
    sampled_requests_enabled   = true
  }
}

locals {
  waf_rate_rule = {
    Name      = "too-many-requests"
    Priority  = 0
    Action    = { Block = {} }
    Statement = { RateBasedStatement = { Limit = var.waf_requests_per_5_minutes, AggregateKeyType = "IP" } }
    VisibilityConfig = {
      CloudWatchMetricsEnabled = true
      MetricName               = "too-many-requests"
      SampledRequestsEnabled   = true
    }
  }

  # In order, with the rules of each that only count: the API bounds bodies itself, with an answer that says why.
  waf_rule_groups = [
    { name = "AWSManagedRulesAmazonIpReputationList", counted = [] },
    { name = "AWSManagedRulesKnownBadInputsRuleSet", counted = [] },
    { name = "AWSManagedRulesCommonRuleSet", counted = ["SizeRestrictions_BODY"] },
  ]

  waf_managed_rules = [for place, group in local.waf_rule_groups : {
    Name           = group.name
    Priority       = place + 1
    OverrideAction = { None = {} }
    Statement = {
      ManagedRuleGroupStatement = {
        VendorName          = "AWS"
        Name                = group.name
        RuleActionOverrides = [for rule in group.counted : { Name = rule, ActionToUse = { Count = {} } }]
      }
    }
    VisibilityConfig = { CloudWatchMetricsEnabled = true, MetricName = group.name, SampledRequestsEnabled = true }
  }]
}
