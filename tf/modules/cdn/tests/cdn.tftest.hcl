# What matters of the way requests go: TLS, who keeps what, and that the API's answers stay the API's.

mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
}

variables {
  prefix                  = "bottega-demo"
  load_balancer_arn       = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/bottega-demo-api/1"
  load_balancer_dns_name  = "internal-bottega-demo-api.example"
  load_balancer_encrypted = false
}

run "visitors_speak_tls" {
  assert {
    condition = alltrue([for behavior in concat(aws_cloudfront_distribution.this.default_cache_behavior,
    aws_cloudfront_distribution.this.ordered_cache_behavior) : behavior.viewer_protocol_policy == "redirect-to-https"])
    error_message = "A path is served without TLS."
  }
  assert {
    condition     = aws_cloudfront_distribution.this.http_version == "http2and3" && aws_cloudfront_distribution.this.is_ipv6_enabled
    error_message = "HTTP/2, HTTP/3 or IPv6 is off."
  }
  assert {
    condition     = aws_cloudfront_distribution.this.price_class == "PriceClass_100"
    error_message = "The distribution answers from more places than are paid for."
  }
}

run "two_origins" {
  assert {
    condition     = aws_cloudfront_distribution.this.enabled && toset(aws_cloudfront_distribution.this.origin[*].origin_id) == toset(["storefront", "api"])
    error_message = "The distribution is off, or has other origins than the two."
  }
  assert {
    condition = (aws_cloudfront_distribution.this.default_cache_behavior[0].target_origin_id == "storefront"
    && alltrue([for behavior in aws_cloudfront_distribution.this.ordered_cache_behavior : behavior.target_origin_id == "api"]))
    error_message = "The bucket is asked for what belongs to the API, or the API for the storefront."
  }
  assert {
    condition = alltrue([for origin in aws_cloudfront_distribution.this.origin : (origin.origin_id == "storefront"
      ? origin.origin_access_control_id == aws_cloudfront_origin_access_control.storefront.id
    : one(origin.vpc_origin_config).vpc_origin_id == aws_cloudfront_vpc_origin.api.id)])
    error_message = "The bucket is asked without a signature, or the load balancer from outside the network."
  }
  assert {
    condition = alltrue([for origin in aws_cloudfront_distribution.this.origin :
      origin.origin_id != "api" || try(one(origin.vpc_origin_config).origin_read_timeout > 30
    && one(origin.vpc_origin_config).origin_keepalive_timeout < 60, false)])
    error_message = "CloudFront gives up before the API does, or writes into a connection the load balancer has closed."
  }
  assert {
    condition     = aws_cloudfront_vpc_origin.api.vpc_origin_endpoint_config[0].origin_protocol_policy == "http-only"
    error_message = "Without a certificate the load balancer does not speak TLS."
  }
}

# The two ids are AWS' own policies Managed-CachingDisabled and Managed-AllViewer.
run "nothing_personal_is_kept" {
  assert {
    condition = alltrue([for behavior in aws_cloudfront_distribution.this.ordered_cache_behavior :
      behavior.cache_policy_id == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad" || anytrue([for root in ["/api/catalog", "/api/docs", "/api/search"] :
    contains([root, "${root}/*"], behavior.path_pattern)])])
    error_message = "An address is kept that does not answer everybody alike."
  }
  assert {
    condition = alltrue([for path in ["/api", "/api/*", "/health"] : anytrue([
      for behavior in aws_cloudfront_distribution.this.ordered_cache_behavior :
    behavior.path_pattern == path && behavior.target_origin_id == "api"])])
    error_message = "An address of the API is answered by the bucket."
  }
  assert {
    condition = (index(aws_cloudfront_distribution.this.ordered_cache_behavior[*].path_pattern, "/api/*")
    > index(aws_cloudfront_distribution.this.ordered_cache_behavior[*].path_pattern, "/api/catalog/*"))
    error_message = "The API's public reads are never kept: a wider path comes before theirs."
  }
  assert {
    condition = alltrue([for behavior in aws_cloudfront_distribution.this.ordered_cache_behavior :
      behavior.cache_policy_id == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad" || try(one(behavior.function_association).function_arn
    == aws_cloudfront_function.anonymous.arn, false)])
    error_message = "A public read tells the API who asks."
  }
  assert {
    condition = alltrue([for behavior in aws_cloudfront_distribution.this.ordered_cache_behavior :
      behavior.origin_request_policy_id == "216adef6-5c7f-47e4-b989-5492eafa07d3" && length(behavior.allowed_methods) == 7
    && toset(behavior.cached_methods) == toset(["GET", "HEAD"])])
    error_message = "A request loses something on its way to the API, or a write is kept."
  }
}

run "answers_are_kept_as_long_as_they_say" {
  assert {
    condition = alltrue([for policy in [aws_cloudfront_cache_policy.public_reads, aws_cloudfront_cache_policy.storefront] :
    policy.min_ttl == 0 && policy.default_ttl == 0])
    error_message = "Something is kept that says it must not be."
  }
  assert {
    condition = alltrue([for policy in [aws_cloudfront_cache_policy.public_reads, aws_cloudfront_cache_policy.storefront] :
    policy.max_ttl > 0])
    error_message = "AWS refuses a policy that keeps nothing and yet has encodings in its key."
  }
  assert {
    condition     = aws_cloudfront_cache_policy.public_reads.max_ttl == 86400 && aws_cloudfront_cache_policy.storefront.max_ttl == 31536000
    error_message = "The longest times are not a day and a year."
  }
  assert {
    condition     = one(aws_cloudfront_cache_policy.public_reads.parameters_in_cache_key_and_forwarded_to_origin[0].query_strings_config).query_string_behavior == "all"
    error_message = "Two searches are taken for the same."
  }
  assert {
    condition = alltrue([for policy in [aws_cloudfront_cache_policy.public_reads, aws_cloudfront_cache_policy.storefront] :
      one(policy.parameters_in_cache_key_and_forwarded_to_origin[0].headers_config).header_behavior == "none"
    && one(policy.parameters_in_cache_key_and_forwarded_to_origin[0].cookies_config).cookie_behavior == "none"])
    error_message = "Each visitor has a copy of its own."
  }
  assert {
    condition = alltrue([for policy in [aws_cloudfront_cache_policy.public_reads, aws_cloudfront_cache_policy.storefront] :
      policy.parameters_in_cache_key_and_forwarded_to_origin[0].enable_accept_encoding_brotli
    && policy.parameters_in_cache_key_and_forwarded_to_origin[0].enable_accept_encoding_gzip])
    error_message = "A browser gets what it cannot read."
  }
  assert {
    condition = (aws_cloudfront_distribution.this.default_cache_behavior[0].compress
      && alltrue([for behavior in aws_cloudfront_distribution.this.ordered_cache_behavior :
    behavior.compress if behavior.cache_policy_id == aws_cloudfront_cache_policy.public_reads.id]))
    error_message = "What is kept is not compressed."
  }
}

run "errors_stay_what_they_are" {
  assert {
    condition = alltrue([for response in aws_cloudfront_distribution.this.custom_error_response :
    response.response_page_path == null && response.response_code == null])
    error_message = "A page takes the place of an error."
  }
  assert {
    condition = alltrue([for code in [400, 403, 404, 405, 414, 500, 501, 502, 503, 504] : anytrue([
      for response in aws_cloudfront_distribution.this.custom_error_response :
    response.error_code == code && response.error_caching_min_ttl == 0])])
    error_message = "One visitor's error is shown to the next."
  }
}

run "the_storefront_carries_the_servers_headers" {
  assert {
    condition = alltrue([for config in aws_cloudfront_response_headers_policy.storefront.security_headers_config : (
      config.strict_transport_security[0].access_control_max_age_sec == 31536000
      && config.content_type_options[0].override
      && config.frame_options[0].frame_option == "DENY"
    && config.referrer_policy[0].referrer_policy == "strict-origin-when-cross-origin")])
    error_message = "The storefront's files lack a header that keeps browsers safe."
  }
  assert {
    condition     = aws_cloudfront_distribution.this.default_cache_behavior[0].response_headers_policy_id == aws_cloudfront_response_headers_policy.storefront.id
    error_message = "The storefront's files do not get the headers."
  }
  assert {
    condition = {
      for association in aws_cloudfront_distribution.this.default_cache_behavior[0].function_association :
      association.event_type => association.function_arn
      } == {
      viewer-request = aws_cloudfront_function.page.arn, viewer-response = aws_cloudfront_function.content_policy.arn
    }
    error_message = "The storefront has no page for its addresses, or the page no content security policy."
  }
  assert {
    condition = alltrue([for function in [aws_cloudfront_function.page, aws_cloudfront_function.content_policy, aws_cloudfront_function.anonymous] :
    function.publish && function.runtime == "cloudfront-js-2.0"])
    error_message = "A function is a draft, which no distribution can use, or of a runtime it is not written for."
  }
}

run "with_a_domain" {
  variables {
    aliases                 = ["shop.example.com"]
    certificate_arn         = "arn:aws:acm:us-east-1:123456789012:certificate/1"
    load_balancer_encrypted = true
  }
  assert {
    condition = (aws_cloudfront_distribution.this.viewer_certificate[0].minimum_protocol_version == "TLSv1.2_2021"
    && aws_cloudfront_distribution.this.viewer_certificate[0].ssl_support_method == "sni-only")
    error_message = "Old TLS is accepted."
  }
  assert {
    condition = (aws_cloudfront_vpc_origin.api.vpc_origin_endpoint_config[0].origin_protocol_policy == "https-only"
    && aws_cloudfront_vpc_origin.api.vpc_origin_endpoint_config[0].origin_ssl_protocols[0].items == toset(["TLSv1.2"]))
    error_message = "CloudFront does not speak TLS to a load balancer that does."
  }
  assert {
    condition     = output.url == "https://shop.example.com"
    error_message = "The shop's address is not its domain."
  }
}

run "a_domain_needs_its_certificate" {
  command = plan
  variables {
    aliases = ["shop.example.com"]
  }
  expect_failures = [var.certificate_arn]
}

run "a_certificate_of_another_region_is_refused" {
  command = plan
  variables {
    aliases         = ["shop.example.com"]
    certificate_arn = "arn:aws:acm:eu-west-1:123456789012:certificate/1"
  }
  expect_failures = [var.certificate_arn]
}
