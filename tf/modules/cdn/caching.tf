# What is kept, for how long, and what makes two requests the same.

# Public reads: as long as the answer's own `Cache-Control` says, and not at all where it says nothing. The API's answers
# vary by encoding alone, and two requests are the same when path and query are. `max_ttl` above 0 is what lets a policy
# have encodings in its key: AWS refuses them in one that keeps nothing.
resource "aws_cloudfront_cache_policy" "public_reads" {
  name        = "${var.prefix}-public-reads"
  comment     = "As long as the API says"
  min_ttl     = 0
  default_ttl = 0
  max_ttl     = 86400

  parameters_in_cache_key_and_forwarded_to_origin {
    enable_accept_encoding_brotli = true
    enable_accept_encoding_gzip   = true

    query_strings_config {
      query_string_behavior = "all"
    }
    headers_config {
      header_behavior = "none"
    }
    cookies_config {
      cookie_behavior = "none"
    }
  }
}

# The storefront's files: as long as the `Cache-Control` they were uploaded with says. Names with a hash in them come with
# a year, pages with `no-cache`; what was uploaded without one is asked for each time.
resource "aws_cloudfront_cache_policy" "storefront" {
  name        = "${var.prefix}-storefront"
  comment     = "As long as the file's metadata says"
  min_ttl     = 0
  default_ttl = 0
  max_ttl     = 31536000

  parameters_in_cache_key_and_forwarded_to_origin {
    enable_accept_encoding_brotli = true
    enable_accept_encoding_gzip   = true

    query_strings_config {
      query_string_behavior = "none"
    }
    headers_config {
      header_behavior = "none"
    }
    cookies_config {
      cookie_behavior = "none"
    }
  }
}

# AWS' own policies, which have the same id in every account. `Authorization` can be handed on without being in the key only
# by the second. It goes to the API with personal requests, of which nothing is kept, and with writes; the function
# `anonymous` takes it away from public reads, which are.
locals {
  # Managed-CachingDisabled
  keep_nothing = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
  # Managed-AllViewer
  hand_on_everything = "216adef6-5c7f-47e4-b989-5492eafa07d3"
}
