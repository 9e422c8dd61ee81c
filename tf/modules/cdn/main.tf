# The shop's front door: one CloudFront distribution that serves the storefront from a bucket and the API from behind an
# internal load balancer, and keeps of the API's answers only what the API calls public.

resource "aws_cloudfront_distribution" "this" {
  comment         = "${var.prefix}: storefront and API"
  enabled         = true
  is_ipv6_enabled = true
  http_version    = "http2and3"
  price_class     = var.price_class
  aliases         = var.aliases
  web_acl_id      = one(aws_wafv2_web_acl.this[*].arn)

  origin {
    origin_id                = "storefront"
    domain_name              = aws_s3_bucket.storefront.bucket_regional_domain_name
    origin_access_control_id = aws_cloudfront_origin_access_control.storefront.id
  }

  origin {
    origin_id   = "api"
    domain_name = var.load_balancer_dns_name

    vpc_origin_config {
      vpc_origin_id = aws_cloudfront_vpc_origin.api.id
      # Longer than the API's own limit of 30 seconds, so that its answer to a slow request arrives.
      origin_read_timeout = 35
      # Shorter than the load balancer's 60 seconds, so that CloudFront never writes into a closed connection.
      origin_keepalive_timeout = 30
    }
  }

  # The storefront: its files, and its one page for every address that is no file.
  default_cache_behavior {
    target_origin_id           = "storefront"
    viewer_protocol_policy     = "redirect-to-https"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    compress                   = true
    cache_policy_id            = aws_cloudfront_cache_policy.storefront.id
    response_headers_policy_id = aws_cloudfront_response_headers_policy.storefront.id

    function_association {
      event_type   = "viewer-request"
      function_arn = aws_cloudfront_function.page.arn
    }

    function_association {
      event_type   = "viewer-response"
      function_arn = aws_cloudfront_function.content_policy.arn
    }
  }

  # Addresses that answer everybody alike: kept for as long as the API says.
  dynamic "ordered_cache_behavior" {
    for_each = local.public_paths
    content {
      path_pattern             = ordered_cache_behavior.value
      target_origin_id         = "api"
      viewer_protocol_policy   = "redirect-to-https"
      allowed_methods          = local.every_method
      cached_methods           = ["GET", "HEAD"]
      compress                 = true
      cache_policy_id          = aws_cloudfront_cache_policy.public_reads.id
      origin_request_policy_id = local.hand_on_everything

      function_association {
        event_type   = "viewer-request"
        function_arn = aws_cloudfront_function.anonymous.arn
      }
    }
  }

  # Everything else of the API can be personal: nothing of it is kept, whatever its headers say.
  dynamic "ordered_cache_behavior" {
    for_each = local.personal_paths
    content {
      path_pattern             = ordered_cache_behavior.value
      target_origin_id         = "api"
      viewer_protocol_policy   = "redirect-to-https"
      allowed_methods          = local.every_method
      cached_methods           = ["GET", "HEAD"]
      cache_policy_id          = local.keep_nothing
      origin_request_policy_id = local.hand_on_everything
    }
  }

  # CloudFront would keep errors for ten seconds, the one of a single visitor's request too and even under `no-store`. No
  # page takes an error's place: a 404 of the API stays the API's.
  dynamic "custom_error_response" {
    for_each = [400, 403, 404, 405, 414, 500, 501, 502, 503, 504]
    content {
      error_code            = custom_error_response.value
      error_caching_min_ttl = 0
    }
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  # CloudFront's own certificate is for its own domain only, and comes with the protocols AWS chooses for it.
  viewer_certificate {
    cloudfront_default_certificate = var.certificate_arn == null
    acm_certificate_arn            = var.certificate_arn
    ssl_support_method             = var.certificate_arn == null ? null : "sni-only"
    minimum_protocol_version       = var.certificate_arn == null ? null : "TLSv1.2_2021"
  }
}

locals {
  every_method = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"]

  # The addresses that `is_public_read` in api/src/http/public.rs names. A root is a whole part of the path.
  public_roots = ["/api/catalog", "/api/docs", "/api/search"]
  public_paths = flatten([for root in local.public_roots : [root, "${root}/*"]])

  personal_paths = ["/api", "/api/*", "/health"]
}

data "aws_caller_identity" "current" {}
